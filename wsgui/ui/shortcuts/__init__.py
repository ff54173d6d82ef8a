"""All keys of the program in one place: those of the menus, and those of single panes."""
