// A stock client goes through the events of the lab's server and prints what came of each as one line of JSON.
// node visit.js PACKAGE URL OPTIONS
"use strict";

const [name, url, options] = process.argv.slice(2);
const client = require(name);
const io = client.io || client;

const socket = io(url, { reconnection: false, forceNew: true, ...JSON.parse(options) });
const said = {};

function plain(value) {
  return Buffer.isBuffer(value) ? { bytes: [...value] } : Array.isArray(value) ? value.map(plain) : value;
}

function done() {
  console.log(JSON.stringify(said));
  process.exit();
}

socket.on("connect_error", (error) => {
  said.error = error.message;
  done();
});
socket.on("connect", () => {
  said.first = socket.io.engine.transport.name;
  if (socket.io.engine.upgrading !== undefined && JSON.parse(options).transports.length > 1) {
    if (socket.io.engine.transport.name === "websocket") go();
    else socket.io.engine.once("upgrade", go);
  } else go();
});

function go() {
  socket.emit("echo", 1, Buffer.from([0, 255]), { text: "три" }, (...args) => {
    said.echo = args.map(plain);
    socket.emit("binary", Buffer.from("abc"), (bytes, facts) => {
      said.binary = [plain(bytes), facts.length, plain(facts.reversed)];
      socket.emit("ask", "sure?");
    });
  });
}

socket.on("question", (question, answer) => answer("yes", Buffer.from([7])));
socket.on("answered", (...args) => {
  said.answered = args.map(plain);
  said.transport = socket.io.engine.transport.name;
  socket.emit("fail");
});
socket.on("disconnect", (reason) => {
  said.reason = reason;
  done();
});
