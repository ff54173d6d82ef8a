"""The namespaces of a connection: which are joined, joining another with an ``auth`` of its own, leaving one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _
from wsgui.ui.named import named
from wsgui.ui.theme import fixed_font, show_bad

Wanted = dict[str, Mapping[str, object] | None]
"""Namespace -> its own ``auth``, or ``None`` for the option of that name."""


class NamespacePane(QWidget):
    """Before connecting it collects what is to be joined besides the URL's namespace; later it joins at once."""

    join_wanted = Signal(str, object)
    """Namespace, ``auth`` or ``None``."""
    leave_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.wanted: Wanted = {}
        """Joined at each connect, besides the URL's own."""
        self._joined: tuple[str, ...] = ()
        self.list = named(QListWidget(), "namespaceList", _("Namespaces"))
        self.name_edit = named(QLineEdit(), "namespaceEdit", _("Namespace to join"))
        self.name_edit.setPlaceholderText("/admin")
        self.auth_edit = named(QLineEdit(), "namespaceAuthEdit", _("auth of this namespace, as JSON"))
        self.auth_edit.setPlaceholderText(_('auth as JSON, for example {"token": "…"}; empty takes the option “auth”'))
        self.auth_edit.setFont(fixed_font())
        self.join_button = named(QPushButton(_("&Join")), "joinButton")
        self.leave_button = named(QPushButton(_("&Leave")), "leaveButton")
        self.leave_button.setEnabled(False)
        self._message = named(QLabel(), "namespaceMessage")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setProperty("tone", "bad")
        self._message.hide()
        form = QHBoxLayout()
        form.setSpacing(8)
        form.addWidget(self.name_edit, 1)
        form.addWidget(self.auth_edit, 2)
        form.addWidget(self.join_button)
        form.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self._message)
        column.addWidget(self.list, 1)
        self.join_button.clicked.connect(self._join)
        self.name_edit.returnPressed.connect(self._join)
        self.auth_edit.returnPressed.connect(self._join)
        self.leave_button.clicked.connect(self._leave)
        self.list.itemSelectionChanged.connect(lambda: self.leave_button.setEnabled(bool(self.list.selectedItems())))

    def show_joined(self, names: tuple[str, ...]) -> None:
        """Show which namespaces are joined now."""
        self._joined = names
        self._show()

    def want(self, names: Mapping[str, Mapping[str, object] | None]) -> None:
        """Ask for these at the next connect, and for no others."""
        self.wanted = dict(names)
        self._show()

    def show_problem(self, sentence: str) -> None:
        """Say why a namespace cannot be joined or left; an empty text takes that back."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def _show(self) -> None:
        chosen = {item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()}
        self.list.clear()
        for name in dict.fromkeys((*self._joined, *self.wanted)):
            text = _("{name} – joined") if name in self._joined else _("{name} – not joined; asked for at each connect")
            item = QListWidgetItem(text.format(name=name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
            item.setSelected(name in chosen)

    def _join(self) -> None:
        from wsgui.core import javascript_json  # the window opens sooner without it

        name = self.name_edit.text().strip()
        auth: Mapping[str, object] | None = None
        try:
            if text := self.auth_edit.text().strip():
                value = javascript_json.loads(text)
                auth = value if isinstance(value, Mapping) else None
                if auth is None:
                    self._refuse(self.auth_edit, _("auth must be a JSON object: {…}."))
                    return
        except javascript_json.JsonError as error:
            self._refuse(
                self.auth_edit, _("The JSON is broken at column {n}: {why}.").format(n=error.column, why=error)
            )
            return
        if not name or "," in name:
            self._refuse(self.name_edit, _("Enter the namespace’s name, for example /admin. It has no comma."))
            return
        name = name if name.startswith("/") else f"/{name}"
        for edit in (self.name_edit, self.auth_edit):
            show_bad(edit, bad=False)
        self.show_problem("")
        self.wanted[name] = auth
        self.name_edit.clear()
        self.auth_edit.clear()
        self._show()
        self.join_wanted.emit(name, auth)

    def _leave(self) -> None:
        for item in self.list.selectedItems():
            name = str(item.data(Qt.ItemDataRole.UserRole))
            self.wanted.pop(name, None)
            self.leave_wanted.emit(name)
        self._show()

    def _refuse(self, edit: QLineEdit, sentence: str) -> None:
        show_bad(edit, bad=True)
        self.show_problem(sentence)
        edit.setFocus()
