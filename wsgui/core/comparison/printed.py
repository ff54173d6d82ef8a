"""A comparison as text for a terminal, and as Markdown for an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wsgui.core.comparison.comparison import SIGN, Comparison, Row, Side, Verdict
from wsgui.core.comparison.step import Stage, Step
from wsgui.core.i18n import _
from wsgui.core.visible import one_line

_LONGEST = 200
"""Characters of one text."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_text(comparison: Comparison, *, only_differences: bool = False) -> str:
    """Each row a line with its sign: ``=``, ``≠``, ``◀`` only left, ``▶`` only right; what differs, below it."""
    return "\n".join(_lines(comparison, only_differences=only_differences)) + "\n"


def shown(comparison: Comparison, *, only_differences: bool) -> Sequence[Row]:
    """The rows that are shown."""
    return comparison.differing if only_differences else comparison.rows


def said(step: Step | None) -> str:
    """What came of a step, or that there was none."""
    if step is None:
        return "–"
    if step.times > 1 and step.stage is Stage.ATTEMPT:
        return _("{n:,} × {said}").format(n=step.times, said=step.said)
    return step.said


def remarks(comparison: Comparison) -> list[str]:
    """What a reader must know of how it was made."""
    found = []
    for side in (comparison.left, comparison.right):
        if side.problem:
            found.append(side.problem)
        if side.left_out:
            text = _("{name}: the last {n:,} attempts to connect are not compared.")
            found.append(text.format(name=side.name, n=side.left_out))
    return found


def _lines(comparison: Comparison, *, only_differences: bool) -> Iterator[str]:
    yield _("Left:  {side}").format(side=_about(comparison.left))
    yield _("Right: {side}").format(side=_about(comparison.right))
    yield from (one_line(remark) for remark in remarks(comparison))
    for row in shown(comparison, only_differences=only_differences):
        sign, name = SIGN[row.verdict], one_line(row.step.name, _LONGEST)
        if row.is_heading:
            yield ""
        indent = "" if row.is_heading else "  "
        if row.verdict is Verdict.EQUAL:
            yield f"{sign} {indent}{name}: {_short(row.left)}"
        elif row.verdict is Verdict.DIFFERENT:
            yield f"{sign} {indent}{name}: {_short(row.left)} | {_short(row.right)}"
            for name, left, right in row.differences:
                yield f"      {one_line(name)}: {one_line(left, _LONGEST)} | {one_line(right, _LONGEST)}"
        else:
            yield f"{sign} {indent}{name}: {_short(row.left or row.right)}"
    yield ""
    yield comparison.summary


def as_markdown(comparison: Comparison, *, only_differences: bool = False) -> str:
    """A table of two columns. What is from a server is never taken for markup."""
    left, right = _plain(_about(comparison.left)), _plain(_about(comparison.right))
    lines = [
        f"**{_plain(comparison.summary)}**",
        "",
        *(line for remark in remarks(comparison) for line in (_plain(one_line(remark)), "")),
        f"| | {_('Step')} | {left} | {right} |",
        "|---|---|---|---|",
    ]
    for row in shown(comparison, only_differences=only_differences):
        name = _plain(one_line(row.step.name, _LONGEST))
        name = f"**{name}**" if row.is_heading else name
        cells = [
            "<br>".join([_plain(_short(step)), *(_plain(_short_difference(each, side)) for each in row.differences)])
            for side, step in ((1, row.left), (2, row.right))
        ]
        lines.append(f"| {SIGN[row.verdict]} {_(row.verdict.value)} | {name} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def _short_difference(difference: tuple[str, str, str], side: int) -> str:
    return f"{one_line(difference[0])}: {one_line(difference[side], _LONGEST)}"


def _about(side: Side) -> str:
    parts = (side.name, side.url if side.url != side.name else "", _("{n:,} records").format(n=side.records))
    return " · ".join(one_line(part, _LONGEST) for part in parts if part)


def _short(step: Step | None) -> str:
    return one_line(said(step), _LONGEST)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
