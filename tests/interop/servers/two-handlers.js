// Socket.IO and a `ws` server on one HTTP server: both answer every upgrade.
//
//     node two-handlers.js '{"port": 0, "second": {"path": "/chat"}, "cors": {"origin": "*"}}'
//
// Prints `listening <port>` when it is, and then what the second server's receivers complain of. `second` goes to the
// WebSocketServer, the rest to Socket.IO. With `routed` it is done right: one handler decides by the path. It ends with
// its standard input.

"use strict";

const http = require("node:http");
const { Server } = require("socket.io");

// In a usual tree of packages Socket.IO and the application have a copy of ws each. Here there is one to be had twice.
for (const file of Object.keys(require.cache)) {
  if (/[\\/]node_modules[\\/]ws[\\/]/.test(file)) delete require.cache[file];
}
const { WebSocketServer } = require("ws");

const { port = 0, second = {}, routed = false, ...options } = JSON.parse(process.argv[2] || "{}");
const server = http.createServer();
new Server(server, { ...options, destroyUpgrade: !routed });
const sockets = new WebSocketServer(routed ? { noServer: true } : { server, ...second });
if (routed) {
  server.on("upgrade", (request, socket, head) => {
    if (request.url.startsWith("/socket.io/")) return;
    sockets.handleUpgrade(request, socket, head, (websocket) => sockets.emit("connection", websocket, request));
  });
}
sockets.on("connection", (socket) => socket.on("error", (error) => console.log(`${error.code} ${error.message}`)));

server.listen(port, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
process.stdin.resume().on("end", () => process.exit());
