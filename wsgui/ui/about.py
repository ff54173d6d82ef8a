"""Help > About: the name, the version and the licence."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wsgui import __version__
from wsgui.core.i18n import _


def show_about(parent: QWidget) -> None:
    """Show it."""
    from PySide6.QtWidgets import QMessageBox  # the window opens sooner without it

    box = QMessageBox(parent)
    box.setWindowTitle(_("About wsgui"))
    box.setText(f"<b>wsgui {__version__}</b>")
    box.setInformativeText(_("A connection tester for Socket.IO and WebSocket servers. MIT licence."))
    box.open()
