"""What is to be seen but not answered: a short text at the bottom, which goes by itself, and one thing to do about it.

Nothing moves, and nothing is lost by waiting: the time stands still while the pointer or the keyboard is on the text,
and while the person is in another program. Screen readers say it at once.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from wsgui.core.i18n import _
from wsgui.ui.named import named

LEAST_SECONDS = 6.0
SECONDS_PER_CHARACTER = 0.08
"""A slow reader's: 150 words a minute."""
SECONDS_TO_ACT = 4.0
"""What a toast stays longer if there is something to do about it."""
MOST = 3
"""Toasts at once; the oldest makes room."""
WIDEST = 560
_GAP = 8
_STEP_MILLISECONDS = 250

Floor = Callable[[], QWidget | None]


class Toasts(QObject):
    """The toasts of one window. ``floor`` gives the widget that they must not cover, if there is one now."""

    def __init__(self, window: QWidget, floor: Floor = lambda: None) -> None:
        super().__init__(window)
        self._window = window
        self._floor = floor
        self._watched: QWidget | None = None
        self._before: QWidget | None = None
        """What had the keyboard before a toast took it."""
        self.shown: list[Toast] = []
        """The newest last."""
        window.installEventFilter(self)

    def show(self, text: str, action_text: str = "", action: Callable[[], object] | None = None) -> Toast:
        """Say ``text``, in plain words; ``action`` is done, once, if the button ``action_text`` is pressed."""
        for old in [toast for toast in self.shown if toast.text == text]:
            self._end(old)
        for old in self.shown[: len(self.shown) + 1 - MOST]:
            self._end(old)
        toast = Toast(self._window, text, action_text, action)
        toast.ended = self._end
        self.shown.append(toast)
        toast.show()
        self.place()
        announce(toast, text)
        return toast

    def take_focus(self) -> None:
        """Give the keyboard to the newest toast; Escape gives it back."""
        if self.shown:
            self._before = self._window.focusWidget()
            self.shown[-1].take_focus()

    def place(self) -> None:
        """Lay the toasts out anew, one above the other, above the floor."""
        if not self.shown:
            return
        floor = self._floor()
        self._watch(floor)
        bottom = self._window.height()
        if floor is not None and floor.isVisible():
            bottom = floor.mapTo(self._window, floor.rect().topLeft()).y()
        for toast in reversed(self.shown):
            toast.fit(min(WIDEST, self._window.width() - 4 * _GAP))
            bottom -= toast.height() + _GAP
            toast.move((self._window.width() - toast.width()) // 2, max(0, bottom))
            toast.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self.place()
        return False

    def _watch(self, floor: QWidget | None) -> None:
        if floor is self._watched:
            return
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._watched = floor
        if floor is not None:
            floor.installEventFilter(self)
            floor.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None

    def _end(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            if toast.has_keyboard:
                (self._before or self._window).setFocus()
            toast.end()
            self.place()


class Toast(QFrame):
    """One text, a button for what can be done about it, and one that sends it away."""

    def __init__(
        self, window: QWidget, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        super().__init__(window)
        named(self, "toast", _("Notice"))
        self.setProperty("toast", True)
        self.text = text
        self.ended: Callable[[Toast], None] = lambda toast: toast.end()
        self._action = action
        self._label = named(QLabel(), "toastText")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setText(text)
        self.button = named(QPushButton(action_text), "toastAction")
        self.button.setVisible(bool(action_text))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._act)
        self.close_button = named(QToolButton(), "toastClose", _("Close this notice"))
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(_("Close this notice"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.clicked.connect(lambda: self.ended(self))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self.button)
        self._row.addWidget(self.close_button)
        self.seconds_left = max(LEAST_SECONDS, SECONDS_PER_CHARACTER * len(text)) + SECONDS_TO_ACT * bool(action_text)
        self.hovered = False
        self._steps = QTimer(self, interval=_STEP_MILLISECONDS)
        self._steps.timeout.connect(lambda: self.pass_time(_STEP_MILLISECONDS / 1000))
        self._steps.start()

    @property
    def waits(self) -> bool:
        """Whether the time stands still."""
        away = QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive
        return away or self.hovered or self.has_keyboard

    @property
    def has_keyboard(self) -> bool:
        """Whether one of the buttons has the focus."""
        return self.button.hasFocus() or self.close_button.hasFocus()

    def pass_time(self, seconds: float) -> None:
        """So much time has passed; when none is left, the toast goes."""
        if not self.waits:
            self.seconds_left -= seconds
            if self.seconds_left <= 0:
                self.ended(self)

    def fit(self, width: int) -> None:
        """Be as wide as the text needs and ``width`` allows, and as tall as it needs then."""
        buttons = self.close_button.sizeHint().width() + (self.button.isVisibleTo(self) and self._button_width())
        margins = self._row.contentsMargins()
        around = buttons + margins.left() + margins.right() + self._row.spacing() + 2 * self.frameWidth()
        line = self._label.fontMetrics().size(0, self._label.text()).width() + 2
        label = min(line, width - around)
        self._label.setFixedSize(label, max(self._label.heightForWidth(label), self.button.sizeHint().height()))
        self.resize(label + around, self._row.sizeHint().height())

    def take_focus(self) -> None:
        """Give the keyboard to what can be done here."""
        first = self.close_button if self.button.isHidden() else self.button
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Go, for ever."""
        self._steps.stop()
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended(self)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.hovered = True

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered = False

    def _button_width(self) -> int:
        return self.button.sizeHint().width() + self._row.spacing()

    def _act(self) -> None:
        action, self._action = self._action, None
        self.ended(self)
        if action is not None:
            action()


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader, if one listens, say ``text`` without moving the keyboard there."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
