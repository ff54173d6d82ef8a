"""THE table: one row per option of the JavaScript client. Form, command line, files, snippets and docs follow it.

A row stands in the file of its group, in the order of the form. Nothing else has to know of a new one.

Option values are a mapping with only what differs from the defaults; :func:`check_values` makes one of anything a
person gave, or says in one sentence why it cannot.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wsgui.core.i18n import _
from wsgui.core.option_types import Fidelity, Option, Protocol
from wsgui.core.option_values import OptionError, OptionValue, OptionValues
from wsgui.core.options import address, advanced, headers, timing, tls, transports

__all__ = [
    "OPTION",
    "OPTIONS",
    "OptionError",
    "OptionValue",
    "OptionValues",
    "applying",
    "caveats",
    "check_values",
    "problems",
    "value_of",
]

_WORKING = (Fidelity.EMULATED, Fidelity.OWN)
"""Their caveats say how it is in JavaScript, not what is missing here."""

OPTIONS: Final[tuple[Option, ...]] = (
    *address.ROWS,
    *transports.ROWS,
    *timing.ROWS,
    *headers.ROWS,
    *tls.ROWS,
    *advanced.ROWS,
)

OPTION: Final[Mapping[str, Option]] = MappingProxyType({option.name: option for option in OPTIONS})


def value_of(values: OptionValues, name: str) -> OptionValue:
    """The value of an option, or its default if ``values`` does not have it."""
    return values.get(name, OPTION[name].default)


def applying(values: OptionValues, protocol: Protocol) -> OptionValues:
    """Those of ``values`` that mean something with ``protocol``."""
    return {name: value for name, value in values.items() if protocol in OPTION[name].protocols}


def check_values(values: OptionValues) -> OptionValues:
    """Only what differs from the defaults, in its normal shape and the table's order.

    Raises :class:`OptionError` for the first value that cannot be, or name that is not known.
    """
    checked, errors = _check(values)
    if errors:
        raise errors[0]
    return checked


def caveats(values: OptionValues) -> list[str]:
    """A sentence for each of ``values`` that this version does not honour exactly."""
    return [
        f"{name}: {_(OPTION[name].caveat)}"
        for name, value in values.items()
        if OPTION[name].fidelity not in _WORKING and OPTION[name].caveat and not _is_honoured(name, value)
    ]


def problems(values: OptionValues) -> list[OptionError]:
    """All that is wrong with ``values``, in their order."""
    return _check(values)[1]


def nearest_option(name: str) -> str | None:
    """The option that ``name`` was probably meant to be, if any is near."""
    by_lower_name = {known.lower(): known for known in OPTION}
    found = difflib.get_close_matches(name.lower(), by_lower_name, n=1)
    return by_lower_name[found[0]] if found else None


def _check(values: OptionValues) -> tuple[dict[str, OptionValue], list[OptionError]]:
    checked: dict[str, OptionValue] = {}
    errors: list[OptionError] = []
    for name, value in values.items():
        if name not in OPTION:
            errors.append(_unknown(name))
            continue
        try:
            checked[name] = OPTION[name].check(value)
        except OptionError as error:
            errors.append(error)
    if all(values.get(name) is not None for name in ("transports", "transportImplementations")):
        sentence = _("transportImplementations and transports cannot be given together: JavaScript refuses that.")
        errors.append(OptionError("transportImplementations", sentence))
    changed = {
        option.name: checked[option.name]
        for option in OPTIONS
        if option.name in checked and not option.is_default(checked[option.name])
    }
    return changed, errors


_PER_TRANSPORT = frozenset(
    {"extraHeaders", "forceBase64", "maxPayload", "origin", "path", "perMessageDeflate", "protocolVersion"}
    | {"protocols", "query", "requestTimeout", "timestampParam", "timestampRequests"}
)  # fmt: skip
"""What ``transportOptions`` can hold."""


def _is_honoured(name: str, value: OptionValue) -> bool:
    """Whether the caveat of an option is about other values of it than this one."""
    match name, value:
        case "ciphers", str():
            return "TLS_" not in value
        case "transports", list():
            return "webtransport" not in value
        case "transportOptions", dict():
            return all(set(each) <= _PER_TRANSPORT for each in value.values() if isinstance(each, Mapping))
    return False


def _unknown(name: str) -> OptionError:
    near = nearest_option(name)
    sentence = _("There is no option {name}; did you mean {near}?") if near else _("There is no option {name}.")
    return OptionError(name, sentence.format(name=name, near=near))
