"""Saved connections: what one holds, how it is written, and the folder that they are kept in."""
