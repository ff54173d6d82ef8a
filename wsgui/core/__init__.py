"""Values and rules: no Qt, no sockets. Every other package may import this one; it imports none of them."""
