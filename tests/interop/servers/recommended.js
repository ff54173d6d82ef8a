// A server made of the code that a cause recommends, with Socket.IO and ws in scope.
//
//     node recommended.js '{"port": 0, "code": "const io = new Server(httpServer);"}'
//
// Prints `listening <port>` when it is. It ends with its standard input.

"use strict";

const httpServer = require("node:http").createServer((request, response) => response.writeHead(404).end());
const { Server } = require("socket.io");
const { WebSocketServer } = require("ws");

const { port = 0, code } = JSON.parse(process.argv[2]);
new Function("httpServer", "Server", "WebSocketServer", code)(httpServer, Server, WebSocketServer);

httpServer.listen(port, "127.0.0.1", () => console.log(`listening ${httpServer.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
