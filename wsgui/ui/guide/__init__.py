"""The user guide in the program: the pages of ``docs/guide``, offline, in the language of the window."""
