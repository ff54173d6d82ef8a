// An Engine.IO 4 server for one flood over polling: every waiting GET is answered at once with the next 16 events.
//
// A real one decides by its own speed how many packets an answer carries, and stock python-engineio refuses more than
// 16. Here all clients get the same answers, and these are encoded beforehand, so that the client is what limits the
// rate. There are no upgrades, and no pings: the interval is longer than a benchmark may take. It ends with its
// standard input.

"use strict";

const http = require("node:http");

const PACKETS_PER_ANSWER = 16;
const SEPARATOR = "\x1e";
const HANDSHAKE = { upgrades: [], pingInterval: 600_000, pingTimeout: 600_000, maxPayload: 1_000_000 };

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
    const body = this.packets.length ? Buffer.from(this.packets.splice(0).join(SEPARATOR)) : this.flood.pop();
    if (body === undefined) return;
    reply(this.waiting, body);
    this.waiting = null;
  }
}

// The bodies of all answers of a flood, the first one last.
function encode(n, payload) {
  const bodies = [];
  for (let first = 1; first <= n; first += PACKETS_PER_ANSWER) {
    const packets = [];
    for (let seq = first; seq <= n && packets.length < PACKETS_PER_ANSWER; seq++) {
      packets.push(`42["tick",{"seq":${seq},"t":${Date.now()},"payload":"${payload}"}]`);
    }
    bodies.push(Buffer.from(packets.join(SEPARATOR)));
  }
  return bodies.reverse();
}

function reply(response, body) {
  const headers = { "Content-Type": "text/plain; charset=UTF-8", "Content-Length": body.length, "cache-control": "no-store" };
  response.writeHead(200, headers).end(body);
}

function open(response) {
  const sid = `session-${++handshakes}`;
  sessions.set(sid, new Session());
  reply(response, Buffer.from(`0${JSON.stringify({ sid, ...HANDSHAKE })}`));
}

const web = http.createServer((request, response) => {
  const sid = /[?&]sid=([^&]*)/.exec(request.url)?.[1];
  const session = sessions.get(sid);
  if (sid === undefined) {
    open(response);
  } else if (session === undefined) {
    response.writeHead(400).end('{"code":1,"message":"Session ID unknown"}');
  } else if (request.method === "GET") {
    session.waiting = response;
    session.answer();
  } else {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      reply(response, Buffer.from("ok"));
      session.take(Buffer.concat(chunks).toString());
    });
  }
});

web.listen(0, "127.0.0.1", () => console.log(`listening ${web.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
