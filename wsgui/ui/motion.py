"""Whether things may move: who is disturbed by it chooses less of it, and what then moves does so in steps, or not.

Qt 6.11 knows the system's wish for contrast, but not that for less motion; when ``QAccessibilityHints`` tells it, it
belongs here.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QProgressBar

from wsgui.ui.settings import Settings

STEP_MILLISECONDS = 1000
"""Between two pictures of what would otherwise move all the time."""


class _Motion:
    less = False
    blinking = 0
    """Milliseconds, as the system has it."""


_motion = _Motion()


def less() -> bool:
    """Whether less is to move."""
    return _motion.less


def choose(settings: Settings, *, less: bool) -> None:
    """Let less move from now on, or as much as ever, and remember it."""
    settings.less_motion = less
    apply(settings)


def apply(settings: Settings) -> None:
    """Do as the settings say; also where one types no line blinks then."""
    if settings.less_motion == _motion.less:
        return
    _motion.less = settings.less_motion
    if less():
        _motion.blinking = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0 if less() else _motion.blinking)


def show_busy(bar: QProgressBar) -> None:
    """Let a bar say that something goes on, and not how far it is: by something that runs to and fro, or stands."""
    bar.setRange(0, 1 if less() else 0)
    bar.setValue(0)
