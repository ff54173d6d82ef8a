"""What a server says of itself, beside what it would say with the defaults and with the values of the guide.

The defaults are those of the ``socket.io`` package, versions 4 and 2; the guide's are those that it recommends for
``new Server(httpServer, {...})``. A value that no server tells is in the table too, and it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from wsgui.core.findings import ServerFacts
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol

Value = int | bool | str | tuple[str, ...] | None


class _Setting(NamedTuple):
    name: str
    """As the server's options call it, or a word for people, marked for translation."""
    fact: str
    """The name among :class:`ServerFacts`; empty if no server tells it."""
    unit: str
    default: Value
    default_v2: Value
    guide: Value


_NONE = N_("none")
_SETTINGS = (
    _Setting("pingInterval", "ping_interval", N_("ms"), 25_000, 25_000, 25_000),
    _Setting("pingTimeout", "ping_timeout", N_("ms"), 20_000, 5_000, 60_000),
    _Setting("upgradeTimeout", "", N_("ms"), 10_000, 10_000, 10_000),
    _Setting("maxHttpBufferSize", "max_payload", N_("B"), 1_000_000, 100_000_000, 1_000_000),
    _Setting("upgrades", "upgrades", "", ("websocket",), ("websocket",), ("websocket",)),
    _Setting("allowEIO3", "allow_eio3", "", False, None, True),
    _Setting("cookie", "cookie", "", "", "io", None),
    _Setting("cors.origin", "cors", "", "", "*", None),
    _Setting(N_("Engine.IO"), "eio", "", 4, 3, None),
    _Setting(N_("Platform"), "platform", "", None, None, None),
)


@dataclass(frozen=True)
class ServerRow:
    """A row of the table; all texts are ready to be shown, those of the server made of what it sent."""

    name: str
    here: str
    default: str
    guide: str
    remark: str = ""
    """In words: how the value differs; empty if it does not, or where nothing is to be compared."""


def server_rows(facts: ServerFacts, protocol: Protocol) -> tuple[ServerRow, ...]:
    """The table for a server; of a plain WebSocket server only what it can say."""
    if protocol is Protocol.WEBSOCKET:
        return (ServerRow(_("Platform"), facts.platform or _("not recognised"), "", ""),)
    is_v2 = facts.eio == 3
    return tuple(_row(setting, facts, is_v2=is_v2) for setting in _SETTINGS)


def _row(setting: _Setting, facts: ServerFacts, *, is_v2: bool) -> ServerRow:
    default = setting.default_v2 if is_v2 else setting.default
    guide = None if is_v2 else setting.guide  # the guide is written for version 4
    value: Value = getattr(facts, setting.fact) if setting.fact else None
    if value is None:
        if setting.fact == "platform":
            here = _("not recognised")
        else:
            here = _("not known") if setting.fact else _("not told by servers")
        return ServerRow(_(setting.name), here, _text(default, setting.unit), _text(guide, setting.unit))
    return ServerRow(
        _(setting.name),
        _text(value, setting.unit),
        _text(default, setting.unit),
        _text(guide, setting.unit),
        _remark(value, default, guide),
    )


def _remark(value: Value, default: Value, guide: Value) -> str:
    others = ((default, N_("the default")), (guide, N_("the guide")))
    differs = [(other, name) for other, name in others if other is not None and other != value]
    if not differs:
        return ""
    if all(_is_number(each) for each in (value, *(other for other, _name in differs))):
        return "; ".join(
            (_("more than {what}") if _more(value, other) else _("less than {what}")).format(what=_(name))
            for other, name in differs
        )
    return _("differs from {what}").format(what=_(" and ").join(_(name) for _other, name in differs))


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _more(one: Value, other: Value) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one > other


def _text(value: Value, unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(value) or _(_NONE)
    if isinstance(value, int):
        return f"{value:,} {_(unit)}".strip().replace(",", " ") if unit else str(value)
    return value or _(_NONE)
