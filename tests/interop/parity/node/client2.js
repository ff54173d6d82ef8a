// The reference for Socket.IO 2: the real socket.io-client 2.5, told what to do and heard as client.js has it.

"use strict";

const { createInterface } = require("node:readline");
const io = require("socket.io-client-2");

const revive = (_key, value) => (value && value.$bytes !== undefined ? Buffer.from(value.$bytes, "base64") : value);
const read = (text) => JSON.parse(text, revive);
const show = (_key, value) =>
  value && value.type === "Buffer" ? { $bytes: Buffer.from(value.data).toString("base64") } : value;

const job = read(process.argv[2]);
const seen = [];
const sockets = new Map();
const questions = [];
let wake = () => {};

function say(lane, e, facts = {}) {
  seen.push({ lane, e, ...facts });
  console.log(JSON.stringify(seen[seen.length - 1], show));
  wake();
}

const failure = (error) =>
  typeof error === "string" ? error : error.message + (error.description > 0 ? ` ${error.description}` : "");

function watch(socket) {
  const { nsp } = socket;
  sockets.set(nsp, socket);
  socket.on("connect", () => say("socket", "connect", { nsp, recovered: false }));
  socket.on("connect_error", (error) => say("socket", "connect_error", { nsp, message: failure(error) }));
  socket.on("disconnect", (reason) => say("socket", "disconnect", { nsp, reason, details: "" }));
  socket.on("error", (data) => {
    if (data instanceof Error || socket.connected) return; // of the transport, or of a namespace that goes on
    const text = typeof data === "string" ? data : JSON.stringify(data);
    say("socket", "connect_error", { nsp, message: text, ...(typeof data !== "string" && { data }) });
  });
  const { onevent } = socket;
  socket.onevent = function (packet) {
    const [event, ...args] = packet.data;
    say("socket", "event", { nsp, event, args });
    if (packet.id != null) questions.push(this.ack(packet.id));
    else onevent.call(this, packet);
  };
}

function watchManager(manager) {
  manager.on("open", () => {
    const { engine } = manager;
    say("engine", "open", { transport: engine.transport.name });
    engine.on("upgrade", (transport) => say("engine", "upgrade", { transport: transport.name }));
    engine.on("upgradeError", (error) => say("engine", "upgrade_error", { message: error.message }));
  });
  manager.on("reconnect_attempt", (n) => say("manager", "reconnect_attempt", { n }));
  manager.on("reconnect", (n) => say("manager", "reconnect", { n }));
  manager.on("reconnect_error", (error) => say("manager", "reconnect_error", { message: error.message || error }));
  manager.on("reconnect_failed", () => say("manager", "reconnect_failed"));
}

function emit(nsp, event, args, { ack } = {}) {
  const socket = sockets.get(nsp);
  if (!ack) return socket.emit(event, ...args);
  socket.emit(event, ...args, (...answer) => say("socket", "ack", { nsp, event, args: answer }));
}

async function until(e, count = 1, nsp) {
  while (seen.filter((each) => each.e === e && (!nsp || each.nsp === nsp)).length < count) {
    await new Promise((resolve) => (wake = resolve));
  }
}

const lines = createInterface({ input: process.stdin });

const STEPS = {
  until,
  emit,
  tell: (word) => {
    console.log(JSON.stringify({ tell: word }));
    return new Promise((resolve) => lines.once("line", resolve));
  },
  join: (nsp) => watch([...sockets.values()][0].io.socket(nsp, { ...job.options })),
  leave: (nsp) => sockets.get(nsp).disconnect(),
  answer: (...args) => questions.shift()(...args),
  disconnect: () => sockets.forEach((socket) => socket.disconnect()),
};

(async () => {
  const options = () => read(process.argv[2]).options; // io() changes what it is given, so each call has its own
  const [base, query = ""] = job.url.split("?");
  const urls = job.namespaces.length
    ? job.namespaces.map((name) => base + name + (query && "?" + query))
    : [job.url];
  urls.forEach((url) => watch(io(url, options())));
  watchManager([...sockets.values()][0].io);
  for (const [name, ...args] of job.steps) await STEPS[name](...args);
  console.log(JSON.stringify({ done: true }));
  lines.close();
  if (process.stdin.unref) process.stdin.unref();
})();
