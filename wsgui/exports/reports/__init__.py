"""A report as a file to hand on: one format, one file."""
