// A real Socket.IO 4 server that says why each connection ended.
//
//     node reasons.js '{"port": 0, "pingInterval": 100, "pingTimeout": 100}'
//
// Prints `listening <port>` when it is, and from then on one JSON object per line: what a client sent with the event
// `say`, and the reason of each disconnect. It ends with its standard input.

"use strict";

const { createServer } = require("node:http");
const { Server } = require("socket.io");

const { port = 0, ...options } = JSON.parse(process.argv[2] || "{}");
const http = createServer();
const say = (what) => console.log(JSON.stringify(what));

new Server(http, options).on("connection", (socket) => {
  socket.on("say", (text) => say({ said: text }));
  socket.on("disconnect", (reason) => say({ reason }));
});

http.listen(port, "127.0.0.1", () => console.log(`listening ${http.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
