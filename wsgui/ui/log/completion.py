"""What may come next in the filter box, offered below it while it is typed. Typing goes on as if it were not there.

Nothing is chosen beforehand, so that Enter applies the filter unless the arrow keys were used; Tab takes the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.ui import theme

if TYPE_CHECKING:
    from wsgui.core.filters import Seen
    from wsgui.core.recorded import Recorded

_WORD = int(Qt.ItemDataRole.UserRole)
_MOST_ROWS = 12
_LONGEST = 300
"""Characters of an offer that are shown."""


class Completion(QObject):
    """Offers the rows of the table of terms, and the values that a recording has for them."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._recording: Recorded | None = None
        self._seen: Seen | None = None
        self._model = QStandardItemModel(self)
        self._popup: QListView | None = None
        self._completer = QCompleter(self._model, self)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)

    def set_recording(self, recording: Recorded | None) -> None:
        """Offer the values of another recording from now on."""
        self._timer.stop()
        self._recording = recording
        self._seen = None

    @property
    def is_open(self) -> bool:
        """Whether the offers are shown."""
        return self._popup is not None and self._popup.isVisible()

    def words(self) -> list[str]:
        """The words on offer."""
        return [str(self._model.index(row, 0).data(_WORD)) for row in range(self._model.rowCount())]

    def offer(self, *, everything: bool = False) -> None:
        """Offer what may follow the word at the cursor; nothing where it has not begun, unless ``everything`` may."""
        if not self._fill(everything=everything):
            self._timer.stop()
            self._hide()
            return
        self._show()
        self._timer.start()

    def _fill(self, *, everything: bool) -> bool:
        """Renew the list; whether there is something in it, or may be soon."""
        from wsgui.core.filters import Seen, offers, term_of, word_at  # the window must be there first

        _start, word = word_at(self._edit.text(), self._edit.cursorPosition())
        term = term_of(word)
        self._seen = self._seen or Seen()
        found = offers(word, self._seen.of(term) if term else ()) if word or everything else []
        if [offer.word for offer in found] != self.words():
            self._model.clear()
            for offer in found:
                item = QStandardItem(one_line(f"{offer.word:<12}{offer.says}" if offer.says else offer.word, _LONGEST))
                item.setData(offer.word, _WORD)
                self._model.appendRow(item)
        return bool(found) or bool(term and term.seen and self._recording)

    def _look(self) -> None:
        """Collect some more of what the recording has for the term that is typed."""
        from wsgui.core.filters import term_of, word_at

        term = term_of(word_at(self._edit.text(), self._edit.cursorPosition())[1])
        if term is None or self._seen is None or self._recording is None or not self._edit.hasFocus():
            self._timer.stop()
            return
        before, chosen = self._seen.of(term), self._chosen()
        word = "" if chosen is None else str(chosen.data(_WORD))
        if not self._seen.look(self._recording, term):
            self._timer.stop()
        if self._seen.of(term) != before and self._fill(everything=False):
            self._show()
            if self._popup is not None and word in (words := self.words()):
                self._popup.setCurrentIndex(self._model.index(words.index(word), 0))

    def _show(self) -> None:
        if self._model.rowCount() == 0:
            self._hide()
            return
        self._popup = self._popup or self._make_popup()
        rect = self._edit.cursorRect()
        rect.setBottom(self._edit.rect().bottom())
        rect.setWidth(self._popup.sizeHintForColumn(0) + 32)
        self._completer.complete(rect)
        self._popup.setCurrentIndex(QModelIndex())  # Qt makes the first one current when the list has the keys

    def _hide(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _chosen(self) -> QModelIndex | None:
        chosen = self._popup.selectedIndexes() if self._popup is not None else []
        return chosen[0] if chosen else None

    def _make_popup(self) -> QListView:
        popup = QListView()
        popup.setObjectName("filterOffers")
        popup.setAccessibleName(_("What may come next in the filter"))
        popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        popup.setUniformItemSizes(True)
        popup.setFont(theme.fixed_font())
        self._completer.setWidget(self._edit)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_MOST_ROWS)
        self._completer.setPopup(popup)
        popup.installEventFilter(self)  # is asked before the one of the completer
        popup.clicked.connect(self._take)
        return popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._popup is not None and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            index = self._chosen()
            if event.key() == Qt.Key.Key_Tab and index is None:
                index = self._model.index(0, 0)
            if index is not None and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._popup.hide()
                self._take(index)
                return True
        return super().eventFilter(watched, event)

    def _take(self, index: QModelIndex) -> None:
        from wsgui.core.filters import word_at

        word = str(index.data(_WORD))
        start, typed = word_at(self._edit.text(), self._edit.cursorPosition())
        self._edit.setSelection(start, len(typed))
        self._edit.insert(word)  # is an edit, too: after a prefix its values are offered
