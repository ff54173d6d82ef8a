// Many Socket.IO 4 servers in one process, because a process per server would cost more than the tests.
//
// Reads one JSON object of Server options per line of standard input and prints `listening <port>` for each.
// `joinDelay` is not an option of Socket.IO: see below; `parser` is the word "msgpack". It ends with its standard input.

"use strict";

const { createServer } = require("node:http");
const { createInterface } = require("node:readline");
const { Server } = require("socket.io");

function start({ joinDelay = 0, parser, ...options }) {
  if (parser === "msgpack") options.parser = require("socket.io-msgpack-parser");
  const http = createServer((request, response) => response.writeHead(404).end("not found"));
  const io = new Server(http, options);
  // A namespace whose middleware takes its time: joining it is not covered by the option `timeout`.
  if (joinDelay) io.use((_socket, next) => setTimeout(next, joinDelay));
  for (const name of ["/", "/chat", "/news"]) io.of(name).on("connection", welcome);
  io.of("/admin").use((socket, next) => {
    if (socket.handshake.auth.token === "secret") return next();
    next(Object.assign(new Error("not authorized"), { data: { code: "E_AUTH" } }));
  });
  io.of("/admin").on("connection", welcome);
  http.listen(0, "127.0.0.1", () => console.log(`listening ${http.address().port}`));
}

function welcome(socket) {
  socket.on("echo", (...args) => {
    const ack = takeAck(args);
    socket.emit("echo", ...args);
    ack?.(...args);
  });
  socket.on("ack", (...args) => takeAck(args)?.("ok", ...args));
  socket.on("silent", () => {});
  socket.on("ask", (...args) => socket.emit("question", ...args, (...answer) => socket.emit("answer", ...answer)));
  socket.on("seen", (ack) => {
    const { auth, query } = socket.handshake;
    const { t, now, sid, ...rest } = query; // those that differ from run to run
    ack({ auth, query: rest });
  });
  socket.on("leave", (whole) => socket.disconnect(whole));
  socket.on("close-engine", () => socket.conn.close());
  socket.on("large", (size) => socket.emit("large", "x".repeat(size)));
}

function takeAck(args) {
  return typeof args.at(-1) === "function" ? args.pop() : undefined;
}

createInterface({ input: process.stdin })
  .on("line", (line) => start(JSON.parse(line)))
  .on("close", () => process.exit());
