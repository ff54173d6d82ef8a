"""A recording, or what a filter shows of it, as a file that other programs read."""
