"""Where the arguments of an event are written: all in one text, the quick way, or one by one.

The one text is what counts. The forms write into it with every key, and are made anew when something else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QToolButton

from wsgui.core.i18n import _
from wsgui.core.payload import PayloadError, check_arguments, read_arguments
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.theme import fixed_font

if TYPE_CHECKING:
    from wsgui.ui.argument_list import ArgumentList


class PayloadEditor(QStackedWidget):
    """``forms_button`` changes between the two ways; who shows this puts it somewhere."""

    changed = Signal()
    refused = Signal(str)
    """Why the arguments cannot be shown one by one, as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = named(QPlainTextEdit(), "payloadEdit", _("Arguments as JSON, separated by commas"))
        self.edit.setPlaceholderText(
            _('Arguments as JSON, separated by commas: "hello", {"room": 7}\nEmpty means no argument.')
        )
        self.edit.setFont(fixed_font())
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(56)
        self.addWidget(self.edit)
        self.forms_button = named(QToolButton(), "formsButton", _("Arguments one by one"))
        self.forms_button.setText(_("One by one"))
        show_icon(self.forms_button, Icon.SEQUENCE)
        self.forms_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)  # the row is full in some languages
        self.forms_button.setToolTip(_("Write each argument on its own, as JSON, text, a number or bytes"))
        self.forms_button.setCheckable(True)
        self._list: ArgumentList | None = None
        self._writing = False
        self.edit.textChanged.connect(self._text_changed)
        self.forms_button.toggled.connect(self._toggle)

    @property
    def forms(self) -> ArgumentList:
        """The arguments one by one; made when they are first asked for."""
        if self._list is None:
            from wsgui.ui.argument_list import ArgumentList  # the window opens sooner without it

            self._list = ArgumentList()
            self._list.changed.connect(self._forms_changed)
            self.addWidget(self._list)
        return self._list

    @property
    def one_by_one(self) -> bool:
        """Whether the forms are shown."""
        return self.forms_button.isChecked()

    def check(self) -> int:
        """How many arguments there are. Raises :class:`PayloadError`, in the forms with the number of the argument."""
        if self.one_by_one and (problem := self.forms.problem()):
            raise PayloadError(problem, 1, 1)
        return len(check_arguments(self.edit.toPlainText()))

    def beautify(self) -> None:
        """Indent the arguments; a broken text stays as it is, and the cursor goes to the place."""
        from wsgui.core.javascript_json import dumps

        try:
            values = read_arguments(self.edit.toPlainText())
        except PayloadError as error:
            self._go_to(error)
            return
        from PySide6.QtGui import QTextCursor  # the window opens sooner without it

        cursor = QTextCursor(self.edit.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(",\n".join(dumps(value, indent=True) for value in values))  # can be undone

    def take_focus(self) -> None:
        """Put the cursor where one begins to type."""
        if self.one_by_one:
            (self.forms.rows[0].edit if self.forms.rows else self.forms.add_button).setFocus()
        else:
            self.edit.setFocus()

    def _toggle(self, on: bool) -> None:
        if on and not self._fill_forms():
            return
        self.setCurrentWidget(self.forms if on else self.edit)
        self.changed.emit()

    def _fill_forms(self) -> bool:
        """Whether the text could be parted; where not, it is shown as it is."""
        from wsgui.core.argument_forms import parted

        try:
            arguments = parted(self.edit.toPlainText())
        except PayloadError as error:
            self.forms_button.setChecked(False)
            self._go_to(error)
            self.refused.emit(_("Mend this first. {why}").format(why=error))
            return False
        self.forms.show_arguments(arguments)
        return True

    def _go_to(self, error: PayloadError) -> None:
        if not self.one_by_one:
            from PySide6.QtGui import QTextCursor

            cursor = QTextCursor(self.edit.document().findBlockByNumber(error.line - 1))
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, error.column - 1)
            self.edit.setTextCursor(cursor)
            self.edit.setFocus()

    def _forms_changed(self) -> None:
        from wsgui.core.argument_forms import joined

        self._writing = True
        try:
            self.edit.setPlainText(joined(self.forms.arguments()))
        finally:
            self._writing = False
        self.changed.emit()

    def _text_changed(self) -> None:
        if self._writing:
            return
        if self.one_by_one:
            self._fill_forms()
        self.changed.emit()
