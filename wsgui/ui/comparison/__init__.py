"""Two recordings side by side, in a window of its own."""
