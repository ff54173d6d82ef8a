"""One connection: its address, its options, its log, its send pane, and the session that they share."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.core.records import Record
from wsgui.core.tasks import TaskOwner
from wsgui.net.session import Session, Status, Target
from wsgui.net.state import State
from wsgui.ui.address_bar import AddressBar
from wsgui.ui.connection_pages import ConnectionPages
from wsgui.ui.diagnosing import PAGE, Diagnosing
from wsgui.ui.event_names import EventNames
from wsgui.ui.fault_band import FaultBand
from wsgui.ui.named import named
from wsgui.ui.options.form import OptionForm
from wsgui.ui.options.snippet_view import SnippetView
from wsgui.ui.pages import Page
from wsgui.ui.recordings.outcome import tell_outcome
from wsgui.ui.sending import Sending
from wsgui.ui.settings import Settings
from wsgui.ui.status_strip import StatusStrip
from wsgui.ui.tab_recording import TabRecording

if TYPE_CHECKING:
    from wsgui.core.address import Address
    from wsgui.core.environments import Connection, Environment
    from wsgui.core.recording import Recording
    from wsgui.net.session import EventSession, MessageSession
    from wsgui.ui.listeners.listeners import Listeners
    from wsgui.ui.message_pane import MessagePane
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.sequences.runs import Runs

MOST_FAREWELL = 5.0
"""Seconds: the end of a session takes less, see :meth:`wsgui.net.session.Session.close`."""
PANES = ("options", "snippet", "details", "send")
"""The panes of a tab that can be hidden; the log cannot."""

PLACES = ("url", "options", "log", "send")
"""Where the keyboard is most, from the top to the bottom."""


class ConnectionTab(QWidget):
    """A tab of the window."""

    title_changed = Signal(str)
    """What to write on the tab: the host, or that there is none yet."""
    status_changed = Signal(Status)
    demo_wanted = Signal()
    """The person has no server at hand."""
    problem = Signal(str)
    """Something the person should know that has no better place."""

    def __init__(self, settings: Settings, saving: Callable[[], Saving]) -> None:
        """``saving``: what all tabs have in common of the saved messages."""
        super().__init__()
        self._settings = settings
        self._tasks = TaskOwner("tab")
        self._session: Session | None = None
        self._busy = False
        self._shown: dict[str, bool] = {}
        self.status = Status()
        self.environment: Environment | None = None
        """What gives variables their values."""
        self.marked: frozenset[str] = frozenset()
        """Headers and query values that count as secrets though their names do not say so: ``query.room``."""

        self.address = AddressBar(settings.urls)
        self.strip = StatusStrip()
        self.faulty = FaultBand()
        self.options = OptionForm()
        self.snippet = SnippetView(self.options)
        self.diagnosing = Diagnosing(self)
        self.recorded = TabRecording(self)
        self.pages = ConnectionPages(
            lambda: list(tap.pending.values()) if (tap := self.recorded.tap) else [],
            self._clock,
            _("Nothing has happened yet. Enter the URL of a Socket.IO or WebSocket server and press Connect (F5)."),
            settings,
            Page(PAGE, _("Diagnosis"), self.diagnosing.make, comes_back=False),
        )
        self.pages.offer((N_("Connect to the built-in server"), self.demo_wanted.emit))
        self.log = self.pages.log
        self.sending = Sending(saving, lambda: self.runs, lambda: self.listeners)
        self.events = self.sending.events
        self.send = self.events.send
        self.event_names = EventNames(self.send.event_edit, lambda: self.recording)
        self._splitters = self._lay_out()
        for pane in PANES:
            self.show_pane(pane, shown=settings.is_shown(pane))

        self.address.connect_wanted.connect(self.connect_now)
        self.address.stop_wanted.connect(self.stop)
        for wanted in (self.address.diagnose_wanted, self.strip.why_wanted, self.log.why_wanted):
            wanted.connect(self.diagnosing.start)
        self.address.url_edit.textChanged.connect(lambda text: self._url_changed(text))
        self.address.protocol_box.currentIndexChanged.connect(lambda _row: self._show_protocol())
        self.options.changed.connect(lambda: self.address.show_problem(""))
        self.log.answer_wanted.connect(self.events.answer_by_hand)
        self.log.edit_wanted.connect(self.sending.edit)
        self.log.save_wanted.connect(self.sending.save)
        self.log.sequence_wanted.connect(lambda records: saving().keep_rows(records, self.sending.show_sequence))
        self.pages.problem.connect(self.problem)
        # A diagnosis has much to show, and nothing is sent from there.
        self.pages.shown.connect(lambda _page: self.show_pane("send", shown=self._shown["send"]))
        self.pages.remember(settings)
        self._show_protocol()

    @cached_property
    def runs(self) -> Runs:
        """What runs sequences here."""
        from wsgui.ui.sequences.runs import Runs

        return Runs(self)

    @cached_property
    def listeners(self) -> Listeners:
        """Which events the log shows, and how."""
        from wsgui.ui.listeners.listeners import Listeners

        return Listeners(self.log)

    @property
    def messages(self) -> MessagePane:
        """What can be sent over a plain WebSocket."""
        return self.sending.messages

    # What the person does

    def connect_now(self) -> None:
        """Connect with what the form says, or say where it is wrong. Does nothing while a session runs."""
        if self._busy or self.status.state is not State.CLOSED:
            return
        from wsgui.core.address import AddressError, read_address  # the window opens sooner without it
        from wsgui.core.verification import is_unverified

        if (connection := self.resolved()) is None:
            return
        try:
            address = read_address(connection.url, self.address.protocol)
        except AddressError as error:
            self.address.show_problem(str(error))
            self.address.url_edit.setFocus()
            return
        if problems := self.options.problems():
            first = problems[0]
            self.address.show_problem(first.sentence, of_url=False)
            self.options.focus_option(first.option)
            return
        self._busy = True
        self.address.show_problem("")
        self.options.blame("", "")
        self._show(Status(State.CONNECTING))
        self.strip.begin(unverified=is_unverified(connection.options, secure=address.secure))
        self._tasks.start(self._connect(address, connection), "connect")

    def resolved(self) -> Connection | None:
        """What the form says, with the values of all variables; ``None`` where one has none: it is said there."""
        from wsgui.ui.environments.resolving import resolve_form

        return resolve_form(self)

    def stop(self) -> None:
        """Cancel or disconnect, whatever state it is in."""
        if not self._busy:
            return
        self.address.show_state(State.CLOSING)
        self._tasks.start(self._stop(), "stop")

    def connect_to(self, url: str) -> None:
        """Fill in a URL and connect to it."""
        self.address.set_url(url)
        self.connect_now()

    def connect_anew(self, fill: Callable[[], None]) -> None:
        """End what there is, let ``fill`` change the form, and connect with it."""
        self._tasks.start(self._connect_anew(fill), "anew")

    async def _connect_anew(self, fill: Callable[[], None]) -> None:
        await self._stop()
        if await self._tasks.finish("connect", MOST_FAREWELL):
            fill()
            self.connect_now()

    def show_faults(self) -> None:
        """Offer what this client can do wrong on purpose."""
        self.faulty.open()

    def show_pane(self, pane: str, *, shown: bool) -> None:
        panes: dict[str, QWidget] = {
            "options": self.options,
            "snippet": self.snippet,
            "details": self.log.details,
            "send": self.sending,
        }
        self._shown[pane] = shown
        panes[pane].setVisible(shown and not (pane == "send" and self.pages.current == PAGE))
        self._side.setVisible(not (self.options.isHidden() and self.snippet.isHidden()))

    def go_to(self, place: str) -> None:
        """Give the keyboard to one of :data:`PLACES`; it must not be hidden."""
        if place == "send":
            self.sending.take_focus()
            return
        if place == "log":
            self.pages.show_page("log")
        places: dict[str, QWidget] = {"url": self.address.url_edit, "options": self.options, "log": self.log.view}
        places[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        if place == "url":
            self.address.url_edit.selectAll()

    @property
    def recording(self) -> Recording | None:
        """What it has recorded, once there was a connection."""
        return self.recorded.recording

    def records(self) -> list[Record]:
        """All records of this tab so far; for a person's eyes, not for a million of them."""
        return self.recorded.records()

    async def close_session(self) -> None:
        """End the session, a diagnosis and the recording; bounded by the session's own limit."""
        for splitter in self._splitters:
            self._settings.keep_layout(splitter.objectName(), splitter.saveState())
        self.pages.keep_layout()
        await self.diagnosing.close()
        await self.sending.end()
        if "runs" in self.__dict__:
            await self.runs.close()
        if self._session:
            await self._session.close()
        await self._tasks.close()
        self.pages.set_recording(None)
        await self.recorded.close()

    # The session

    async def _connect(self, address: Address, connection: Connection) -> None:
        typed = self.address.url  # as it was typed, variables and all, it is remembered
        try:
            make_session = await self._prepare(connection.url)
            session = self._session = make_session(self._target(address, connection))
            self.faulty.set_arming(session.faults)
            self._settings.remember_url(typed)
            self.address.remember(typed)
            session.open()
            await session.wait()
        finally:
            self._end()

    def _end(self) -> None:
        """There is no session any more."""
        self._session = None
        self.sending.forget_session()
        self.faulty.set_arming(None)
        self._busy = False
        if self.status.state is not State.CLOSED:
            self._show(Status())

    def _target(self, address: Address, connection: Connection) -> Target:
        from wsgui.core.proxy import with_default_proxy

        values = with_default_proxy(connection.options, self._settings.proxy, address.host, address.port)
        if self.address.protocol is Protocol.WEBSOCKET:
            from wsgui.core.options import applying

            return Target(address, applying(values, Protocol.WEBSOCKET), protocol=Protocol.WEBSOCKET)
        more = connection.namespaces
        return Target(
            address,
            values,
            (address.namespace, *more) if more else (),
            self.address.protocol,
            auths={name: auth for name, auth in more.items() if auth is not None},
        )

    async def _prepare(self, url: str) -> Callable[[Target], Session]:
        """Import what a session needs (in a thread: it takes 0.2 s) and open the tab's recording."""
        plain = self.address.protocol is Protocol.WEBSOCKET
        name = "wsgui.net.websocket_session" if plain else "wsgui.net.socketio_session"
        module = await asyncio.to_thread(importlib.import_module, name)
        tap = self.recorded.open(url)
        if self.recording is not None:
            self.recording.tell(url=url, protocol=self.address.protocol.value)

        def make(target: Target) -> Session:
            from wsgui.ui.environments.resolving import resolving_events, resolving_messages

            told = (target, tap, self._show, self.recorded.is_behind)
            if plain:
                messages: MessageSession = module.WebSocketSession(*told)
                self.messages.session = resolving_messages(messages, lambda: self.environment)
                return messages
            events: EventSession = module.SocketioSession(*told)
            self.events.session = resolving_events(events, lambda: self.environment)
            return events

        return make

    async def _stop(self) -> None:
        if self._session:
            await self._session.close()
        elif self._busy:
            await self._tasks.close()  # still importing: there is no session yet
            self._end()  # a task that is cancelled before its first step does not come to its own end

    def show_round_trip(self) -> None:
        """Show how long the session's last question took."""
        if self._session:
            self.strip.show_round_trip(self._session.status.round_trip)

    def _show_protocol(self) -> None:
        """Show what goes with the protocol that is chosen."""
        protocol = self.address.protocol
        self.options.set_protocol(protocol)
        self.sending.show_protocol(protocol)

    def _show(self, status: Status) -> None:
        changed = status.state is not self.status.state
        self.status = status
        self.strip.show_status(status)
        self.strip.show_round_trip(status.round_trip)
        self.address.show_state(status.state)
        self.events.show_status(status)
        if changed:
            self.pages.session_changed()
            self.status_changed.emit(status)
            tell_outcome(self.recording, status)
        if problem := self.recorded.take_problem():
            self.problem.emit(problem)

    def _clock(self) -> Callable[[], float] | None:
        """What tells the time of the recording, while a session runs."""
        heart = self.recorded.heart
        return heart.now if heart and self.status.state is not State.CLOSED else None

    def _url_changed(self, text: str) -> None:
        from wsgui.core.address import AddressError, read_address

        host = ""
        with contextlib.suppress(AddressError):  # half a URL is normal while it is typed
            host = read_address(text).netloc
        self.options.set_url(text.strip())
        self.title_changed.emit(host or _("New connection"))

    # Layout

    def _lay_out(self) -> list[QSplitter]:
        column = QVBoxLayout(self)  # first what is on top: the Tab key goes through widgets as they come in
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.address)
        column.addWidget(self.strip)
        column.addWidget(self.faulty)
        side = self._side = self._splitter("side", Qt.Orientation.Vertical, (self.options, 3), (self.snippet, 1))
        main = self._splitter("main", Qt.Orientation.Vertical, (self.pages, 4), (self.sending, 1))
        whole = self._splitter("whole", Qt.Orientation.Horizontal, (side, 0), (main, 1))
        column.addWidget(whole, 1)
        if self._settings.layout("whole") is None:
            whole.setSizes([360, 900])
            main.setSizes([540, 150])
            side.setSizes([560, 110])
        return [side, main, whole]

    def _splitter(self, name: str, orientation: Qt.Orientation, *panes: tuple[QWidget, int]) -> QSplitter:
        splitter = named(QSplitter(orientation), name)
        splitter.setChildrenCollapsible(False)
        for number, (pane, stretch) in enumerate(panes):
            splitter.addWidget(pane)
            splitter.setStretchFactor(number, stretch)
        state: QByteArray | None = self._settings.layout(name)
        if state is not None:
            splitter.restoreState(state)
        return splitter
