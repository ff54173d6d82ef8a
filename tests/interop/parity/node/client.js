// The reference: the real socket.io-client, made to do the steps of one case and to say what it experiences.
//
//     node client.js '{"url": ..., "options": {...}, "namespaces": [...], "steps": [...]}'
//
// Prints one JSON object per line: `lane`, `e` (what happened) and its facts. {"tell": word} asks whoever started it
// to do something; it goes on when a line comes back.

"use strict";

const { createInterface } = require("node:readline");
const { io } = require("socket.io-client");

const revive = (_key, value) =>
  value?.$bytes !== undefined ? Buffer.from(value.$bytes, "base64") : value?.$number ? Number(value.$number) : value;
const read = (text) => JSON.parse(text, revive);
const show = (_key, value) => (value?.type === "Buffer" ? { $bytes: Buffer.from(value.data).toString("base64") } : value);

const job = read(process.argv[2]);
const seen = [];
const sockets = new Map();
const questions = [];
let wake = () => {};

function say(lane, e, facts = {}) {
  seen.push({ lane, e, ...facts });
  console.log(JSON.stringify(seen.at(-1), show));
  wake();
}

function details(value) {
  if (value === undefined) return "";
  if (value instanceof Error) return failure(value);
  const { code, reason } = value.context ?? {};
  return value.description + (code ? ` with code ${code}` : "") + (reason ? ` (${reason})` : "");
}

// An HTTP status, if there was one, is all of a description that two languages can share.
function failure(error) {
  return error.message + (error.description > 0 ? ` ${error.description}` : "");
}

function watch(socket) {
  const nsp = socket.nsp;
  sockets.set(nsp, socket);
  socket.on("connect", () => say("socket", "connect", { nsp, recovered: !!socket.recovered }));
  socket.on("connect_error", (error) => {
    const message = failure(error);
    say("socket", "connect_error", { nsp, message, ...(error.data !== undefined && { data: error.data }) });
  });
  socket.on("disconnect", (reason, why) => say("socket", "disconnect", { nsp, reason, details: details(why) }));
  socket.onAny((event, ...args) => {
    if (typeof args.at(-1) === "function") questions.push(args.pop());
    say("socket", "event", { nsp, event, args });
  });
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
  manager.on("reconnect_error", (error) => say("manager", "reconnect_error", { message: error.message }));
  manager.on("reconnect_failed", () => say("manager", "reconnect_failed"));
}

function emit(nsp, event, args, { ack, timeout, volatile: isVolatile } = {}) {
  let socket = sockets.get(nsp);
  if (timeout !== undefined) socket = socket.timeout(timeout);
  if (isVolatile) socket = socket.volatile;
  if (!ack) return socket.emit(event, ...args);
  const withError = timeout !== undefined || job.options.ackTimeout !== undefined || job.options.retries;
  socket.emit(event, ...args, (...answer) => {
    const error = withError ? answer.shift() : null;
    if (error) say("socket", "ack_error", { nsp, message: error.message });
    else say("socket", "ack", { nsp, event, args: answer });
  });
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
  rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  tell: (word) => {
    console.log(JSON.stringify({ tell: word }));
    return new Promise((resolve) => lines.once("line", resolve));
  },
  join: (nsp, auth) => {
    const socket = [...sockets.values()][0].io.socket(nsp, { ...job.options, ...(auth && { auth }) });
    watch(socket);
  },
  leave: (nsp) => sockets.get(nsp).disconnect(),
  answer: (...args) => questions.shift()(...args),
  disconnect: () => sockets.forEach((socket) => socket.disconnect()),
};

(async () => {
  // io() changes what it is given, so each call has its own.
  const options = () => {
    const own = read(process.argv[2]).options;
    if (own.parser === "msgpack") own.parser = require("socket.io-msgpack-parser");
    return own;
  };
  const [base, query = ""] = job.url.split("?");
  const urls = job.namespaces.length
    ? job.namespaces.map((name) => base + name + (query && "?" + query))
    : [job.url];
  urls.forEach((url) => watch(io(url, options())));
  watchManager([...sockets.values()][0].io);
  for (const [name, ...args] of job.steps) await STEPS[name](...args);
  console.log(JSON.stringify({ done: true }));
  lines.close();
  process.stdin.unref?.();
})();
