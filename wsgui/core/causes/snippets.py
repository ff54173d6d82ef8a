"""Configuration that more than one cause is mended with. Tests hand it to the programs it is for, to be checked."""

from __future__ import annotations

NGINX_WEBSOCKET = """\
location /socket.io/ {
    proxy_pass http://127.0.0.1:3000;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header Host $host;
    proxy_read_timeout 90s;
}"""

NGINX_LONG = """\
location /socket.io/ {
    proxy_pass http://127.0.0.1:3000;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_read_timeout 90s;
    proxy_send_timeout 90s;
}"""

NGINX_UNBUFFERED = """\
location /socket.io/ {
    proxy_pass http://127.0.0.1:3000;
    proxy_buffering off;
    proxy_cache off;
}"""

HAPROXY_WEBSOCKET = """\
defaults
    mode http
    timeout connect 5s
    timeout client 90s
    timeout server 90s
    timeout tunnel 1h

backend app
    server app1 127.0.0.1:3000 check"""

HAPROXY_AFFINITY = """\
backend app
    balance roundrobin
    cookie SERVERID insert indirect nocache
    server app1 127.0.0.1:3001 check cookie app1
    server app2 127.0.0.1:3002 check cookie app2"""

APACHE_WEBSOCKET = """\
# needs Apache 2.4.47 or later, with mod_proxy and mod_proxy_http
ProxyPass "/socket.io/" "http://127.0.0.1:3000/socket.io/" upgrade=websocket timeout=90"""

CADDY_PROXY = """\
example.com {
    reverse_proxy /socket.io/* 127.0.0.1:3000
}"""

NODE_CORS = """\
const io = new Server(httpServer, {
  cors: {
    origin: ["https://app.example.com"],
    credentials: true,
  },
});"""

PYTHON_CORS = """\
sio = socketio.AsyncServer(
    async_mode="asgi",
    cors_allowed_origins=["https://app.example.com"],
)"""

NODE_ONE_UPGRADE = """\
const io = new Server(httpServer, { destroyUpgrade: false });
const wss = new WebSocketServer({ noServer: true });

httpServer.on("upgrade", (request, socket, head) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname.startsWith("/socket.io/")) return; // Socket.IO answers it
  if (pathname === "/chat") {
    wss.handleUpgrade(request, socket, head, (ws) => wss.emit("connection", ws, request));
  } else {
    socket.destroy();
  }
});"""

NODE_ATTACH = """\
const httpServer = require("http").createServer(app);
const io = new Server(httpServer);
httpServer.listen(3000); // not app.listen()"""

PYTHON_ASGI = """\
sio = socketio.AsyncServer(async_mode="asgi")
app = socketio.ASGIApp(sio, other_asgi_app=web_app)
uvicorn.run(app, host="0.0.0.0", port=3000)"""

NODE_COUNT_UPGRADES = """\
for (const listener of httpServer.listeners("upgrade")) {
  console.log(String(listener).slice(0, 200));
}"""
