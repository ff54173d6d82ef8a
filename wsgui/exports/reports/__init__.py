"""What a diagnosis found, as a file to hand on: one format, one file."""
