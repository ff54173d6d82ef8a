// A Socket.IO server and a plain WebSocketServer on one http.Server, both listening for upgrades: the mistake that
// ends in WS_ERR_INVALID_CLOSE_CODE.
//
//     node two_handlers.js '{"port": 0, "path": "/chat", "cors": true, "routed": false}'
//
// `path`: of the WebSocketServer; without one it takes every upgrade. `cors`: of Socket.IO, which then answers later.
// `routed`: done right, one handler decides by the path. Prints `listening <port>`; ends with its standard input.

"use strict";

const http = require("node:http");
const { Server } = require("socket.io");
// npm gives Socket.IO a copy of ws of its own whenever the versions differ. Here both would be the same copy, which
// notices the second handler and throws; with two copies neither does.
for (const name of Object.keys(require.cache)) if (/[\\/]ws[\\/]/.test(name)) delete require.cache[name];
const { WebSocketServer } = require("ws");

const { port = 0, path, cors, routed = false } = JSON.parse(process.argv[2] || "{}");
const web = http.createServer((request, response) => response.writeHead(404).end("not found"));
const io = new Server(web, { ...(cors ? { cors: { origin: "*" } } : {}), ...(routed ? { destroyUpgrade: false } : {}) });
const plain = new WebSocketServer(routed ? { noServer: true } : { server: web, ...(path ? { path } : {}) });
// What this is all about: the server's own errors must not end the process before the test has seen the client's side.
plain.on("connection", (socket) => socket.on("error", () => {}));
io.engine.on("connection_error", () => {});
if (routed) {
  web.on("upgrade", (request, socket, head) => {
    if (request.url.startsWith("/socket.io/")) return;
    plain.handleUpgrade(request, socket, head, (websocket) => plain.emit("connection", websocket, request));
  });
}

web.listen(port, "127.0.0.1", () => console.log(`listening ${web.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
