"""Connections from elsewhere: where they come in, and what is shown of them before they are used."""
