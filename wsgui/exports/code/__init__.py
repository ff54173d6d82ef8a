"""A connection as code: one language or tool, one file."""
