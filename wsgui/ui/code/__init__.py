"""The connection in front as code."""
