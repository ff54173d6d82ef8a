// A real Socket.IO 2 server to test against.
//
//     node socketio2.js '{"port": 0, "transports": ["polling"], "pingInterval": 300}'
//
// Prints `listening <port>` when it is. Every option but `port` goes to the Server as it is; `root: "refused"` has the
// main namespace refuse everybody. It ends with its standard input, so that it cannot outlive the test run.

"use strict";

const { createServer } = require("node:http");
const socketio = require("socket.io-2");

const { port = 0, root, ...options } = JSON.parse(process.argv[2] || "{}");
const http = createServer((request, response) => response.writeHead(404).end("not found"));
const io = socketio(http, options);

if (root === "refused") io.use((socket, next) => next(new Error("not today")));

for (const name of ["/", "/chat", "/admin"]) io.of(name).on("connection", report);

function report(socket) {
  // What the server has seen of the client, without what differs from run to run.
  socket.on("seen", (ack) => {
    const { t, now, sid, ...query } = socket.handshake.query;
    ack({ query, transport: socket.conn.transport.name });
  });
  socket.on("close-engine", () => socket.conn.close());
}

io.on("connection", (socket) => {
  socket.on("echo", (...args) => {
    const ack = takeAck(args);
    socket.emit("echo", ...args);
    if (ack) ack(...args);
  });

  // Has no answer, even when one is asked for.
  socket.on("silent", () => {});

  // The other way round: the server asks, and reports the client's answer as `answer`.
  socket.on("ask", (...args) => socket.emit("question", ...args, (...answer) => socket.emit("answer", ...answer)));

  // Bytes 0, 1, 2 ..., once bare and once inside of an object, so that there are two attachments.
  socket.on("binary", (size = 4) => {
    const bytes = Buffer.from(Array.from({ length: size }, (_, i) => i % 256));
    socket.emit("binary", bytes, { inside: bytes });
  });

  // What the server has seen of the client.
  socket.on("whoami", (ack) => {
    const { query, headers } = socket.handshake;
    ack({ sid: socket.id, transport: socket.conn.transport.name, query, headers });
  });

  // An error without an end: `error` in the client, which stays connected.
  socket.use(([event], next) => next(event === "forbidden" ? new Error("that is forbidden") : undefined));

  // `true` ends the whole connection, otherwise only the namespace.
  socket.on("disconnect-me", (whole = false) => socket.disconnect(whole));
});

io.of("/admin").use((socket, next) => {
  if (socket.handshake.query.token === "secret") return next();
  const refusal = new Error("not authorized");
  if (socket.handshake.query.why === "data") refusal.data = { code: "E_AUTH" };
  next(refusal);
});

io.of("/admin").on("connection", (socket) => {
  socket.on("whoami", (ack) => ack({ sid: socket.id, query: socket.handshake.query }));
});

io.of("/chat").on("connection", (socket) => {
  socket.on("echo", (...args) => {
    const ack = takeAck(args);
    if (ack) ack("chat", ...args);
  });
  socket.on("disconnect-me", () => socket.disconnect());
});

function takeAck(args) {
  return typeof args[args.length - 1] === "function" ? args.pop() : undefined;
}

http.listen(port, "127.0.0.1", () => console.log(`listening ${http.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
