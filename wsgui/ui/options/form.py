"""The form of all client options, generated from the table.

It keeps the values itself, so that they can be set and read before there is a single row: the rows, some hundred
widgets, are made in short turns of the event loop after the form was shown, and the window is up before them. The
table too is imported then, or when somebody asks for what follows from it.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui import resources
from wsgui.core.i18n import _
from wsgui.core.protocol import Protocol
from wsgui.ui.options.help_panel import HelpPanel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wsgui.core.option_types import Group, Option
    from wsgui.core.option_values import OptionError, OptionValue, OptionValues
    from wsgui.core.presets import Preset
    from wsgui.ui.options.row import OptionRow
    from wsgui.ui.options.section import Section

_TURN = 0.008
"""Seconds of building rows before the event loop gets its turn."""


class OptionForm(QWidget):
    """``changed``: the values or what is wrong with them, by a person's hand or by :meth:`set_values`."""

    changed = Signal()
    snippet_changed = Signal()
    filled = Signal()
    """All rows are there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("optionForm")
        self.rows: dict[str, OptionRow] = {}
        """The rows made so far, by JavaScript name."""
        self._values: dict[str, OptionValue] = {}
        """What differs from the defaults, in no order."""
        self._before: OptionValues | None = None
        self._protocol = Protocol.SOCKETIO
        self._url = ""
        self._sections: dict[Group, Section] = {}
        self._waiting: Iterator[Option] | None = None
        """The options that have no row yet; none so far before the first row is to be made."""
        self._is_filled = False
        self._first: OptionRow | None = None
        """The row that stands before all others, because its whole name was searched for."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self._fill_for(_TURN))
        self._lay_out()

    def values(self) -> OptionValues:
        """What differs from the defaults, in the table's order. A value that is refused is not among them."""
        if not self._values:
            return {}
        from wsgui.core.options import OPTIONS

        return {option.name: self._values[option.name] for option in OPTIONS if option.name in self._values}

    def set_values(self, values: OptionValues) -> None:
        """Replace all values. Raises ``OptionError`` for a bad one and changes nothing then."""
        from wsgui.core import options

        self._values = dict(options.check_values(values))
        self._before = None
        for name, row in self.rows.items():
            row.show_value(self._values.get(name, row.option.default))
        self._show_rows()
        self._announce()

    def problems(self) -> list[OptionError]:
        """What is refused at the moment, in the table's order; only options of the protocol count."""
        from wsgui.core import options

        refused = [row.problem for row in self.rows.values() if row.problem]
        found = refused + options.problems(self._values)
        return [each for each in found if self._applies(options.OPTION[each.option])]

    @property
    def protocol(self) -> Protocol:
        """The protocol whose options are shown."""
        return self._protocol

    def set_protocol(self, protocol: Protocol) -> None:
        """Show the options that mean something with ``protocol``; the values of the others are kept."""
        self._protocol = protocol
        self._show_rows()
        self._announce()

    def set_url(self, url: str) -> None:
        """The URL to connect to, for the snippet."""
        self._url = url
        self.snippet_changed.emit()

    def snippet(self) -> str:
        """What a JavaScript program would write to connect in the same way."""
        from wsgui.core import snippet
        from wsgui.core.options import OPTION

        values = {name: value for name, value in self.values().items() if self._applies(OPTION[name])}
        write = snippet.write_websocket if self._protocol is Protocol.WEBSOCKET else snippet.write
        return write(self._url, values)

    def focus_option(self, name: str) -> None:
        """Bring an option into view and put the cursor into it."""
        self.fill()
        self._search.clear()
        self._only_changed.setChecked(False)
        row = self.rows[name]
        self._sections[row.option.group].open()
        self._show_rows()
        row.editor.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll_to(row)

    def blame(self, name: str, sentence: str) -> None:
        """Show which option a connection failed for, without taking the cursor there; no name forgets it."""
        if name:
            self.fill()
        for row in self.rows.values():
            row.blame(sentence if row.option.name == name else "")
        if name:
            self._sections[self.rows[name].option.group].open()
            self._scroll_to(self.rows[name])

    def apply_preset(self, preset: Preset) -> None:
        """Take the values of ``preset``, and the defaults for all others. Can be undone."""
        self.replace_values(preset.values)

    def reset_all(self) -> None:
        """Back to the defaults. Can be undone."""
        self.replace_values({})

    def fill(self) -> None:
        """Make all rows now."""
        self._fill_for(float("inf"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows are made after the window was painted for the first time, so that it is there at once."""
        super().paintEvent(event)
        if not self._is_filled and not self._timer.isActive():
            self._timer.start(0)

    def _lay_out(self) -> None:
        self._search = QLineEdit()
        self._search.setObjectName("optionSearch")
        self._search.setPlaceholderText(_("Search options"))
        self._search.setAccessibleName(_("Search options"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._show_rows)
        self._only_changed = QCheckBox(_("Only changed"))
        self._only_changed.setObjectName("onlyChanged")
        self._only_changed.toggled.connect(self._show_rows)
        presets = QToolButton()
        presets.setObjectName("presetButton")
        presets.setText(_("Presets") + " ▾")
        presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.preset_menu = QMenu(presets)
        self.preset_menu.setToolTipsVisible(True)
        self.preset_menu.aboutToShow.connect(self._fill_preset_menu)
        presets.setMenu(self.preset_menu)
        self._reset_all = QPushButton()
        self._reset_all.setObjectName("resetAll")
        self._reset_all.clicked.connect(self._reset_or_undo)
        bar = QHBoxLayout()
        bar.addWidget(self._only_changed)
        bar.addStretch()
        bar.addWidget(presets)
        bar.addWidget(self._reset_all)
        self._nothing = QLabel(_("No option matches."))
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing.setObjectName("nothingFound")
        self._nothing.hide()
        self._content = QWidget()
        self._content_column = QVBoxLayout(self._content)
        self._content_column.setContentsMargins(0, 0, 0, 0)
        self._content_column.setSpacing(2)
        self._content_column.addWidget(self._nothing)
        self._content_column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("optionScroll")
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        self._help = HelpPanel()
        line = QFrame()
        line.setFrameStyle(QFrame.Shape.HLine | QFrame.Shadow.Plain)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._search)
        column.addLayout(bar)
        column.addWidget(self._scroll, 1)
        column.addWidget(line)
        column.addWidget(self._help)
        self.setFocusProxy(self._search)
        self._show_undo()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def _fill_for(self, seconds: float) -> None:
        if self._is_filled:
            return
        end = perf_counter() + seconds
        if self._waiting is None:
            from wsgui.core.options import OPTIONS

            self._waiting = iter(OPTIONS)
        while perf_counter() < end:
            option = next(self._waiting, None)
            if option is None:
                self._finish()
                return
            self._add_row(option)

    def _finish(self) -> None:
        self._is_filled = True
        self._timer.stop()
        self._put_in_tab_order(self._sections.values())
        self._show_rows()
        self.filled.emit()
        if self.problems():  # known only since there are editors: a file that is not on this machine
            self._announce()

    def _add_row(self, option: Option) -> None:
        section = self._sections.get(option.group)
        if section is None:
            from wsgui.ui.options.section import Section

            section = self._sections[option.group] = Section(option.group)
            self._content_column.insertWidget(self._content_column.count() - 1, section)
        from wsgui.ui.options.row import OptionRow

        row = OptionRow(option, self._values.get(option.name, option.default))
        row.changed.connect(lambda: self._take(row))
        self.rows[option.name] = row
        section.add(row)
        if option.name == "randomizationFactor":  # the last of those that the delays follow from
            from wsgui.ui.options.delay_preview import DelayPreview

            section.add_note(DelayPreview(self))
        row.setVisible(self._is_shown(row))
        self._count(section)

    def _put_in_tab_order(self, sections: Iterable[Section]) -> None:
        """Widgets made late come last in the window's order; these belong after the bar of the form."""
        previous: QWidget = self._reset_all
        for section in sections:
            for stop in section.focus_chain():
                QWidget.setTabOrder(previous, stop)
                previous = stop

    def _take(self, row: OptionRow) -> None:
        name = row.option.name
        if row.is_changed:
            self._values[name] = row.value
        else:
            self._values.pop(name, None)
        self._before = None
        self._announce()

    def replace_values(self, values: OptionValues) -> None:
        """Replace all values. Can be undone. Raises ``OptionError`` as :meth:`set_values` does."""
        before = self.values()
        self.set_values(values)
        self._before = before
        self._show_undo()

    def _reset_or_undo(self) -> None:
        if self._before is None:
            self.reset_all()
        else:
            self.set_values(self._before)

    def _announce(self) -> None:
        for section in self._sections.values():
            self._count(section)
        self._show_undo()
        self.changed.emit()
        self.snippet_changed.emit()

    def _show_undo(self) -> None:
        can_undo = self._before is not None
        self._reset_all.setText(_("Undo") if can_undo else _("Reset all"))
        self._reset_all.setEnabled(can_undo or bool(self._values) or any(row.problem for row in self.rows.values()))

    def _count(self, section: Section) -> None:
        section.count(sum(row.is_changed and self._applies(row.option) for row in section.rows))

    def _show_rows(self) -> None:
        """Show what the search, "only changed" and the protocol leave."""
        for row in self.rows.values():
            row.setVisible(self._is_shown(row))
        is_searching = bool(self._search.text().strip()) or self._only_changed.isChecked()
        for section in self._sections.values():
            section.search(is_searching=is_searching)
        self._nothing.setVisible(self._is_filled and all(section.isHidden() for section in self._sections.values()))
        name = self._search.text().strip().casefold()
        named = (row for row in self.rows.values() if row.option.name.casefold() == name and not row.isHidden())
        self._put_first(next(named, None))

    def _put_first(self, first: OptionRow | None) -> None:
        """Show a row and its section before the others, or with ``None`` all in the order of the table."""
        if first is self._first:
            return
        self._first = first
        rows = sorted(self.rows.values(), key=lambda row: row is not first)
        sections = sorted(self._sections.items(), key=lambda each: first is None or each[0] is not first.option.group)
        for place, (group, section) in enumerate(sections, 1):
            self._content_column.removeWidget(section)
            self._content_column.insertWidget(place, section)
            section.arrange([row for row in rows if row.option.group is group])
        self._put_in_tab_order([section for _group, section in sections])
        # In the next turn, as in _scroll_to: now the rows have their old places.
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(0))

    def _is_shown(self, row: OptionRow) -> bool:
        option = row.option
        if not self._applies(option) or (self._only_changed.isChecked() and not (row.is_changed or row.problem)):
            return False
        texts = f"{option.name} {_(option.label)} {_(option.help)} {_(option.caveat)}".casefold()
        return all(word in texts for word in self._search.text().casefold().split())

    def _applies(self, option: Option) -> bool:
        return self._protocol in option.protocols

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Explain the option that has the keyboard, and keep it in view."""
        row = next((row for row in self.rows.values() if now is not None and row.isAncestorOf(now)), None)
        if row is not None:
            self._help.explain(row.summary(), _(row.option.help))
            self._scroll_to(row)

    def _scroll_to(self, row: OptionRow) -> None:
        # In the next turn: rows that were shown or made just now have no place yet.
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(row, 0, 4))

    def _fill_preset_menu(self) -> None:
        if self.preset_menu.isEmpty():
            from wsgui.core.presets import read_presets

            for preset in read_presets(resources.path("presets")):
                action = QAction(_(preset.name), self.preset_menu)
                action.setToolTip(_(preset.description))
                action.triggered.connect(lambda _checked=False, preset=preset: self.apply_preset(preset))
                self.preset_menu.addAction(action)
