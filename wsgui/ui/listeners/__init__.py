"""Which events a log shows, and how."""
