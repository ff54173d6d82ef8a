// Node's socket.io-client in the same flood: node flooded_node.js URL TRANSPORT EVENTS BYTES.

"use strict";

const { io } = require("socket.io-client");

const [url, transport] = process.argv.slice(2);
const [events, size] = process.argv.slice(4).map(Number);
const socket = io(url, { transports: [transport] });
let began, cpu;
let count = 0;
let lost = 0;

socket.on("connect", () => {
  began = process.hrtime.bigint();
  cpu = process.cpuUsage();
  socket.emit("flood", { n: events, size });
});

socket.on("tick", ({ seq }) => {
  if (seq !== ++count) lost++;
  if (count < events) return;
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, lost }));
  socket.close();
});
