"""Saved connections in the window."""
