// A real `ws` server to test plain WebSockets against.
//
//     node ws.js '{"port": 0, "perMessageDeflate": true, "maxPayload": 1000}'
//
// Prints `listening <port>` when it is, and from then on one JSON object per line about each connection: what ws saw
// of it, above all the code of the error that ended it. Every option but those named below goes to the server as it
// is. It ends with its standard input.

"use strict";

const { createServer } = require("node:http");
const { WebSocketServer } = require("ws");

const { port = 0, protocol, refuse, ...options } = JSON.parse(process.argv[2] || "{}");
const http = createServer();
const server = new WebSocketServer({
  noServer: true,
  // The first that the client offers, unless there is one to insist on.
  handleProtocols: (offered) => protocol ?? offered.values().next().value,
  ...options,
});
const say = (what) => console.log(JSON.stringify(what));

http.on("upgrade", (request, socket, head) => {
  if (refuse) {
    const headers = Object.entries(refuse.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
    const body = refuse.body ?? "";
    const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    socket.end(`HTTP/1.1 ${refuse.status} Refused\r\n${headers.join("")}${length}\r\n${body}`);
    return;
  }
  server.handleUpgrade(request, socket, head, (websocket) => serve(websocket, request));
});

function serve(websocket, { url, headers }) {
  say({ open: url, headers, protocol: websocket.protocol, extensions: websocket.extensions });
  websocket.on("message", (data, isBinary) => {
    const text = isBinary ? "" : data.toString();
    say({ message: isBinary ? data.toString("hex") : text, isBinary });
    if (!obey(websocket, text)) websocket.send(data, { binary: isBinary });
  });
  websocket.on("ping", (data) => say({ ping: data.toString("latin1") }));
  websocket.on("pong", (data) => say({ pong: data.toString("latin1") }));
  websocket.on("error", (error) => say({ error: error.code, text: error.message }));
  websocket.on("close", (code, reason) => say({ close: code, reason: reason.toString() }));
}

// A text message that begins with a slash is an order; any other message is echoed.
function obey(websocket, text) {
  const [order, ...words] = text.split(" ");
  if (order === "/close") websocket.close(words[0] && Number(words[0]), words[1]);
  else if (order === "/terminate") websocket.terminate();
  else if (order === "/ping") websocket.ping(words[0] ?? "");
  else if (order === "/size") websocket.send("x".repeat(Number(words[0])));
  else if (order === "/fragments") {
    for (const [place, word] of words.entries()) websocket.send(word, { fin: place === words.length - 1 });
  } else return false;
  return true;
}

http.listen(port, "127.0.0.1", () => console.log(`listening ${http.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
