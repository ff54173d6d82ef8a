"""Folds the records of one attempt to connect into its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wsgui.core.comparison.draft import Drafts
from wsgui.core.comparison.exchanges import (
    UPGRADES,
    code_text,
    exchange_said,
    exchange_traits,
    outcome_of,
    phase,
    seconds_of,
    session_said,
    session_traits,
    tcp_traits,
    tls_traits,
    was_cancelled,
)
from wsgui.core.comparison.messages import event_name, message_name
from wsgui.core.comparison.steady import steady
from wsgui.core.comparison.step import OUTCOME, Attempt, Stage, Step, milliseconds
from wsgui.core.describe import describe
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.redact import Redaction
from wsgui.core.wire.facts import engine_version, number, text


class AttemptReader:
    """``first`` is the record with which the attempt begins; then ``take`` each that follows."""

    def __init__(self, first: Record) -> None:
        self._first = self._last = first
        self._drafts = Drafts()
        self._redaction = Redaction()
        self._name = _("Connecting")
        self._opened: float | None = None
        self._connected: float | None = None
        self._failed = ""
        self._asked: dict[str, float] = {}
        """When a namespace was asked for."""

    @property
    def begun(self) -> bool:
        """Whether anything but its announcement has come."""
        return len(self._drafts) > 0 or bool(self._failed)

    def take(self, record: Record) -> None:
        """The next record."""
        self._last = record
        if (do := _READ.get(record.kind)) is not None:
            do(self, record)

    def attempt(self) -> Attempt:
        """What there is up to now."""
        heading = Step(
            Stage.ATTEMPT,
            ("attempt",),
            self._name,
            self._said(),
            self._first.seq,
            {OUTCOME: self._outcome()},
            counted=True,
        )
        return Attempt(heading, self._drafts.steps())

    def _outcome(self) -> str:
        if self._connected is not None:
            return _("connected")
        if self._failed:
            return _("failed")
        return _("nothing came of it") if self._opened is None else _("open, but nothing was joined")

    def _said(self) -> str:
        if self._connected is not None:
            after, lasted = self._connected - self._first.t, self._last.t - self._connected
            words = _("connected after {after}, then {lasted}")
            return words.format(after=milliseconds(after), lasted=milliseconds(lasted))
        return self._failed if self._failed and self._opened is None else self._outcome()

    def _clean(self, value: str) -> str:
        return self._redaction.text(steady(value))

    # What a record says

    def _state(self, record: Record) -> None:
        if record.fact("state") == "connecting" and (attempt := record.fact("attempt")):
            self._name = _("Connecting again, attempt {n}").format(n=attempt)

    def _note(self, record: Record) -> None:
        if not record.fact("peer"):
            said = self._clean(text(record, "text"))
            self._drafts.add(record, Stage.WAY, ("note", said), _("Note"), said)
            return
        traits = tcp_traits(record)
        self._drafts.add(record, Stage.WAY, ("tcp",), _("TCP connection"), ", ".join(traits.values()), traits)
        if traits := tls_traits(record):
            said = ", ".join(list(traits.values())[:2])
            self._drafts.add(record, Stage.WAY, ("tls",), _("TLS"), said, traits)

    def _exchange(self, record: Record) -> None:
        if was_cancelled(record):
            return
        traits, said = exchange_traits(record, self._redaction), exchange_said(record, self._redaction)
        if ("handshake",) not in self._drafts:
            self._phases(record)
            draft = self._drafts.add(record, Stage.HANDSHAKE, ("handshake",), _("Handshake"), said, traits)
        elif record.kind is Kind.WS_OPEN:
            draft = self._drafts.add(record, Stage.UPGRADE, ("upgrade request",), _("Upgrade request"), said, traits)
        elif engine_version(record) is None:
            name = f"{text(record, 'method')} {traits[_('Path')]}"
            draft = self._drafts.add(record, Stage.POLLING, ("exchange", name), name, said, traits)
        else:
            method, outcome = text(record, "method"), outcome_of(record, self._redaction)
            name = _("Sending") if method == "POST" else _("Polling")
            # How many there are depends on what comes together by chance, how long they take on what there is to say.
            self._drafts.add(record, Stage.POLLING, ("poll", method, outcome), name, outcome)
            return
        draft.took(seconds_of(record))

    def _phases(self, record: Record) -> None:
        for name, label in (("dns", _("Name lookup")), ("connect", _("TCP connection")), ("tls", _("TLS"))):
            if (seconds := phase(record, name)) is not None:
                key = ("tcp",) if name == "connect" else (name,)
                (self._drafts.get(key) or self._drafts.add(record, Stage.WAY, key, label)).took(seconds)

    def _transport_open(self, record: Record) -> None:
        self._opened = record.t

    def _engine(self, record: Record) -> None:
        match record.fact("packet"):
            case "open":
                self._session(record)
            case "ping" | "pong" if record.data == "probe":
                by = _("sent") if record.direction is Direction.OUT else _("answered")
                self._drafts.add(record, Stage.UPGRADE, ("probe", record.direction), _("Probe"), by)
            case "ping" | "pong" as packet:
                self._beat(record, packet)
            case "close":
                by = _("by the server") if record.direction is Direction.IN else _("by this client")
                self._drafts.add(record, Stage.END, ("engine close", record.direction), _("Session closed"), by)
            case "message" if record.direction is Direction.OUT and isinstance(record.data, str):
                if record.data.startswith("0"):
                    head = record.data[1:].partition(",")[0].partition("{")[0]
                    self._asked.setdefault(head if head.startswith("/") else "/", record.t)

    def _session(self, record: Record) -> None:
        """What the server announces. Over a WebSocket it never offers an upgrade, so that is a step of its own."""
        traits = session_traits(record.data)
        upgrades = traits.pop(UPGRADES, "")
        self._drafts.add(record, Stage.HANDSHAKE, ("open",), _("Engine.IO session"), session_said(traits), traits)
        if record.fact("transport") == "polling":
            offered = {_("Upgrades"): upgrades}
            self._drafts.add(record, Stage.UPGRADE, ("offer",), _("Upgrades offered"), upgrades or "–", offered)

    def _beat(self, record: Record, packet: str) -> None:
        name = _("Ping") if packet == "ping" else _("Pong")
        by = _("from the server") if record.direction is Direction.IN else _("from this client")
        key = ("heartbeat", packet, record.direction)
        draft = self._drafts.count(key, record) or self._drafts.add(record, Stage.HEARTBEAT, key, name, by)
        if draft.times > 1:  # the average of all intervals
            draft.seconds, draft.timed = draft.last - draft.first, draft.times - 1

    def _upgrade(self, record: Record) -> None:
        failed = record.kind is Kind.UPGRADE_ERROR
        why = self._clean(" · ".join(filter(None, (text(record, "text"), text(record, "description")))))
        outcome = _("failed: {why}").format(why=why) if failed else _("done")
        traits = {OUTCOME: outcome, _("Upgraded to"): text(record, "transport")}
        said = outcome if failed else text(record, "transport")
        self._drafts.add(record, Stage.UPGRADE, ("upgrade",), _("Upgrade"), said, traits)

    def _joined(self, record: Record) -> None:
        if self._connected is None:
            self._connected = record.t
        namespace = record.fact("namespace")
        if namespace is None:
            traits = {
                _("Subprotocol"): text(record, "protocol") or "–",
                _("Compression"): _("agreed") if record.fact("compression") else _("none"),
            }
            said = ", ".join(f"{name.lower()} {value}" for name, value in traits.items())
            self._drafts.add(record, Stage.NAMESPACES, ("open websocket",), _("WebSocket open"), said, traits)
            return
        traits = {OUTCOME: _("joined")}
        name = _("Join {namespace}").format(namespace=namespace)
        draft = self._drafts.add(record, Stage.NAMESPACES, ("namespace", str(namespace)), name, _("joined"), traits)
        asked = self._asked.pop(str(namespace), None)
        draft.took(None if asked is None else record.t - asked)

    def _refused(self, record: Record) -> None:
        why = " · ".join(filter(None, (text(record, "text"), text(record, "description"))))
        if (data := record.fact("data")) is not None:
            why = f"{why} · {describe(record).summary.rpartition(' · ')[2]}" if data else why
        why = self._clean(why)
        if record.direction is not Direction.IN or record.fact("namespace") is None:
            self._failed = self._failed or why
            self._drafts.add(record, Stage.END, ("failed",), _("Connecting failed"), why, {OUTCOME: why})
            return
        name = _("Join {namespace}").format(namespace=text(record, "namespace"))
        outcome = _("refused: {why}").format(why=why)
        key = ("namespace", text(record, "namespace"))
        self._drafts.add(record, Stage.NAMESPACES, key, name, outcome, {OUTCOME: outcome})
        self._failed = self._failed or outcome

    # Messages: the many

    def _event(self, record: Record) -> None:
        namespace, event = event_name(record)
        self._message(record, ("event", record.direction, namespace, event), f"“{event}”", namespace)

    def _ack(self, record: Record) -> None:
        namespace = text(record, "namespace") or "/"
        event = text(record, "event")
        name = _("Acknowledgement of “{event}”").format(event=event)
        key = ("ack", record.direction, namespace, event, "late" if record.fact("late") else "")
        self._message(record, key, name, namespace, late=bool(record.fact("late")))
        if (rtt := number(record.fact("rtt"))) is not None and (draft := self._drafts.get(key)):
            draft.took(rtt)

    def _ws_message(self, record: Record) -> None:
        name = message_name(record)
        self._message(record, ("message", record.direction, name), _("Message {name}").format(name=name), "/")

    def _ws_control(self, record: Record) -> None:
        name = _("WebSocket ping") if record.kind is Kind.WS_PING else _("WebSocket pong")
        by = _("received") if record.direction is Direction.IN else _("sent")
        self._drafts.add(record, Stage.HEARTBEAT, (record.kind, record.direction), name, by)

    def _message(self, record: Record, key: tuple[str, ...], name: str, namespace: str, *, late: bool = False) -> None:
        if self._drafts.count(key, record) is None:
            by = _("received") if record.direction is Direction.IN else _("sent")
            where = "" if namespace == "/" else _("in {namespace}").format(namespace=namespace)
            said = " ".join(filter(None, (by, where, _("too late") if late else "")))
            self._drafts.add(record, Stage.MESSAGES, key, self._redaction.text(name), said, counted=True)

    # The end

    def _close(self, record: Record) -> None:
        server, answer = record.fact("by") == "server", bool(record.fact("answer"))
        by = _("by the server") if server else _("by this client")
        name = _("Close frame answered {by}") if answer else _("Closed {by}")
        traits = {
            _("Close code"): code_text(record),
            _("Reason"): self._clean(text(record, "reason")) or "–",
            _("Allowed"): _("yes") if record.fact("valid") else _("no"),
        }
        said = " · ".join((code_text(record), self._clean(text(record, "reason"))))
        key = ("close", "server" if server else "client", "answer" if answer else "")
        self._drafts.add(record, Stage.END, key, name.format(by=by), said.rstrip(" ·"), traits)

    def _disconnected(self, record: Record) -> None:
        reason = " · ".join(filter(None, (text(record, "reason"), text(record, "details"))))
        namespace = text(record, "namespace") or "/"
        name = _("Disconnected from {namespace}").format(namespace=namespace)
        traits = {_("Reason"): self._clean(reason)}
        self._drafts.add(record, Stage.END, ("disconnect", namespace), name, self._clean(reason), traits)

    def _gave_up(self, record: Record) -> None:
        said = self._clean(describe(record).summary)
        self._drafts.add(record, Stage.END, ("gave up",), _("Gave up"), said, {_("Attempts"): text(record, "n")})

    def _error(self, record: Record) -> None:
        said = self._clean(describe(record).summary)
        self._drafts.add(record, Stage.END, ("error", said), _("Error"), said)


_READ: Mapping[Kind, Callable[[AttemptReader, Record], None]] = MappingProxyType(
    {
        Kind.STATE: AttemptReader._state,
        Kind.NOTE: AttemptReader._note,
        Kind.HTTP: AttemptReader._exchange,
        Kind.WS_OPEN: AttemptReader._exchange,
        Kind.TRANSPORT: AttemptReader._transport_open,
        Kind.ENGINE: AttemptReader._engine,
        Kind.UPGRADE: AttemptReader._upgrade,
        Kind.UPGRADE_ERROR: AttemptReader._upgrade,
        Kind.CONNECT: AttemptReader._joined,
        Kind.CONNECT_ERROR: AttemptReader._refused,
        Kind.EVENT: AttemptReader._event,
        Kind.ACK: AttemptReader._ack,
        Kind.WS_MESSAGE: AttemptReader._ws_message,
        Kind.WS_PING: AttemptReader._ws_control,
        Kind.WS_PONG: AttemptReader._ws_control,
        Kind.WS_CLOSE: AttemptReader._close,
        Kind.DISCONNECT: AttemptReader._disconnected,
        Kind.RECONNECT_FAILED: AttemptReader._gave_up,
        Kind.ERROR: AttemptReader._error,
    }
)
