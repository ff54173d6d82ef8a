"""What stands where there is nothing to show yet: one sentence, and one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QLabel, QPushButton, QWidget

from wsgui.core.i18n import _
from wsgui.ui.named import named

Offer = tuple[str, Callable[[], object]]
"""What a button says, marked with ``N_``, and what it does."""
_UNDER, _BESIDE = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class EmptyState(QWidget):
    """Lies over ``over``, or over what a table has below its header, and is hidden until it has a sentence to say."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._area = over.viewport() if isinstance(over, QAbstractScrollArea) else over
        self._do: Callable[[], object] = lambda: None
        self._has_offer = False
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = named(QLabel(), "emptySentence")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        self._label.setProperty("tone", "muted")
        self.button = named(QPushButton(), "emptyAction")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self._do())
        self._line = QBoxLayout(_UNDER, self)
        self._line.addStretch()
        self._line.addWidget(self._label)
        self._line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        self._line.addStretch()
        self._area.installEventFilter(self)
        self.hide()

    def show_state(self, sentence: str, offer: Offer | None = None) -> None:
        """Say this and offer that; hide where there is nothing to say."""
        self._label.setText(sentence)
        self._has_offer = offer is not None
        self.button.setVisible(self._has_offer)
        if offer is not None:
            self.button.setText(_(offer[0]))
            self._do = offer[1]
        self.setVisible(bool(sentence))
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():  # not while both are being deleted
            self._fit()
        return False

    def _fit(self) -> None:
        """The button under the sentence, or beside it, or closely under it: the first way that shows all of it.

        Where none does, the sentence stands alone: it says what to do, too.
        """
        place = self._area.rect() if self._area is self.parentWidget() else self._area.geometry()
        for direction, gap, offers in ((_UNDER, 12, True), (_BESIDE, 12, True), (_UNDER, 4, True), (_UNDER, 4, False)):
            self.button.setVisible(offers and self._has_offer)
            self._line.setDirection(direction)
            self._line.setContentsMargins(16, gap - 4, 16, gap - 4)
            self._line.setSpacing(gap)
            self._label.setMinimumWidth(self._room_beside(place.width()) if direction is _BESIDE else 0)
            if self._line.totalHeightForWidth(place.width()) <= place.height():
                break
        self.setGeometry(place)

    def _room_beside(self, width: int) -> int:
        """How wide the sentence is beside the button."""
        line = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 2
        margins = self._line.contentsMargins()
        taken = self.button.sizeHint().width() + 3 * self._line.spacing() + margins.left() + margins.right()
        return max(0, min(line, width - taken))
