"""Messages that are kept to be sent again."""
