"""wsgui: a desktop connection tester for Socket.IO and WebSocket servers."""

__version__ = "0.1.0"
