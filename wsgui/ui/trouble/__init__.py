"""Errors of the program itself: they neither end the window nor vanish."""
