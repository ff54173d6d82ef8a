"""A Finding is what one check saw: its status, the evidence from the wire, and the cause it points to.

A :class:`Report` is all findings of one run with the conclusion drawn from them; :mod:`wsgui.core.verdict` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValues


class Status(StrEnum):
    """How a check ended."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    """It works, but something is to be said. With a cause it degrades the verdict; without one it is a remark."""
    FAIL = "fail"
    SKIP = "skip"
    """It could not be known, because of what failed before, or there was nothing to check."""


class Stage(StrEnum):
    """The steps of a connection, in the order in which one needs the other. A verdict names the first that fails."""

    URL = "url"
    PROXY = "proxy"
    """The forward proxy, without which not even the name is looked up here."""
    NAME = "name"
    TCP = "tcp"
    TLS = "tls"
    HTTP = "http"
    PATH = "path"
    HANDSHAKE = "handshake"
    VERSION = "version"
    POLLING = "polling"
    AFFINITY = "affinity"
    WEBSOCKET = "websocket"
    """The HTTP exchange that turns into a WebSocket."""
    FRAMES = "frames"
    UPGRADE = "upgrade"
    """The probe that moves a polling session to the WebSocket."""
    NAMESPACE = "namespace"
    HEARTBEAT = "heartbeat"
    LIMITS = "limits"
    BROWSER = "browser"
    """What only a browser would refuse."""
    LIFETIME = "lifetime"

    @property
    def position(self) -> int:
        """Its place in the order, from 0."""
        return _POSITION[self]


_POSITION = {stage: position for position, stage in enumerate(Stage)}


STAGE_LABEL: Mapping[Stage, str] = {
    Stage.URL: N_("the URL"),
    Stage.PROXY: N_("the proxy"),
    Stage.NAME: N_("the name"),
    Stage.TCP: N_("TCP"),
    Stage.TLS: N_("TLS"),
    Stage.HTTP: N_("HTTP"),
    Stage.PATH: N_("the path"),
    Stage.HANDSHAKE: N_("the handshake"),
    Stage.VERSION: N_("the version"),
    Stage.POLLING: N_("polling"),
    Stage.AFFINITY: N_("session affinity"),
    Stage.WEBSOCKET: N_("the WebSocket"),
    Stage.FRAMES: N_("WebSocket frames"),
    Stage.UPGRADE: N_("the upgrade"),
    Stage.NAMESPACE: N_("the namespace"),
    Stage.HEARTBEAT: N_("the heartbeat"),
    Stage.LIMITS: N_("limits"),
    Stage.BROWSER: N_("browsers"),
    Stage.LIFETIME: N_("the lifetime"),
}
"""Stage -> what is looked at there, marked for translation."""


class Part(StrEnum):
    """Which part of a connection a cause takes away. With the wanted transports it gives the :class:`Level`."""

    CONNECTION = "connection"
    """Nothing connects."""
    POLLING = "polling"
    WEBSOCKET = "websocket"
    BROWSER = "browser"
    """Only a browser is kept out."""
    ENDURANCE = "endurance"
    """It connects and does not last, or works at times only."""


class Verdict(StrEnum):
    """The shortest answer. The command line's exit status is 0 for ``ok`` only."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILED = "failed"


class Level(StrEnum):
    """The verdict in its grades, the worst last."""

    HEALTHY = "healthy"
    BROWSER_FAILS = "browser-fails"
    WILL_DROP = "will-drop"
    POLLING_ONLY = "polling-only"
    CANNOT_CONNECT = "cannot-connect"

    @property
    def position(self) -> int:
        """How bad it is, from 0."""
        return list(Level).index(self)

    @property
    def verdict(self) -> Verdict:
        """The verdict that this is a grade of."""
        if self is Level.HEALTHY:
            return Verdict.OK
        return Verdict.FAILED if self is Level.CANNOT_CONNECT else Verdict.DEGRADED


SENTENCE: Mapping[Level, str] = {
    Level.HEALTHY: N_("The connection works."),
    Level.BROWSER_FAILS: N_("It works here, but a browser on that page would be refused."),
    Level.WILL_DROP: N_("It connects, but the connection will not last, or works only at times."),
    Level.POLLING_ONLY: N_("It connects, but stays on HTTP long-polling: the WebSocket does not work."),
    Level.CANNOT_CONNECT: N_("The connection fails."),
}
"""Level -> the verdict in words, marked for translation."""


@dataclass(frozen=True)
class Evidence:
    """A quotation from the wire. Its text is the server's: it is shown as plain text, and never interpreted."""

    label: str
    """What is quoted, for a person: "Answer to GET /socket.io/"."""
    text: str
    seq: int = 0
    """The record of the exchange or frame in the recording; 0 if there is none."""


