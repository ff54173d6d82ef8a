// Node's socket.io-client, connecting again and again: node connecting_node.js URL TIMES TRANSPORT...

"use strict";

const { once } = require("node:events");
const { io } = require("socket.io-client");

const [url, times, ...transports] = process.argv.slice(2);

// The seconds from the call of `io` to `connect`; the connection is closed again.
async function connect() {
  const began = process.hrtime.bigint();
  const socket = io(url, { forceNew: true, ...(transports.length && { transports }) });
  const seconds = await new Promise((resolve) => {
    socket.on("connect", () => resolve(Number(process.hrtime.bigint() - began) / 1e9));
  });
  const closed = once(socket.io.engine, "close");
  socket.close();
  await closed;
  return seconds;
}

async function main() {
  const seconds = [];
  while (seconds.length < Number(times)) seconds.push(await connect());
  console.log(JSON.stringify(seconds));
  process.exit();
}

main();
