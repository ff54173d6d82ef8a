"""Whether things may move: who is disturbed by it wants less of it, and what then moves does so in steps, or not.

Qt 6.11 knows the system's wish for contrast, but not that for less motion. When ``QAccessibilityHints`` tells it,
:mod:`wsgui.ui.system_motion` can go.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QProgressBar

from wsgui.ui.settings import Motion, Settings

STEP_MILLISECONDS = 1000
"""Between two pictures of what would otherwise move all the time."""


class _State:
    wish = Motion.SYSTEM
    system_wants_less = False
    blinking = 0
    """Milliseconds, as the system has it, while no line blinks."""


_state = _State()


def less() -> bool:
    """Whether less is to move."""
    return _state.wish is Motion.REDUCED or (_state.wish is Motion.SYSTEM and _state.system_wants_less)


def apply(settings: Settings) -> None:
    """Do as the settings say. Where one types no line blinks then; where the system decides, Qt asks it about that."""
    before, _state.wish = _state.wish, settings.reduced_motion
    if before is _state.wish:
        return
    if _state.wish is Motion.REDUCED:
        _state.blinking = QApplication.cursorFlashTime()
        QApplication.setCursorFlashTime(0)
    elif before is Motion.REDUCED:
        QApplication.setCursorFlashTime(_state.blinking)


def heed_system() -> None:
    """Learn what the system was told. Waits for another program, so call it in a thread."""
    from wsgui.ui.system_motion import wants_less

    _state.system_wants_less = wants_less()


def show_busy(bar: QProgressBar) -> None:
    """Let a bar say that something goes on, and not how far it is: by something that runs to and fro, or stands."""
    bar.setRange(0, 1 if less() else 0)
    bar.setValue(0)
