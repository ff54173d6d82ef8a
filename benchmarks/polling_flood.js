// An Engine.IO 4 server for one flood over polling: every waiting GET is answered at once with the next 16 events.
//
// A real one decides by its own speed how many packets an answer carries, and stock python-engineio refuses more than
// 16. Here all clients get the same answers, encoded beforehand, over bare sockets, so that the client is what limits
// the rate and not Node's HTTP server. There are no upgrades, and no pings: the interval is longer than a benchmark may
// take. It ends with its standard input.

"use strict";

const net = require("node:net");

const PACKETS_PER_ANSWER = 16;
const SEPARATOR = "\x1e";
const HANDSHAKE = { upgrades: [], pingInterval: 600_000, pingTimeout: 600_000, maxPayload: 1_000_000 };
const REQUEST = /^(GET|POST) \S*?(?:[?&]sid=([^&\s]*)\S*)? HTTP\/1\.1\r\n/;

const sessions = new Map();
let handshakes = 0;

class Session {
  constructor() {
    this.packets = [];
    this.waiting = null;
    this.flood = [];
  }

  // What a POST brought: the request for the main namespace, the one for the flood, or the goodbye.
  take(body) {
    for (const packet of body.split(SEPARATOR)) {
      if (packet.startsWith("40")) {
        this.packets.push(`40${JSON.stringify({ sid: "flood" })}`);
      } else if (packet.startsWith("42")) {
        const [, { n, size }] = JSON.parse(packet.slice(2));
        this.flood = encode(n, "x".repeat(size));
      } else if (packet === "1" || packet === "41") {
        this.packets.push("6"); // lets the waiting GET end
      }
    }
    this.answer();
  }

  answer() {
    if (this.waiting === null) return;
    const whole = this.packets.length ? http(this.packets.splice(0).join(SEPARATOR)) : this.flood.pop();
    if (whole === undefined) return;
    reply(this.waiting, whole);
    this.waiting = null;
  }
}

// All answers of a flood, the first one last.
function encode(n, payload) {
  const answers = [];
  for (let first = 1; first <= n; first += PACKETS_PER_ANSWER) {
    const packets = [];
    for (let seq = first; seq <= n && packets.length < PACKETS_PER_ANSWER; seq++) {
      packets.push(`42["tick",{"seq":${seq},"t":${Date.now()},"payload":"${payload}"}]`);
    }
    answers.push(http(packets.join(SEPARATOR)));
  }
  return answers.reverse();
}

function http(body, status = "200 OK") {
  const length = Buffer.byteLength(body);
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: ${length}`;
  return Buffer.from(`${head}\r\ncache-control: no-store\r\nConnection: keep-alive\r\n\r\n${body}`);
}

function reply(peer, whole) {
  peer.socket.write(whole);
  if (peer.closes) peer.socket.end();
}

function serve(peer, method, sid, body) {
  const session = sessions.get(sid);
  if (sid === undefined) {
    const name = `session-${++handshakes}`;
    sessions.set(name, new Session());
    reply(peer, http(`0${JSON.stringify({ sid: name, ...HANDSHAKE })}`));
  } else if (session === undefined) {
    reply(peer, http('{"code":1,"message":"Session ID unknown"}', "400 Bad Request"));
  } else if (method === "GET") {
    session.waiting = peer;
    session.answer();
  } else {
    reply(peer, http("ok"));
    session.take(body);
  }
}

const server = net.createServer((socket) => {
  const peer = { socket, closes: false };
  let came = "";
  socket.setNoDelay(true);
  socket.setEncoding("utf8");
  socket.on("error", () => {}); // a client that leaves is no failure of the benchmark
  socket.on("data", (data) => {
    came += data;
    for (;;) {
      const end = came.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = came.slice(0, end + 2);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (came.length < end + 4 + length) return; // what is posted here is ASCII
      const body = came.slice(end + 4, end + 4 + length);
      came = came.slice(end + 4 + length);
      peer.closes = /\r\nconnection: *close/i.test(head);
      const [, method, sid] = REQUEST.exec(head);
      serve(peer, method, sid, body);
    }
  });
});

server.listen(0, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
