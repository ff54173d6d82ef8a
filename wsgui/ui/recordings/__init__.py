"""Past recordings: the list of them, a tab that shows one, and what is written from and made of files."""
