"""``wsgui code``: a connection as a program or a command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from wsgui.cli.profile import Given
from wsgui.core.binary_values import BinaryValueError
from wsgui.core.connection_plan import Plan, Send
from wsgui.core.i18n import _
from wsgui.exports.code_formats import code_formats
from wsgui.net.session import Target


def write(
    given: Given,
    target: Target,
    emits: Sequence[tuple[str, list[object]]],
    messages: Sequence[str],
    name: str,
    output: Path | None,
) -> int:
    """Write it; the exit status is 1 if that is not possible."""
    form = code_formats()[name]
    if target.protocol not in form.protocols:
        sentence = _("wsgui: {title} cannot speak this protocol.")
        sys.stderr.write(sentence.format(title=_(form.title)) + "\n")
        return 1
    steps = [Send(event, args, ack=True) for event, args in emits] + [Send("", [text]) for text in messages]
    try:
        text = form.write(Plan(given.url, target.protocol, target.values, given.namespaces, tuple(steps)))
    except BinaryValueError as error:
        sys.stderr.write(f"wsgui: {error}\n")
        return 1
    if output is None:
        sys.stdout.write(text)
        return 0
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        said = _("wsgui: {path} was not written ({reason}).").format(path=output, reason=error.strerror or error)
        sys.stderr.write(said + "\n")
        return 1
    return 0
