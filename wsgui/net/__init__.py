"""The tester's side of the wire: HTTP and WebSocket as bytes, transports, sessions and reconnection."""
