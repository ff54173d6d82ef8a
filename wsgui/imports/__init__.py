"""Connections from elsewhere: files and texts of other programs, read and never run."""
