"""What can be imported: one format, one file."""
