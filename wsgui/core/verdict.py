"""The rule that turns findings into a verdict: the headline is the first root problem in order of stage.

A problem that another one explains is a consequence: it is shown under that one, and is no cause of its own. Which
cause explains what stands in the table of causes; this module only applies it. What keeps the connection from being
made comes before what only degrades it, and what the client's options do not ask for is no problem at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wsgui.core.causes import CAUSES, SIDE_LABEL, Cause
from wsgui.core.findings import SENTENCE, Finding, Level, Part, Report, Stage, Status
from wsgui.core.i18n import _
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValues
from wsgui.core.options import value_of
from wsgui.core.platforms import Platform, fixes_for


@dataclass(frozen=True)
class Wish:
    """What the client's options want of the transports."""

    transports: tuple[str, ...] = ("polling", "websocket")
    """In order: the first is tried, the others are what it may be upgraded to."""
    upgrades: bool = True
    """Whether polling is to become a WebSocket."""
    falls_back: bool = False
    """Whether the next transport is tried when the first fails to open (``tryAllTransports``)."""

    @property
    def level_without_polling(self) -> Level:
        """What is left where polling does not work."""
        if self.transports[:1] != ("polling",) or (self.falls_back and "websocket" in self.transports):
            return Level.HEALTHY
        return Level.CANNOT_CONNECT

    @property
    def level_without_websocket(self) -> Level:
        """What is left where no WebSocket works."""
        if "websocket" not in self.transports:
            return Level.HEALTHY
        if self.transports[0] == "websocket":
            can_poll = self.falls_back and "polling" in self.transports
            return Level.POLLING_ONLY if can_poll else Level.CANNOT_CONNECT
        return Level.POLLING_ONLY if self.upgrades else Level.HEALTHY


def wish(values: OptionValues, protocol: Protocol) -> Wish:
    """What these option values want; a plain WebSocket wants that and nothing else."""
    if protocol is Protocol.WEBSOCKET:
        return Wish(("websocket",), upgrades=False)
    listed = value_of(values, "transports")
    names = tuple(str(name) for name in listed) if isinstance(listed, list | tuple) else ()
    return Wish(
        tuple(name for name in names if name in {"polling", "websocket"}),
        upgrades=value_of(values, "upgrade") is not False,
        falls_back=value_of(values, "tryAllTransports") is True,
    )


def conclude(url: str, findings: Iterable[Finding], wanted: Wish, platforms: Sequence[Platform] = ()) -> Report:
    """The report on these findings: sorted by stage, with what follows from what, the causes and the level.

    Their ids differ: a check has one finding. It is cheap, so it may be asked again with each finding that comes.
    ``platforms`` are those the server was recognised by, the outermost first: their fixes come before others.
    """
    ordered = sorted(findings, key=lambda finding: finding.stage.position)
    consequences = _consequences(ordered)
    roots = [
        (_level(finding, wanted), finding)
        for finding in ordered
        if finding.is_problem and finding.id not in consequences
    ]
    # Sorting keeps the order of stage among equals.
    roots.sort(key=lambda root: (-root[0].position, root[1].status is Status.WARN))
    return Report(
        url=url,
        level=roots[0][0] if roots else Level.HEALTHY,
        causes=tuple(
            dict.fromkeys(finding.cause for level, finding in roots if finding.cause and level is not Level.HEALTHY)
        ),
        findings=tuple(_with_fix(finding, platforms) for finding in ordered),
        consequences=consequences,
    )


def headline(report: Report) -> str:
    """The verdict, the cause and the fix, for a person; translated. Without a cause, what the first problem is."""
    sentences = [_(SENTENCE[report.level])]
    if report.level is not Level.HEALTHY and not report.cause:
        roots = (each for each in report.findings if each.is_problem and each.id not in report.consequences)
        sentences += [each.summary for each in roots][:1]
    first = next((finding for finding in report.findings if finding.cause and finding.cause == report.cause), None)
    if first and (cause := _row(first)):
        sentences += [_(cause.title), first.fix]
    return " ".join(sentences)


def _consequences(ordered: Sequence[Finding]) -> Mapping[str, str]:
    """Id of a finding -> id of the root that explains it. Of two that explain each other, the earlier is the root."""
    problems = [finding for finding in ordered if finding.is_problem]
    explained: dict[str, str] = {}
    for place, finding in enumerate(problems):
        for other_place, other in enumerate(problems):
            if other is finding or not _explains(other, finding):
                continue
            if place < other_place and _explains(finding, other):
                continue
            if _root(other.id, explained) == finding.id:
                continue  # never in a circle
            explained[finding.id] = other.id
            break
    return {key: _root(key, explained) for key in explained}


def _explains(one: Finding, other: Finding) -> bool:
    """Whether ``other`` is what ``one`` leads to: named in its cause's row, or the same cause, seen once more."""
    cause = _row(one)
    return cause is not None and (
        one.cause == other.cause or other.stage in cause.explains or other.cause in cause.explains
    )


def _root(key: str, explained: Mapping[str, str]) -> str:
    while key in explained:
        key = explained[key]
    return key


_AT_THE_STAGE: Mapping[Stage, Part] = {
    Stage.POLLING: Part.POLLING,
    Stage.AFFINITY: Part.POLLING,
    Stage.WEBSOCKET: Part.WEBSOCKET,
    Stage.FRAMES: Part.WEBSOCKET,
    Stage.UPGRADE: Part.WEBSOCKET,
    Stage.HEARTBEAT: Part.ENDURANCE,
    Stage.LIMITS: Part.ENDURANCE,
    Stage.BROWSER: Part.BROWSER,
    Stage.LIFETIME: Part.ENDURANCE,
}
"""What a failure without a cause takes away; at the other stages it is the whole connection."""


def _level(finding: Finding, wanted: Wish) -> Level:
    """How bad a root problem is by itself. A warning is never worse than degraded: somebody did connect."""
    part = finding.breaks
    if part is None and (cause := _row(finding)):
        part = cause.breaks
    if part is None:
        part = _AT_THE_STAGE.get(finding.stage, Part.CONNECTION)
    level = {
        Part.CONNECTION: Level.CANNOT_CONNECT,
        Part.POLLING: wanted.level_without_polling,
        Part.WEBSOCKET: wanted.level_without_websocket,
        Part.BROWSER: Level.BROWSER_FAILS,
        Part.ENDURANCE: Level.WILL_DROP,
    }[part]
    if finding.status is Status.WARN and level is Level.CANNOT_CONNECT:
        return Level.WILL_DROP
    return level


def _row(finding: Finding) -> Cause | None:
    return CAUSES[finding.cause] if finding.cause else None


def _with_fix(finding: Finding, platforms: Sequence[Platform]) -> Finding:
    """The finding with the fitting fix of its cause, where the check had none of its own."""
    cause = _row(finding)
    if finding.fix or cause is None:
        return finding
    first = fixes_for(cause, platforms)[0]
    fix = f"{_(SIDE_LABEL[first.side])}: {_(first.text)}"
    return replace(finding, fix=fix, code=finding.code or first.code, change=finding.change or first.change)
