"""The findings as a tree: each opens to what it means, what to do, and its evidence, quoted as it was on the wire.

All texts are plain: item views know no markup, and control characters are shown as signs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from wsgui.core.causes import CAUSES
from wsgui.core.findings import Evidence, Finding, Report, Status
from wsgui.core.i18n import _
from wsgui.core.visible import lines, one_line
from wsgui.ui import theme
from wsgui.ui.diagnosis.words import in_order, tone_of, word_of
from wsgui.ui.named import named
from wsgui.ui.plain_tip import plain_tip

LONGEST_SENTENCE = 2000
"""Characters of what stands in one row; to lay out more takes seconds."""
LONGEST = 6000
"""Characters of a quotation that are shown; the copy has all."""

_ID = Qt.ItemDataRole.UserRole
_EVIDENCE = Qt.ItemDataRole.UserRole + 1
_STATUS, _TEXT, _TIME = range(3)
_MARGIN = 10
_NARROW = 360
"""Pixels, below which the text needs the room of the column beside it."""


class FindingsView(QTreeWidget):
    """Shows the findings of a :class:`Report`; while it grows, what is open stays open."""

    jump_wanted = Signal(int)
    """The person wants to see the exchange with this number on the wire."""
    cause_wanted = Signal(str)
    """The person wants to read more of the cause with this id."""
    again_wanted = Signal(str)
    """The person wants the check of this id to run again."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "findingsView", _("Findings"))
        self._report: Report | None = None
        self._titles: Mapping[str, str] = {}
        self._open: set[str] = set()
        self.setColumnCount(3)
        self.setHeaderLabels([_("Result"), _("Finding"), _("Took")])
        self.setTreePosition(_TEXT)
        self.setIndentation(16)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Wrapped(self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_STATUS, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_TIME, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(48)
        header.sectionResized.connect(lambda *_sizes: self.scheduleDelayedItemsLayout())
        self.currentItemChanged.connect(lambda *_items: self._tell_topic())
        self.itemExpanded.connect(self._opened)
        self.itemCollapsed.connect(lambda item: self._open.discard(item.data(_STATUS, _ID)))
        self.itemActivated.connect(lambda item: self._activate(item))
        copy = QAction(_("Copy"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_current)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        theme.changed.connect(self._recolour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(_TIME, event.size().width() < _NARROW)
        super().resizeEvent(event)

    def _recolour(self) -> None:
        self.show_report(self._report)

    def forget(self) -> None:
        """Show nothing, as before the first run."""
        self._open.clear()
        self.show_report(None)

    def show_report(self, report: Report | None, titles: Mapping[str, str] | None = None) -> None:
        """Show these findings; what was chosen stays chosen, and the view stays where it is.

        ``titles`` says by id what each check states.
        """
        self._report = report
        self._titles = self._titles if titles is None else titles
        current = self.currentItem()
        chosen = current.data(_STATUS, _ID) if current else None
        place = self.verticalScrollBar().value()
        self.clear()
        if report is None:
            return
        for finding in in_order(report):
            item = self._item(finding, report)
            self.addTopLevelItem(item)
            if finding.id in self._open:
                item.setExpanded(True)
            if finding.id == chosen:
                self.setCurrentItem(item)
        self.verticalScrollBar().setValue(place)

    def open_finding(self, key: str) -> None:
        """Open the finding of that id and bring it into view."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(_STATUS, _ID) == key:
                item.setExpanded(True)
                self.setCurrentItem(item)
                self.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtTop)

    def copy_current(self) -> None:
        """Copy the evidence that is chosen, or the finding with all its evidence."""
        item = self.currentItem()
        if item is None:
            return
        evidence = item.data(_STATUS, _EVIDENCE)
        finding = self._finding_of(item)
        if isinstance(evidence, Evidence):
            _copy(lines(evidence.text))
        elif finding is not None and self._report is not None:
            parts = [f"{word_of(finding, self._report)}: {one_line(finding.summary)}"]
            parts += filter(None, [one_line(finding.fix), lines(finding.code)])
            parts += [f"{one_line(each.label)}\n{lines(each.text)}" for each in finding.evidence]
            _copy("\n\n".join(parts))

    def _tell_topic(self) -> None:
        """F1 opens the cause of the finding that is chosen."""
        finding = self._finding_of(item) if (item := self.currentItem()) else None
        known = finding is not None and finding.is_problem and finding.cause
        self.setProperty("topic", f"causes#{known}" if known else None)

    # Rows

    def _item(self, finding: Finding, report: Report) -> QTreeWidgetItem:
        seconds = finding.seconds
        took = (
            _("{ms:.0f} ms").format(ms=seconds * 1000) if seconds < 10 else _("{seconds:.0f} s").format(seconds=seconds)
        )
        title = self._titles.get(finding.id, "")
        summary = one_line(finding.summary, LONGEST_SENTENCE)
        if finding.status is Status.SKIP and title:
            summary = f"{title}: {summary}"  # why it was not checked is often the same; what, never
        item = QTreeWidgetItem([word_of(finding, report), summary, took])
        item.setToolTip(_TEXT, plain_tip(title))
        item.setData(_STATUS, _ID, finding.id)
        item.setTextAlignment(_TIME, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        colours = theme.current()
        tone = tone_of(finding, report)
        item.setForeground(_STATUS, QColor(getattr(colours, tone)))
        item.setForeground(_TIME, QColor(colours.muted))
        if tone == "muted":
            item.setForeground(_TEXT, QColor(colours.muted))
        for text in self._sentences(finding, report):
            item.addChild(self._text_item(finding, text))
        if finding.code and finding.is_problem and finding.cause != report.cause:
            item.addChild(self._text_item(finding, finding.code, fixed=True))
        for evidence in finding.evidence:
            label = self._text_item(finding, one_line(evidence.label, LONGEST_SENTENCE), tone="muted")
            quoted = self._text_item(finding, _cut(lines(evidence.text)), fixed=True)
            for each in (label, quoted, self._text_item(finding, "")):
                each.setData(_STATUS, _EVIDENCE, evidence)
                item.addChild(each)
        return item

    def _sentences(self, finding: Finding, report: Report) -> list[str]:
        if (root := report.consequences.get(finding.id)) is not None:
            first = next((each.summary for each in report.findings if each.id == root), "")
            return [
                _("A consequence, no cause of its own. It follows from: {what}").format(
                    what=one_line(first, LONGEST_SENTENCE)
                )
            ]
        if not finding.is_problem or (finding.cause and finding.cause == report.cause):
            return []  # the headline's cause and fix stand beside
        cause = CAUSES.get(finding.cause or "")
        said = [_("Cause: {title}").format(title=_(cause.title)), _(cause.explanation)] if cause else []
        return (
            [*said, _("What to do: {fix}").format(fix=one_line(finding.fix, LONGEST_SENTENCE))] if finding.fix else said
        )

    def _text_item(self, finding: Finding, text: str, *, tone: str = "text", fixed: bool = False) -> QTreeWidgetItem:
        item = QTreeWidgetItem(["", text, ""])
        item.setData(_STATUS, _ID, finding.id)
        item.setForeground(_TEXT, QColor(getattr(theme.current(), tone)))
        if fixed:
            item.setFont(_TEXT, theme.fixed_font())
            item.setBackground(_TEXT, QColor(theme.current().window))
        return item

    def _opened(self, item: QTreeWidgetItem) -> None:
        """Give its evidence buttons, which nobody needs before it is open."""
        self._open.add(item.data(_STATUS, _ID))
        previous: QWidget = self  # the Tab key comes from the findings to their buttons, and goes on from there
        for row in range(item.childCount()):
            child = item.child(row)
            assert child is not None
            evidence = child.data(_STATUS, _EVIDENCE)
            if isinstance(evidence, Evidence) and not child.text(_TEXT) and self.itemWidget(child, _TEXT) is None:
                buttons = self._buttons(evidence)
                self.setItemWidget(child, _TEXT, buttons)
                for button in buttons.findChildren(QToolButton):
                    QWidget.setTabOrder(previous, button)
                    previous = button

    def _buttons(self, evidence: Evidence) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        what = one_line(evidence.label, 100)
        row.addWidget(_link("copyEvidence", _("Copy"), what, lambda: _copy(lines(evidence.text))))
        if evidence.seq:
            jump = _link("jumpToWire", _("Show in wire"), what, lambda: self.jump_wanted.emit(evidence.seq))
            row.addWidget(jump)
        row.addStretch()
        return buttons

    # What the person does

    def _activate(self, item: QTreeWidgetItem) -> None:
        evidence = item.data(_STATUS, _EVIDENCE)
        if isinstance(evidence, Evidence) and evidence.seq:
            self.jump_wanted.emit(evidence.seq)

    def menu(self) -> QMenu:
        """What can be done with the chosen row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.actions()[0])
        item = self.currentItem()
        finding = self._finding_of(item) if item else None
        if item is None or finding is None:
            return menu
        chosen = item.data(_STATUS, _EVIDENCE)
        seqs = [each.seq for each in ((chosen,) if isinstance(chosen, Evidence) else finding.evidence) if each.seq]
        jump = menu.addAction(_("Show in wire"))
        jump.setEnabled(bool(seqs))
        jump.triggered.connect(lambda: self.jump_wanted.emit(seqs[0]))
        if finding.is_problem and finding.cause:
            cause = finding.cause
            menu.addAction(_("Learn more")).triggered.connect(lambda: self.cause_wanted.emit(cause))
        again = menu.addAction(_("Run this check again"))
        again.triggered.connect(lambda: self.again_wanted.emit(finding.id))
        return menu

    def _open_menu(self, place: QPoint) -> None:
        self.menu().popup(self.viewport().mapToGlobal(place))

    def _finding_of(self, item: QTreeWidgetItem) -> Finding | None:
        key = item.data(_STATUS, _ID)
        findings = self._report.findings if self._report else ()
        return next((each for each in findings if each.id == key), None)


class _Wrapped(QStyledItemDelegate):
    """Breaks a text into as many lines as it needs. Qt's own cuts a word that is longer than the line."""

    def __init__(self, view: FindingsView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.column() != _TEXT:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        place = option.rect.adjusted(_MARGIN // 2, 4, -_MARGIN // 2, 0)
        _laid_out(text, option.font, place.width()).draw(painter, QPointF(place.topLeft()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        self.initStyleOption(option, index)
        size = QSize(option.fontMetrics.horizontalAdvance(option.text) + _MARGIN, option.fontMetrics.height() + 8)
        if index.column() != _TEXT:
            return size
        depth = 2 if index.parent().isValid() else 1
        width = max(60, self._view.columnWidth(_TEXT) - depth * self._view.indentation() - _MARGIN)
        needed = _laid_out(option.text, option.font, width).boundingRect().height()
        return QSize(width, max(round(needed) + 8, size.height()))


def _laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    """In lines that are broken between words, and within one that is too long for a line."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _link(name: str, text: str, of: str, do: Callable[[], None]) -> QToolButton:
    button = named(QToolButton(), name, f"{text}: {of}")
    button.setText(text)
    button.setAutoRaise(True)
    button.setProperty("role", "link")
    button.clicked.connect(do)
    return button


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST] + "\n" + _("… and {n:,} more characters; “Copy” takes all").format(n=len(text) - LONGEST)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
