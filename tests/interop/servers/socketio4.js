// A real Socket.IO 4 server to test against.
//
//     node socketio4.js '{"port": 0, "transports": ["polling"], "pingInterval": 300}'
//
// Prints `listening <port>` when it is. Every option but `port` goes to the Server as it is. It ends with its
// standard input, so that it cannot outlive the test run that started it.

"use strict";

const http = require("node:http");
const https = require("node:https");
const { Server } = require("socket.io");
const { flood } = require("./flood");

const { port = 0, tls, parser, ...options } = JSON.parse(process.argv[2] || "{}");
if (parser === "msgpack") options.parser = require("socket.io-msgpack-parser");
// What is not for Socket.IO has an answer too: without one, a wrong path would wait for ever.
const refuse = (request, response) => response.writeHead(404).end("not found");
const web = tls ? https.createServer(tls, refuse) : http.createServer(refuse);
const io = new Server(web, options);

io.on("connection", (socket) => {
  socket.on("echo", (...args) => {
    const ack = takeAck(args);
    socket.emit("echo", ...args);
    ack?.(...args);
  });

  // Only answers, with what it was sent behind "ok".
  socket.on("ack", (...args) => takeAck(args)?.("ok", ...args));

  // Has no answer, even when one is asked for.
  socket.on("silent", () => {});

  // The other way round: the server asks, and reports the client's answer as `answer`.
  socket.on("ask", (...args) => socket.emit("question", ...args, (...answer) => socket.emit("answer", ...answer)));

  socket.on("tick", (n = 1) => {
    for (let seq = 1; seq <= n; seq++) socket.emit("tick", { seq, t: Date.now() });
  });

  // Bytes 0, 1, 2 ..., once bare and once inside of an object, so that there are two attachments.
  socket.on("binary", (size = 4) => {
    const bytes = Buffer.from({ length: size }, (_, i) => i % 256);
    socket.emit("binary", bytes, { inside: bytes });
  });

  socket.on("broadcast", (...args) => io.emit("broadcast", ...args));

  // What the server has seen of the client.
  socket.on("whoami", (ack) => {
    const { auth, query, headers } = socket.handshake;
    ack({ sid: socket.id, transport: socket.conn.transport.name, auth, query, headers });
  });

  // `true` ends the whole connection, otherwise only the namespace.
  socket.on("disconnect-me", (whole = false) => socket.disconnect(whole));

  // Ends the connection below Socket.IO, as a network would: the session can be recovered.
  socket.on("drop-me", () => socket.conn.close());

  // For the benchmarks: `{n, size}`, see flood.js. The ack comes when the last frame is written.
  socket.on("flood", (wanted, ack) => flood(socket, wanted).then(ack));
});

io.of("/admin").use((socket, next) => {
  if (socket.handshake.auth.token === "secret") return next();
  const refusal = new Error("not authorized");
  refusal.data = { code: "E_AUTH" };
  next(refusal);
});

io.of("/admin").on("connection", (socket) => {
  socket.on("ack", (...args) => takeAck(args)?.("admin", ...args));
});

function takeAck(args) {
  return typeof args.at(-1) === "function" ? args.pop() : undefined;
}

web.listen(port, "127.0.0.1", () => console.log(`listening ${web.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
