"""Where a tab and its diagnosis meet: what the form says goes in; a fix for the form, and places in the log, come out.

The page is made when Diagnose is pressed for the first time: until then nothing of it is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wsgui.core.i18n import _
from wsgui.core.protocol import Protocol
from wsgui.core.records import Kind
from wsgui.net.state import State

if TYPE_CHECKING:
    from wsgui.core.environments import Connection
    from wsgui.core.findings import Change
    from wsgui.core.option_values import OptionValues
    from wsgui.lab.process import Place
    from wsgui.net.tap import Tap
    from wsgui.ui.aside import Aside
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.diagnosis.pane import DiagnosisPane
    from wsgui.ui.diagnosis.run import Form

PAGE = "diagnosis"


class Diagnosing(QObject):
    """Belongs to one tab."""

    ended = Signal()
    """A diagnosis has ended, with or without a report."""
    cause_wanted = Signal(str)
    """The person wants to read more of the cause with this id."""

    def __init__(self, tab: ConnectionTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self.pane: DiagnosisPane | None = None
        """The page, once it is made."""
        self._origin = ""
        self._aside: Aside | None = None
        self._before: tuple[str, Protocol, OptionValues] | None = None
        """What the form said before a fix was applied."""

    def make(self) -> QWidget:
        """The page."""
        from wsgui.ui.diagnosis.pane import DiagnosisPane

        pane = self.pane = DiagnosisPane(self._form, self._open_tap)
        pane.origin_edit.setText(self._origin)
        pane.apply_wanted.connect(self._apply)
        pane.undo_wanted.connect(self._undo)
        pane.jump_wanted.connect(self._jump)
        pane.told.connect(self._tab.problem)
        pane.cause_wanted.connect(self.cause_wanted)
        pane.run.ended.connect(self._end)
        return pane

    def start(self) -> None:
        """Bring the page to the front, and diagnose."""
        self._tab.pages.show_page(PAGE)
        assert self.pane is not None
        self.pane.findings.setFocus()  # first: what is refused takes the keyboard to where it is wrong
        self.pane.start()

    def show_console(self) -> None:
        """Bring the page to the front, with the box for what a console says."""
        self._tab.pages.show_page(PAGE)
        assert self.pane is not None
        self.pane.console_button.setChecked(True)

    def fill_in(self, place: Place) -> None:
        """Let the form say how to come to a server of the lab."""
        tab = self._tab
        tab.address.set_protocol(place.protocol)
        tab.address.set_url(place.url)
        tab.options.replace_values(place.options)
        self._origin = place.origin
        if self.pane is not None:
            self.pane.origin_edit.setText(place.origin)
        tab.address.diagnose_button.setFocus()

    async def close(self) -> None:
        """End what runs, and wait for it."""
        if self.pane is not None:
            await self.pane.close_run()

    # What the page asks for

    def _form(self, origin: str, slow: bool) -> Form | None:
        from dataclasses import replace  # the window opens sooner without it

        from wsgui.core.address import AddressError, read_address
        from wsgui.core.options import applying
        from wsgui.ui.diagnosis.run import Form
        from wsgui.ui.environments.resolving import secrets_in_use

        tab = self._tab
        if not tab.address.url:
            tab.address.show_problem(_("Enter the server's URL, for example http://localhost:3000."))
            tab.address.url_edit.setFocus()
            return None
        if problems := tab.options.problems():
            tab.address.show_problem(problems[0].sentence, of_url=False)
            tab.options.focus_option(problems[0].option)
            return None
        if (connection := tab.resolved()) is None:
            return None
        tab.address.show_problem("")
        protocol, values = tab.address.protocol, self._values(connection)
        form = Form(
            url=connection.url, protocol=protocol, values=values, origin=origin, slow=slow, secrets=secrets_in_use(tab)
        )
        if protocol is Protocol.WEBSOCKET:
            return replace(form, values=applying(values, protocol))
        more = tuple(connection.namespaces)
        try:
            own = read_address(connection.url, protocol).namespace
        except AddressError:
            own = "/"  # the first finding says what is wrong with the URL
        return replace(form, namespaces=(own, *more) if more else ())

    def _values(self, connection: Connection) -> OptionValues:
        """The options with the proxy of the settings, as a session has them."""
        from wsgui.core.address import AddressError, read_address
        from wsgui.core.proxy import with_default_proxy
        from wsgui.ui.settings import Settings

        try:
            address = read_address(connection.url, self._tab.address.protocol)
        except AddressError:
            return connection.options  # the first finding says what is wrong with the URL
        return with_default_proxy(connection.options, Settings().proxy, address.host, address.port)

    def _open_tap(self) -> Tap:
        tab = self._tab
        tap = tab.recorded.open(tab.address.url)
        if tab.status.state is State.CLOSED:
            tap.connection += 1
        aside = self._aside = tab.recorded.aside
        assert aside is not None
        _tell(aside, "begins", _("Diagnosis: what follows is asked by the checks, until its end is told."))
        return aside

    def _end(self) -> None:
        if self._aside is not None:
            _tell(self._aside, "ends", _("Diagnosis: end."))
            self._aside = None
        self.ended.emit()

    def _jump(self, seq: int) -> None:
        if self._tab.recording is not None:
            self._tab.recording.flush()  # it may have happened a moment ago
        self._tab.pages.show_in_wire(seq)

    # The fix

    def _apply(self, change: Change) -> None:
        tab = self._tab
        before = (tab.address.url, tab.address.protocol, tab.options.values())
        values = {**tab.options.values(), **change.options}
        after = (change.url or before[0], change.protocol or before[1], _given(values))
        self._before = before
        self._fill_and_connect(after)
        tab.problem.emit(_("The fix is in the form. “Run again” shows whether it helped."))

    def _undo(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            self._fill_and_connect(before)

    def _fill_and_connect(self, wanted: tuple[str, Protocol, OptionValues]) -> None:
        from wsgui.core.option_values import OptionError

        tab = self._tab
        assert self.pane is not None
        self.pane.fixes.offer_undo(possible=self._before is not None)

        def fill() -> None:
            url, protocol, values = wanted
            tab.address.set_protocol(protocol)
            tab.address.set_url(url)
            try:
                tab.options.replace_values(values)
            except OptionError as error:
                tab.problem.emit(error.sentence)

        tab.connect_anew(fill)


def _given(values: OptionValues) -> OptionValues:
    """Without those that are to have their default back."""
    return {name: value for name, value in values.items() if value is not None}


def _tell(aside: Aside, what: str, text: str) -> None:
    """Say in the recording where what belongs to no session begins or ends."""
    aside.record(Kind.NOTE, facts={"text": text, "diagnosis": what})
