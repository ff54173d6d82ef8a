// What people begin with: a Socket.IO server on an http.Server that has no handler of its own.
//
//     node bare.js '{"port": 0, "path": "/live"}'
//
// A request that is not for Socket.IO is never answered. Prints `listening <port>`; ends with its standard input.

"use strict";

const http = require("node:http");
const { Server } = require("socket.io");

const { port = 0, refuses, middleware, ...options } = JSON.parse(process.argv[2] || "{}");
const web = http.createServer();
if (refuses) options.allowRequest = (_request, callback) => callback("not today", false);
const io = new Server(web, options);
if (middleware === "fails") io.engine.use((_request, _response, next) => next(new Error("no")));
if (middleware === "rejects") io.use((_socket, next) => next(new Error("not authorized")));
if (middleware === "hangs") io.use(() => {});
if (middleware === "leaves") io.on("connection", (socket) => socket.disconnect());

web.listen(port, "127.0.0.1", () => console.log(`listening ${web.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