@dataclass(frozen=True)
class Change:
    """What one click does to the form. Only what is given is changed."""

    options: OptionValues = field(default_factory=dict)
    """By JavaScript name; ``None`` gives an option its default back."""
    url: str = ""
    protocol: Protocol | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to change."""
        return bool(self.options or self.url or self.protocol)


NO_CHANGE = Change()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the check ``id`` found. ``summary`` is one sentence for a person, translated."""

    id: str
    stage: Stage
    status: Status
    summary: str
    cause: str | None = None
    """An id of :data:`wsgui.core.causes.CAUSES`."""
    evidence: tuple[Evidence, ...] = ()
    fix: str = ""
    """What to do, where the check knows better than the table of causes: "Socket.IO answers at /api/socket.io/"."""
    code: str = ""
    """The lines of configuration or code that go with ``fix``."""
    change: Change = NO_CHANGE
    """The same as one click, where the check knows it."""
    breaks: Part | None = None
    """What it takes away, where that is not what the table of causes says."""
    seconds: float = 0.0

    @property
    def is_problem(self) -> bool:
        """Whether it says that something is wrong: a failure, or a warning that names a cause."""
        return self.status is Status.FAIL or (self.status is Status.WARN and self.cause is not None)

    def as_json(self) -> dict[str, object]:
        """For ``check --json`` and reports."""
        return {
            "id": self.id,
            "stage": self.stage.value,
            "status": self.status.value,
            "cause": self.cause,
            "summary": self.summary,
            "evidence": [{"label": evidence.label, "text": evidence.text} for evidence in self.evidence],
            "fix": "\n".join(filter(None, [self.fix, self.code])) or None,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, kw_only=True)
class ServerFacts:
    """What the server says of itself, and what was inferred. ``None``: not known. Times in ms, sizes in bytes."""

    eio: int | None = None
    """The revision of Engine.IO that it speaks: 3 or 4."""
    allow_eio3: bool | None = None
    ping_interval: int | None = None
    ping_timeout: int | None = None
    max_payload: int | None = None
    """``maxHttpBufferSize`` of the server."""
    upgrades: tuple[str, ...] | None = None
    transports: tuple[str, ...] | None = None
    """The transports that a connection was opened with."""
    cookie: str | None = None
    """The names of the cookies it sets, parted by ``, ``; empty for none."""
    cors: str | None = None
    """``Access-Control-Allow-Origin`` as it came; empty if it did not."""
    platform: str | None = None
    """Names of :mod:`wsgui.core.platforms`, the outermost first."""

    def as_json(self) -> dict[str, object]:
        """For ``check --json`` and reports."""
        return {
            "eio": self.eio,
            "allow_eio3": self.allow_eio3,
            "ping_interval": self.ping_interval,
            "ping_timeout": self.ping_timeout,
            "max_payload": self.max_payload,
            "upgrades": None if self.upgrades is None else list(self.upgrades),
            "transports": None if self.transports is None else list(self.transports),
            "cookie": self.cookie,
            "cors": self.cors,
            "platform": self.platform,
        }


@dataclass(frozen=True)
class BrowserView:
    """What a browser would do with a page of the given origin. ``allowed`` is ``None`` where no origin was given."""

    allowed: bool | None = None
    reason: str = ""
    """One sentence, translated."""

    def as_json(self) -> dict[str, object]:
        """For ``check --json`` and reports."""
        return {"allowed": self.allowed, "reason": self.reason}


@dataclass(frozen=True)
class TransportRow:
    """A row of the table that compares polling, WebSocket, and polling with the upgrade."""

    transport: str
    """``polling``, ``websocket`` or ``upgrade``."""
    outcome: Status
    status: int | None = None
    """The HTTP status of its first answer."""
    seconds: float | None = None
    failure: str = ""
    """What failed, in one sentence; empty where nothing did."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One run of all checks, and the conclusion."""

    url: str
    level: Level
    causes: tuple[str, ...]
    """Ids of the root causes, in order of stage. What only follows from them is not among them."""
    findings: tuple[Finding, ...]
    """In the order in which they are shown; ``fix`` is filled in from the table of causes where it was empty."""
    consequences: Mapping[str, str] = field(default_factory=dict)
    """Id of a finding -> id of the finding that explains it."""
    server: ServerFacts = ServerFacts()
    browser: BrowserView = BrowserView()
    transports: tuple[TransportRow, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The level in one of three words."""
        return self.level.verdict

    @property
    def cause(self) -> str | None:
        """The headline: the first root cause in order of stage."""
        return self.causes[0] if self.causes else None

    def as_json(self) -> dict[str, object]:
        """What ``wsgui check --json`` prints."""
        return {
            "url": self.url,
            "verdict": self.verdict.value,
            "level": self.level.value,
            "cause": self.cause,
            "causes": list(self.causes),
            "findings": [finding.as_json() for finding in self.findings],
            "server": self.server.as_json(),
            "browser": self.browser.as_json(),
        }

    def with_facts(self, server: ServerFacts, browser: BrowserView, transports: tuple[TransportRow, ...]) -> Report:
        """The same with what was learned beside the findings."""
        return replace(self, server=server, browser=browser, transports=transports)
