// A stock client meets a server that may be broken and prints, as one line of JSON, the first thing that came of it.
// node meet.js PACKAGE URL OPTIONS MILLISECONDS
"use strict";

const [name, url, options, patience] = process.argv.slice(2);
const client = require(name);
const io = client.io || client;
const given = JSON.parse(options);
if (given.ca) given.ca = require("fs").readFileSync(given.ca);

const said = { upgrade: [] };
const socket = io(url, { reconnection: false, forceNew: true, ...given });

function done(outcome, words, error) {
  let inner = error && (error.description || error);
  inner = inner && (inner.error || inner);
  said.outcome = outcome;
  said.words = words;
  said.cause = inner && (inner.code || inner.message || inner);
  said.message = inner && inner.message;
  console.log(JSON.stringify(said));
  process.exit();
}

socket.on("connect_error", (error) => done("connect_error", error.message, error));
socket.on("disconnect", (reason, details) => done("disconnect", reason, details && (details.context || details)));
socket.on("connect", () => {
  said.connected = socket.io.engine.transport.name;
});
socket.io.on("open", () => {
  socket.io.engine.on("upgradeError", (error) => said.upgrade.push(error.message));
});
setTimeout(() => done(said.connected ? "connected" : "nothing", socket.connected && socket.io.engine.transport.name), +patience);
