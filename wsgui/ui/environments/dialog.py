"""Environments…: a table of variables for each. Nothing is written before Save is pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.environments import Environment, EnvironmentFileError, EnvironmentStore, StoredEnvironment, new_id
from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.ui.environments.table import NAME, SECRET, VariableTable
from wsgui.ui.named import KEEPS_TEXT, named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.profiles.saving import Choice, SecretKeeping
from wsgui.ui.theme import show_bad

LONGEST_NAME = 60
"""Characters: it stands in the address bar."""


def place_of(variable: str) -> str:
    """Where the secret of a variable stands, for the keyring."""
    return f"variables.{variable}"


class EnvironmentsDialog(QDialog):
    """``saved``: the files are other ones now."""

    saved = Signal()

    def __init__(
        self,
        parent: QWidget,
        store: EnvironmentStore,
        keeping: SecretKeeping,
        stored: Sequence[StoredEnvironment],
        known: Sequence[Environment],
        current: str,
    ) -> None:
        """``known`` are the ``stored`` ones with their secrets."""
        super().__init__(parent)
        self._store = store
        self._keeping = keeping
        self._tasks = TaskOwner("environments")
        self._stored = {each.environment.id: each for each in stored}
        self._before = {each.id: each for each in known}
        self._now = list(known)
        self._row = -1
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Environments"))
        self.resize(640, 460)
        self.box = named(QComboBox(), "environmentChoice", _("Environment to change"))
        self.box.setProperty(KEEPS_TEXT, True)
        self.name_edit = named(QLineEdit(), "environmentName", _("Name of the environment"))
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.setPlaceholderText(_("For example staging"))
        self.table = VariableTable()
        self.table.setParent(self)
        self.view = named(QTableView(), "variableTable", _("Variables"))
        self.problem = PlainLabel("", "bad")
        self.problem.hide()
        self.new_button = named(QPushButton(_("&New")), "newEnvironment")
        self.copy_button = named(QPushButton(_("&Duplicate")), "copyEnvironment")
        self.delete_button = named(QPushButton(_("D&elete")), "deleteEnvironment")
        self.remove_button = named(QPushButton(_("&Remove variable")), "removeVariable")
        self.save_button = named(QPushButton(_("&Save")), "saveEnvironments")
        self.save_button.setProperty("role", "primary")
        self._lay_out()
        self._connect()
        self._fill_box(next((row for row, each in enumerate(self._now) if each.name == current), 0))
        if not self._now:
            self._add(Environment(""))

    # What the person does

    def _add(self, environment: Environment) -> None:
        self._keep()
        self._now.append(replace(environment, id=new_id()))
        self._fill_box(len(self._now) - 1)
        self.name_edit.setFocus()

    def _copy(self) -> None:
        self._keep()
        one = self._now[self._row]
        self._add(replace(one, name=_("{name}, copy").format(name=one.name)[:LONGEST_NAME]))

    def _delete(self) -> None:
        del self._now[self._row]
        row, self._row = self._row, -1
        self._fill_box(min(row, len(self._now) - 1))

    def save(self) -> None:
        """Check all of them, and write what is another now."""
        self._keep()
        if not self._is_good():
            return
        self.save_button.setEnabled(False)
        self._tasks.start(self._save(), "save")

    async def _save(self) -> None:
        try:
            for environment in self._now:
                if environment != self._before.get(environment.id) and not await self._write(environment):
                    return
            for gone in self._before.keys() - {each.id for each in self._now}:
                await asyncio.to_thread(self._store.delete, self._stored.pop(gone))
        except (EnvironmentFileError, OSError) as error:
            self.problem.show_text(str(error))
            return
        finally:
            self.save_button.setEnabled(True)
        self.saved.emit()
        self.accept()

    async def _write(self, environment: Environment) -> bool:
        """Its secrets into the keyring, then the file; whether that was done."""
        values = environment.variables
        secrets = {place_of(name): values[name] for name in environment.secret if values.get(name)}
        choice = await self._keeping.keep(environment.id, environment.name, secrets)
        if secrets and choice is None:
            return False
        before = self._stored.get(environment.id)
        clear = choice is Choice.CLEAR
        self._stored[environment.id] = await asyncio.to_thread(self._store.write, environment, before, clear=clear)
        return True

    # What is shown

    def _fill_box(self, row: int) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems([one_line(each.name, LONGEST_NAME) or _("New environment") for each in self._now])
        self.box.setCurrentIndex(row)
        self.box.blockSignals(False)
        self._show(row)

    def _show(self, row: int) -> None:
        self._keep()
        row = self._row = row if row < len(self._now) else -1
        environment = self._now[row] if row >= 0 else Environment("")
        self.name_edit.setText(environment.name)
        self.table.show_environment(environment)
        for widget in (self.name_edit, self.view, self.copy_button, self.delete_button, self.remove_button, self.box):
            widget.setEnabled(row >= 0)
        self._check()

    def _keep(self) -> None:
        """Keep what stands in the form."""
        if 0 <= self._row < len(self._now):
            variables, secret = self.table.variables()
            one = self._now[self._row]
            name = self.name_edit.text().strip()
            self._now[self._row] = replace(one, name=name, variables=variables, secret=secret)

    def _check(self) -> str:
        """Say what is wrong with what is shown; returns that."""
        self._keep()
        wrong = ""
        if self._row >= 0:
            name = self._now[self._row].name
            others = [each.name.casefold() for row, each in enumerate(self._now) if row != self._row]
            if not name:
                wrong = _("Give the environment a name.")
            elif name.casefold() in others:
                wrong = _("There is another environment of this name.")
            show_bad(self.name_edit, bad=bool(wrong) and bool(name))
            if problems := self.table.problems():
                number, sentence = problems[0]
                wrong = wrong or _("Row {n}: {sentence}").format(n=number + 1, sentence=sentence)
        self.problem.show_text(wrong)
        self.box.setItemText(self._row, one_line(self.name_edit.text(), LONGEST_NAME) or _("New environment"))
        return wrong

    def _is_good(self) -> bool:
        for row in [self._row, *range(len(self._now))]:
            if row != self._row:
                self.box.setCurrentIndex(row)
            if self._row >= 0 and self._check():
                return False
        return True

    # Layout

    def _connect(self) -> None:
        self.box.currentIndexChanged.connect(self._show)
        self.name_edit.textEdited.connect(lambda _text: self._check())
        self.table.edited.connect(self._check)
        self.new_button.clicked.connect(lambda: self._add(Environment("")))
        self.copy_button.clicked.connect(self._copy)
        self.delete_button.clicked.connect(self._delete)
        self.remove_button.clicked.connect(self._remove)
        self.save_button.clicked.connect(self.save)
        self.view.installEventFilter(self)

    def _remove(self) -> None:
        rows = {index.row() for index in self.view.selectionModel().selectedIndexes()}
        self.table.remove(list(rows))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes the chosen variables out."""
        key = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.view and key == Qt.Key.Key_Delete:
            self._remove()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        view = self.view
        view.setModel(self.table)
        view.verticalHeader().hide()
        view.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        view.setTabKeyNavigation(False)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(False)
        view.setColumnWidth(NAME, 180)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        view.setColumnWidth(SECRET, 70)
        about = PlainLabel(
            _(
                "{{host}} in a URL, an option or a message stands for the value that it has here. "
                "Secret values are kept in the keyring."
            ),
            "muted",
        )
        name = QLabel(_("Na&me"))
        name.setBuddy(self.name_edit)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.box, 1)
        for button in (self.new_button, self.copy_button, self.delete_button):
            button.setAutoDefault(False)
            top.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(name)
        middle.addWidget(self.name_edit, 1)
        self.remove_button.setAutoDefault(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.remove_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(about)
        column.addLayout(top)
        column.addLayout(middle)
        column.addWidget(view, 1)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    async def close_tasks(self) -> None:
        """End what goes on; for the end of the window."""
        await self._tasks.close()
