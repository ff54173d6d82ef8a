"""An Option is one row of the table: its name, what it may be, what it means, and how exactly it is honoured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wsgui.core.i18n import N_, _
from wsgui.core.option_checks import CHECKS, PARSERS, OptionType
from wsgui.core.option_values import OptionError, OptionValue, literal, same_value
from wsgui.core.protocol import Protocol
from wsgui.core.variables import named_in

__all__ = ["Fidelity", "Group", "Option", "OptionError", "OptionType", "OptionValue", "Protocol"]

_SHOWN_LENGTH = 60
_TEXTS = (OptionType.TEXT, OptionType.PATH, OptionType.IP_ADDRESS, OptionType.PROXY, OptionType.FILE)


class Group(StrEnum):
    """The sections of the form, in its order. The value is the title, marked for translation."""

    ADDRESS = N_("Address")
    TRANSPORTS = N_("Transports")
    TIMING = N_("Timeouts and reconnection")
    HEADERS = N_("Headers and auth")
    TLS = N_("TLS and proxy")
    ADVANCED = N_("Advanced")


class Fidelity(StrEnum):
    """How an option compares with the JavaScript client. The value is a text for people, marked for translation."""

    SAME = N_("same as JavaScript")
    EMULATED = N_("emulated")
    OUTSIDE = N_("browser or Node only")
    OWN = N_("not in JavaScript")
    """An option of wsgui, for what a JavaScript program does in another way."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option of the JavaScript client, or one of wsgui's own. ``label``, ``help`` and ``caveat`` are marked."""

    name: str
    type: OptionType
    default: OptionValue
    """What JavaScript takes if the option is not given; ``None`` where it has no value then."""
    group: Group
    label: str
    help: str
    unit: str = ""
    """``ms``, ``bytes`` or nothing."""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    """Numbers: whole ones only."""
    choices: tuple[OptionValue, ...] = ()
    allows_infinity: bool = False
    allows_false: bool = False
    secret: bool = False
    """Not to be shown or saved in the clear."""
    protocols: frozenset[Protocol] = frozenset(Protocol)
    fidelity: Fidelity = Fidelity.SAME
    caveat: str = ""
    """What this version does not honour exactly, or how JavaScript does it otherwise; empty where both do the same."""

    def check(self, value: OptionValue) -> OptionValue:
        """``value`` in its normal shape; raises :class:`OptionError`. ``None`` means the default.

        A text with variables in it is checked when they have their values.
        """
        if isinstance(value, str) and self.type in _TEXTS and named_in(value):
            return value
        return self.default if value is None else CHECKS[self.type](self, value)

    def parse(self, text: str) -> OptionValue:
        """What a person typed, checked; raises :class:`OptionError`. Nothing typed means the default."""
        text = text.strip()
        parser = PARSERS.get(self.type)
        return self.check(parser(self, text) if parser else text) if text else self.default

    def is_default(self, value: OptionValue) -> bool:
        """Whether ``value``, which passed :meth:`check`, says nothing that JavaScript does not do anyway."""
        return same_value(value, self.default)

    def refuse(self, sentence: str, value: OptionValue = None, **words: object) -> OptionError:
        """The error for ``value``; ``sentence``, marked with ``N_``, may name ``{option}``, ``{value}``, ``words``."""
        shown = literal(value)
        if len(shown) > _SHOWN_LENGTH:
            shown = shown[:_SHOWN_LENGTH] + "…"
        return OptionError(self.name, _(sentence).format(option=self.name, value=shown, **words))
