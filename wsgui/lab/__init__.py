"""The other side of the wire: servers to test against. Shares no code with the tester."""
