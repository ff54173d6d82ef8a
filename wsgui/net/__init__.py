"""The tester's side of the wire: sessions, transports and reconnection over aiohttp and python-socketio."""
