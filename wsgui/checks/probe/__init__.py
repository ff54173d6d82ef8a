"""What is found out about a server: facts, each fetched once, each with the bytes that it stands on."""
