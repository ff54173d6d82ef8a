"""Servers made of bare sockets: they can say what no library would say, and leave when no library would leave."""
