// A healthy Socket.IO 4 server that counts what it is asked.
//
//     node counting.js '{"port": 0}'
//
// GET /figures says how many requests (upgrades among them) and TCP connections there were since the last time, and
// how many connections were open at once at most; it counts itself out. Ends with its standard input.

"use strict";

const http = require("node:http");
const { Server } = require("socket.io");

const { port = 0, ...options } = JSON.parse(process.argv[2] || "{}");
const none = { requests: 0, connections: 0, most: 0 };
let figures = { ...none };
let open = 0;

const web = http.createServer((request, response) => {
  if (request.url !== "/figures") return response.writeHead(404).end("not found");
  const { requests, connections, most } = figures;
  response.end(JSON.stringify({ requests: requests - 1, connections: connections - 1, most }));
  figures = { ...none };
});
new Server(web, options);
web.prependListener("request", () => figures.requests++);
web.prependListener("upgrade", () => figures.requests++);
web.on("connection", (socket) => {
  figures.connections++;
  figures.most = Math.max(figures.most, ++open);
  socket.on("close", () => open--);
});

web.listen(port, "127.0.0.1", () => console.log(`listening ${web.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
