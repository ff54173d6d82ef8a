"""What goes with a bug: what was tried, what happened, what was found, and with what. Secrets are out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wsgui.core.findings import Report
from wsgui.core.i18n import _
from wsgui.core.kinds import ARROWS
from wsgui.core.records import Direction, Severity


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    clock: str
    direction: Direction
    kind: str
    """For people, translated."""
    text: str
    """Its control characters are visible; it is one line."""
    severity: Severity = Severity.PLAIN

    @property
    def line(self) -> str:
        """All of it as text."""
        return f"{self.clock} {ARROWS[self.direction]} {self.kind}: {self.text}"

    def as_json(self) -> dict[str, object]:
        return {"clock": self.clock, "direction": self.direction.value, "kind": self.kind, "text": self.text}


@dataclass(frozen=True, kw_only=True)
class BugReport:
    """Each part may be missing."""

    url: str
    tried: str = ""
    """The connection as a JavaScript program would write it."""
    moments: tuple[Moment, ...] = ()
    left_out: int = 0
    """How many moments in the middle are not among them."""
    diagnosis: Report | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    """The versions of the program and of what it stands on."""
    taken: str = ""
    """The names of what was taken out as secret."""

    @property
    def timeline(self) -> list[str]:
        """The moments as lines, with one that says how many are left out."""
        lines = [moment.line for moment in self.moments]
        if self.left_out:
            half = len(lines) // 2
            lines.insert(half, _("… {n:,} more …").format(n=self.left_out))
        return lines

    def as_json(self) -> dict[str, object]:
        """For programs that read it."""
        return {
            "url": self.url,
            "tried": self.tried or None,
            "timeline": [moment.as_json() for moment in self.moments],
            "left_out": self.left_out,
            "diagnosis": self.diagnosis.as_json() if self.diagnosis else None,
            "about": dict(self.about),
            "taken": self.taken,
        }
