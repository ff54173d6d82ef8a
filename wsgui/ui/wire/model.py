"""The rows of the wire: of the records of the log those that were an exchange or a frame themselves."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt

from wsgui.core.clock import clock
from wsgui.core.i18n import N_, _
from wsgui.core.kinds import ARROWS
from wsgui.core.records import Record
from wsgui.core.visible import one_line
from wsgui.core.wire.rows import ON_WIRE, WireRow, wire_row
from wsgui.ui.log.model import LONGEST, Index, Line, LogModel


class WireColumn(IntEnum):
    """The columns, from the left."""

    TIME = 0
    DIRECTION = 1
    METHOD = 2
    WHAT = 3
    STATUS = 4
    TYPE = 5
    SIZE = 6
    TOOK = 7
    WATERFALL = 8


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)


class WireModel(LogModel):
    """The wire of one recording."""

    headers = (
        N_("Time"),
        "",
        N_("Method"),
        N_("Meaning, URL, data"),
        N_("Status"),
        N_("Type"),
        N_("Size"),
        N_("Took"),
        N_("Waterfall"),
    )
    direction_column = WireColumn.DIRECTION
    fixed_columns = (WireColumn.TIME, WireColumn.WHAT)
    marked_column = WireColumn.METHOD

    def __init__(self) -> None:
        super().__init__(ON_WIRE)

    def line_of(self, record: Record) -> Line:
        row = wire_row(record)
        cells = (
            clock(record.wall),
            ARROWS[record.direction],
            one_line(row.method, 40),
            one_line(row.what, LONGEST),
            one_line(row.status, 40),
            one_line(row.type, 60),
            size_text(row.size),
            "" if row.seconds is None else time_text(row.seconds),
            "",
        )
        return Line(cells, row.severity, record.direction, row)

    def wire_row(self, row: int) -> WireRow:
        """What was worked out for that row."""
        more = self.line(row).more
        assert isinstance(more, WireRow)
        return more

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == _ALIGNMENT:
            return _RIGHT if index.column() in (WireColumn.SIZE, WireColumn.TOOK) else None
        return super().data(index, role)


def size_text(size: int) -> str:
    """Bytes, kB or MB of a thousand, as browsers show them."""
    if size < 1000:
        return _("{size} B").format(size=size)
    kilo = _("{size:.1f} kB").format(size=size / 1000)
    return kilo if size < 1_000_000 else _("{size:.1f} MB").format(size=size / 1_000_000)


def time_text(seconds: float) -> str:
    """Milliseconds, or seconds from one on."""
    return _("{ms:.1f} ms").format(ms=seconds * 1000) if seconds < 1 else _("{seconds:.2f} s").format(seconds=seconds)
