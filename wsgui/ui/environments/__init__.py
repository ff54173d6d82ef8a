"""Environments in the window."""
