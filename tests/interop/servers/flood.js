// Sends events as fast as the socket takes them, so that whoever reads is what limits the rate; or at a rate.
//
// socket.emit() spends far more on an event than a quick client does to read it. So the WebSocket frames are made
// here, in whole blocks, and written to the TCP socket under the WebSocket. A block is whole frames only: what the
// server itself sends in between, its heartbeat, stays intact.

"use strict";

const { once } = require("node:events");
const { performance } = require("node:perf_hooks");
const { setTimeout } = require("node:timers/promises");

const FRAMES_PER_BLOCK = 500;

// Milliseconds between two looks at the clock, where a rate is to be kept.
const TURN = 2;

// Emits n events `tick` with {seq, t, payload}: seq is 1 ... n, payload is `size` characters. Needs a WebSocket.
//
// With a `rate`, in events per second, each goes out when it is due. What the socket does not take waits for it, and then
// all that has become due meanwhile follows at once: more `seconds` than n / rate say that the reader holds it up.
async function flood(socket, { n = 10_000, size = 100, rate = 0 } = {}) {
  if (socket.conn.transport.name !== "websocket") return { error: "a flood needs the WebSocket transport" };
  const tcp = socket.conn.transport.socket._socket;
  const payload = "x".repeat(size);
  const closed = new Promise((resolve) => tcp.once("close", resolve));
  const began = performance.now();
  for (let first = 1; first <= n && !tcp.destroyed; ) {
    const due = rate ? Math.min(n, Math.floor(((performance.now() - began) / 1000) * rate)) : n;
    if (due < first) {
      await setTimeout(TURN);
      continue;
    }
    const last = Math.min(first + FRAMES_PER_BLOCK - 1, due);
    if (!tcp.write(block(first, last, payload))) {
      await Promise.race([once(tcp, "drain"), closed]);
    }
    first = last + 1;
  }
  return { n, seconds: (performance.now() - began) / 1000 };
}

function block(first, last, payload) {
  const frames = [];
  const t = Date.now();
  for (let seq = first; seq <= last; seq++) frames.push(frame(`42["tick",{"seq":${seq},"t":${t},"payload":"${payload}"}]`));
  return Buffer.concat(frames);
}

// One unmasked text frame, RFC 6455 section 5.2. The text is ASCII.
function frame(text) {
  const header = text.length < 126 ? Buffer.from([0x81, text.length]) : Buffer.from([0x81, 126, text.length >> 8, text.length & 0xff]);
  if (text.length > 0xffff) throw new RangeError("a flood's payload must fit a frame of 64 KB");
  return Buffer.concat([header, Buffer.from(text, "latin1")]);
}

module.exports = { flood };
