"""What argparse itself says, in the language in use: its headings and its complaints."""

from __future__ import annotations

import argparse

from wsgui.core.i18n import N_, _, plural

TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)


def translate_argparse() -> None:
    """Have argparse ask our catalogue. It asks gettext, which wants compiled files in folders of its own."""
    vars(argparse).update({"_": _, "ngettext": _expected})


def _expected(_one: str, _many: str, number: int) -> str:
    """The one text that argparse counts in."""
    return plural("expected %s argument", "expected %s arguments", number)
