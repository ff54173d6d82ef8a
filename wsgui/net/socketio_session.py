"""A Socket.IO session: connection after connection, with the reconnection of ``manager.js``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

from wsgui.core.i18n import _
from wsgui.core.options import OPTION, caveats, value_of
from wsgui.core.records import Kind
from wsgui.core.tasks import TaskOwner
from wsgui.core.verification import warnings
from wsgui.net.arming import Arming
from wsgui.net.dialect import dialect_of, values_for
from wsgui.net.dialler import origin_of
from wsgui.net.engine import GOODBYE_SECONDS, Engine
from wsgui.net.engine_options import EngineOptions
from wsgui.net.failures import UnusableOptionError, in_one_line, opening_facts
from wsgui.net.http import Http
from wsgui.net.namespace import Namespace
from wsgui.net.reconnection import FINAL_REASONS, REFUSED, Backoff
from wsgui.net.session import EmitOptions, NotConnectedError, Status, StatusChanged, Target
from wsgui.net.socketio_client import SocketioClient
from wsgui.net.state import State
from wsgui.net.tap import Tap
from wsgui.net.transport import TransportError

OPEN_FAILURES = (TransportError, UnusableOptionError, TimeoutError)
"""What opening a connection may end in; each is a failed attempt, not an error of this program."""


class SocketioSession:
    """One press of Connect. ``changed`` is told of each new status; ``slow_down`` holds reading back."""

    def __init__(
        self,
        target: Target,
        tap: Tap,
        changed: StatusChanged = lambda status: None,
        slow_down: Callable[[], bool] = lambda: False,
    ) -> None:
        values = values_for(target.protocol, target.values)
        left_out = _("{name} means nothing to this protocol and is left out.")
        foreign = (name for name in target.values if target.protocol not in OPTION[name].protocols)
        notes = tuple(left_out.format(name=name) for name in foreign)
        target = self._target = target._replace(values=values, notes=(*target.notes, *notes))
        self._options = EngineOptions(target.address, values, dialect_of(target.protocol))
        self._tap = tap
        self.faults = Arming(tap)
        self._changed = changed
        self._slow_down = slow_down
        self._tasks = TaskOwner("session")
        auth = value_of(target.values, "auth")
        self._auth = auth if isinstance(auth, Mapping) else None
        self._spaces = {name: self._make_namespace(name, target.auths.get(name, self._auth)) for name in target.joined}
        self._client: SocketioClient | None = None
        self._over = asyncio.Event()
        self._status = Status()
        self._problem = ""
        self._opening_error = ""
        self._ended = 0.0
        """When the last connection did, on the monotonic clock."""

    @property
    def status(self) -> Status:
        """The status, with the round trip as it is now."""
        times = [space.round_trip for space in self._spaces.values() if space.sid and space.round_trip is not None]
        return self._status._replace(round_trip=times[-1] if times else None)

    def open(self) -> None:
        self._tap.connection += 1
        values, address = self._target.values, self._target.address
        for note in (*address.notes, *self._target.notes, *warnings(values, secure=address.secure), *caveats(values)):
            self._tap.note(note)
        self._tasks.start(self._live(), "live")

    def send(
        self, event: str, args: list[object], *, namespace: str = "/", options: EmitOptions = EmitOptions()
    ) -> int:
        if event in self._options.dialect.local_events:
            raise NotConnectedError(_("Not sent: “{event}” is a reserved event name.").format(event=event))
        return self._space(namespace).emit(event, args, options)

    def acknowledge(self, number: int, args: list[object], *, namespace: str = "/") -> int:
        space = self._space(namespace)
        if not space.sid:
            raise NotConnectedError(_("Not answered: {namespace} is not joined.").format(namespace=namespace))
        seq = space.acknowledge(number, args)
        if seq is None:
            raise NotConnectedError(_("Not answered: the server does not wait for this answer (any more)."))
        return seq

    def join(self, namespace: str, auth: Mapping[str, object] | None = None) -> None:
        known = self._spaces.get(namespace)
        if known and known.sid:
            return
        space = self._spaces[namespace] = self._make_namespace(namespace, auth if auth is not None else self._auth)
        if self._client:
            self._client.join(space)

    def leave(self, namespace: str) -> None:
        space = self._space(namespace)
        if self._client:
            self._client.leave(space)
        else:
            space.leave()

    async def close(self) -> None:
        if self._status.state is State.CLOSED:
            await self._tasks.close()
            self._over.set()  # a task that is cancelled before its first step does not come to its end
            return
        if self._status.state is State.CLOSING:
            await self._over.wait()
            return
        self._show(State.CLOSING)
        if self._client and self._client.is_open:
            self._client.leave_all()
            await self._client.engine.close()
            await self._tasks.finish("live", GOODBYE_SECONDS)
        await self._tasks.close()

    async def wait(self) -> None:
        await self._over.wait()

    async def _live(self) -> None:
        backoff = Backoff(self._target.values)
        failed = False
        try:
            while True:
                attempt = backoff.attempts
                reason = await self._connect_once(backoff)
                failed = reason != "io client disconnect"
                if reason in FINAL_REASONS or self._status.state is State.CLOSING:
                    return
                delay = backoff.next()
                if delay is None and backoff.enabled:
                    self._tap.record(Kind.RECONNECT_FAILED, facts={"n": backoff.attempts})
                if attempt and not reason:  # after giving up, as in JavaScript
                    self._tap.record(Kind.RECONNECT_ERROR, facts={"n": attempt, "text": self._opening_error})
                if delay is None:
                    return
                left = max(0.0, delay - (time.monotonic() - self._ended))
                self._show(State.WAITING, attempt=backoff.attempts, delay=left)
                await asyncio.sleep(left)
                self._tap.record(Kind.RECONNECT_ATTEMPT, facts={"n": backoff.attempts, "delay": delay})
        except asyncio.CancelledError:
            failed = False
            raise
        finally:
            for space in self._spaces.values():
                space.forget()
            self._show(State.CLOSED, failed=failed)
            self._over.set()

    async def _connect_once(self, backoff: Backoff) -> str:
        """One connection from its opening to its end. Returns the reason of the end; empty if it never opened."""
        self._show(State.CONNECTING, attempt=backoff.attempts)
        http: Http | None = None
        try:
            try:
                http = Http(self._target.values, self._tap, origin_of(self._target.address), self.faults)
                await self._open(http)
            except OPEN_FAILURES as error:
                self._say_failed(error)
                return ""
            if backoff.attempts:
                self._tap.record(Kind.RECONNECT, facts={"n": backoff.attempts})
            backoff.reset()
            client = self._client
            assert client is not None
            reason, details = await client.ended
            if reason != "io client disconnect":
                self._problem = details if reason == REFUSED else f"{reason}: {details}" if details else reason
            return reason
        finally:
            self._ended = time.monotonic()  # the goodbye is part of the delay: JavaScript does not wait for it
            client, self._client = self._client, None
            try:
                if client:
                    await client.engine.close()
            finally:
                if http:
                    await http.close()

    async def _open(self, http: Http) -> None:
        client = self._client = self._make_client(http)
        limit = self._options.seconds("timeout")
        try:
            async with asyncio.timeout(limit):
                await client.connect(self._target.address.url(), wait=False)
        except TimeoutError as error:
            text = _("The connection was not open within {limit:g} s (option “timeout”).").format(limit=limit)
            raise TransportError("timeout", text) from error

    def _make_client(self, http: Http) -> SocketioClient:
        def make_engine(client: SocketioClient) -> Engine:
            return Engine(
                self._options,
                http,
                self._tap,
                on_open=client.engine_opened,
                on_messages=client.engine_messages,
                on_close=client.engine_closed,
                on_upgrade=self._joined,
                slow_down=self._slow_down,
            )

        return SocketioClient(make_engine, self._options, self._tap, self._spaces, self._joined)

    def _make_namespace(self, name: str, auth: Mapping[str, object] | None) -> Namespace:
        retries = value_of(self._target.values, "retries")
        return Namespace(
            name, self._tap, auth, retries if isinstance(retries, int) else 0, self._options.seconds("ackTimeout")
        )

    def _space(self, name: str) -> Namespace:
        space = self._spaces.get(name)
        if space is None or not space.active:
            raise NotConnectedError(_("{namespace} is not joined. Join it first.").format(namespace=name))
        return space

    @property
    def _joined_names(self) -> tuple[str, ...]:
        return tuple(name for name, space in self._spaces.items() if space.sid)

    def _say_failed(self, error: Exception) -> None:
        self._opening_error = str(error)
        facts = opening_facts(error)
        self._problem = in_one_line(facts)
        for namespace in [name for name, space in self._spaces.items() if space.active]:
            self._tap.record(Kind.CONNECT_ERROR, facts=facts | {"namespace": namespace})

    def _joined(self) -> None:
        """A namespace was joined or dropped, or the transport changed."""
        self._problem = self._client.refusal if self._client else ""
        if self._joined_names and self._status.state in (State.CONNECTING, State.CONNECTED):
            self._show(State.CONNECTED)
        elif self._status.state is State.CONNECTING:
            self._show(State.CONNECTING, attempt=self._status.attempt)

    def _show(self, state: State, *, attempt: int = 0, delay: float | None = None, failed: bool = False) -> None:
        names = self._joined_names if state is State.CONNECTED else ()
        status = Status(
            state,
            self._client.transport_name if self._client and names else "",
            self._spaces[names[0]].sid if names else "",
            namespaces=names,
            attempt=attempt,
            retry_at=None if delay is None else time.monotonic() + delay,
            failed=failed,
            problem=self._problem,
        )
        if state is not self._status.state:
            facts: dict[str, object] = {"state": state.value}
            if state is State.CONNECTING:
                facts |= {"url": self._target.address.url(), "attempt": attempt}
            if delay is not None:
                facts |= {"attempt": attempt, "delay": delay}
            self._tap.record(Kind.STATE, facts=facts)
        self._status = status
        self._changed(self.status)
