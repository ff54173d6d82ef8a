"""The window: the only package, with ``wsgui.app``, that imports PySide6."""
