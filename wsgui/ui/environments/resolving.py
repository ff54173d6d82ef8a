"""Where variables get their values: in the form, before anything is done with it, and in what is sent.

Without an environment what is sent goes as it was typed: double braces are common in messages. With one, a variable
that it does not have is an error, as it is in the form in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from wsgui.core.environments import Connection, Environment, UnresolvedError, resolve_connection
from wsgui.core.protocol import Protocol
from wsgui.core.variables import VariableError, named_in, resolve_all
from wsgui.net.session import EmitOptions, EventSession, MessageSession, NotConnectedError

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab

Current = Callable[[], Environment | None]


class NotResolvedError(NotConnectedError):
    """A variable has no value; nothing was sent. Who sends shows it as it shows that there is no connection."""


def resolve_form(tab: ConnectionTab) -> Connection | None:
    """What the form says, with the values of all variables; ``None`` where one has none: it is said at its field."""
    wanted = {} if tab.address.protocol is Protocol.WEBSOCKET else tab.events.namespaces.wanted
    try:
        return resolve_connection(tab.address.url, tab.options.values(), wanted, tab.environment)
    except UnresolvedError as error:
        _show(tab, error)
        return None


def _show(tab: ConnectionTab, error: UnresolvedError) -> None:
    if not error.place:
        tab.address.show_problem(error.sentence)
        tab.address.url_edit.setFocus()
        return
    tab.address.show_problem(f"{error.place}: {error.sentence}", of_url=False)
    if error.place.startswith("/"):
        tab.events.namespaces.show_problem(error.sentence)
    else:
        tab.options.focus_option(error.place)
        tab.options.blame(error.place, error.sentence)


def secrets_in_use(tab: ConnectionTab) -> dict[str, str]:
    """For the redaction: the secrets of the tab's form as they are on the wire, and those of its environment."""
    from wsgui.core.redact import SHORTEST, secrets_of

    values = tab.options.values()
    try:
        values = resolve_connection("", values, {}, tab.environment).options
    except UnresolvedError:
        return secrets_of(values)  # it has not been sent like that
    marked = {}
    for option, _dot, name in (place.partition(".") for place in tab.marked):
        given = values.get(option)
        if isinstance(given, Mapping) and len(value := str(given.get(name, ""))) >= SHORTEST:
            marked[value] = f"{option}.{name}"
    return (tab.environment.secrets if tab.environment else {}) | marked | secrets_of(values)


def resolving_events(session: EventSession, current: Current) -> EventSession:
    """The session, which resolves what it is given to send."""
    return cast("EventSession", _Events(session, current))


def resolving_messages(session: MessageSession, current: Current) -> MessageSession:
    """The same for plain WebSocket."""
    return cast("MessageSession", _Messages(session, current))


class _Events:
    def __init__(self, session: EventSession, current: Current) -> None:
        self._session = session
        self._current = current

    def send(self, event: str, args: list[object], *, namespace: str, options: EmitOptions) -> int:
        event, args = cast("tuple[str, list[object]]", _resolved([event, args], self._current()))
        return self._session.send(event, args, namespace=namespace, options=options)

    def acknowledge(self, number: int, args: list[object], *, namespace: str) -> int:
        args = cast("list[object]", _resolved(args, self._current()))
        return self._session.acknowledge(number, args, namespace=namespace)

    def join(self, namespace: str, auth: Mapping[str, object] | None) -> None:
        self._session.join(namespace, cast("Mapping[str, object] | None", _resolved(auth, self._current())))

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)


class _Messages:
    def __init__(self, session: MessageSession, current: Current) -> None:
        self._session = session
        self._current = current

    def send_message(self, data: str | bytes) -> int:
        return self._session.send_message(cast("str | bytes", _resolved(data, self._current())))

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)


def _resolved(value: object, environment: Environment | None) -> object:
    if environment is None or not named_in(value):
        return value
    try:
        return resolve_all(value, environment.variables, environment.name)
    except VariableError as error:
        raise NotResolvedError(error.sentence) from error
