"""Why a connection fails: what is asked of the server once (``probe``), what each check makes of it, the diagnosis."""
