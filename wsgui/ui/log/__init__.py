"""The log: what was recorded, as a list that follows a flood, and one record in full."""
