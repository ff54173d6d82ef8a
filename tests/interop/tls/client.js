// The real client, once for each job of a list on standard input:
//
//     [{"url": "https://127.0.0.1:3000", "options": {"ca": "-----BEGIN..."}, "pfx": "<base64>"}]
//
// Prints a line of JSON for each: whether it connected, and if not, with which message.

"use strict";

const { readFileSync } = require("node:fs");
const { io } = require("socket.io-client");

const outcome = ({ url, options, pfx }) =>
  new Promise((resolve) => {
    if (pfx) options.pfx = Buffer.from(pfx, "base64");
    const socket = io(url, { ...options, reconnection: false, forceNew: true });
    socket.on("connect", () => resolve({ connected: true }) || socket.disconnect());
    socket.on("connect_error", (error) => resolve({ connected: false, message: error.message }));
  });

(async () => {
  for (const job of JSON.parse(readFileSync(0, "utf8"))) console.log(JSON.stringify(await outcome(job)));
  process.exit();
})();
