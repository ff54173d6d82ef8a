"""The window: a tab per connection, the menus, and the orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QToolButton, QWidget

from wsgui import resources
from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.net.session import Status
from wsgui.net.state import State
from wsgui.ui import motion
from wsgui.ui.closed_tabs import ClosedTabs
from wsgui.ui.code.code_export import CodeExport
from wsgui.ui.comparison.comparing import Comparing
from wsgui.ui.connection_tab import MOST_FAREWELL, ConnectionTab
from wsgui.ui.environments.environments import Environments
from wsgui.ui.guide.guide import Guide
from wsgui.ui.icons import Icon, begin_drawing, show_icon
from wsgui.ui.imports.importing import Importing
from wsgui.ui.log.pane import LogPane
from wsgui.ui.menus import Menus
from wsgui.ui.named import named
from wsgui.ui.profiles.profiles import Profiles
from wsgui.ui.program import Program
from wsgui.ui.recordings.shelf import Shelf
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.reports.reporting import Reporting
from wsgui.ui.settings import Question, Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from wsgui.core.saved_messages import SavedMessage
    from wsgui.lab.process import Place
    from wsgui.ui.diagnosis.faults_window import FaultsWindow
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.toast import Toasts

_MARK = {
    State.CLOSED: "",
    State.CONNECTING: "… ",
    State.CONNECTED: "● ",
    State.WAITING: "… ",
    State.CLOSING: "… ",
}


class Window(QMainWindow):
    """``closed`` is set when the window is gone and every connection has ended."""

    ready = Signal()
    """It was painted for the first time: what can wait may begin."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = Settings()
        self.closed = asyncio.Event()
        self._tasks = TaskOwner("window")
        self._lab = contextlib.AsyncExitStack()
        self._lab_url = ""
        self.faults: FaultsWindow | None = None
        self._closing = False
        self._may_close = False
        self._painted = False
        self.setWindowTitle("wsgui")
        self.resize(1280, 800)
        self.setMinimumSize(900, 560)

        self.shelf = Shelf(self)
        self.reporting = Reporting(self)
        self.comparing = Comparing(self)
        self.importing = Importing(self)
        self.code_export = CodeExport(self)
        self.program = Program(self)
        self.guide = Guide(self)
        self.closed_tabs = ClosedTabs(self)
        self.profiles = Profiles(self)
        self.environments = Environments(self, self.profiles.library)
        self.profiles.named.connect(lambda tab: self._set_title(tab, str(tab.property("host"))))
        self.setAcceptDrops(True)
        self.tabs = QTabWidget(documentMode=True, tabsClosable=True, movable=True)
        self.tabs.setAccessibleName(_("Connections"))
        plus = named(QToolButton(), "newTabButton", _("New connection"))
        show_icon(plus, Icon.PLUS)
        plus.setAutoRaise(True)
        plus.setToolTip(_("New connection (Ctrl+T)"))
        plus.clicked.connect(self.new_tab)
        self.tabs.setCornerWidget(plus)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabCloseRequested.connect(self._close_tab)
        self.tabs.currentChanged.connect(lambda _index: self._show_title())
        self.tabs.currentChanged.connect(lambda _index: self.profiles.front_changed())
        self.setCentralWidget(self.tabs)
        self.menus = Menus(self)
        if geometry := self.settings.layout("window"):
            self.restoreGeometry(geometry)
        self.new_tab()

    @cached_property
    def saving(self) -> Saving:
        """The saved messages; read when the window is there."""
        from wsgui.ui.saved.saving import Saving

        return Saving(self, self._send_saved, self.show_error)

    def _send_saved(self, message: SavedMessage) -> None:
        """Send it in the tab in front, where its keys were pressed."""
        if problem := self.tab.sending.composer.send_message(message):
            self.show_error(problem)

    @property
    def tab(self) -> ConnectionTab:
        """The connection in front; where a recording is, a new one."""
        tab = self.tabs.currentWidget()
        return tab if isinstance(tab, ConnectionTab) else self.new_tab()

    @property
    def front(self) -> ConnectionTab | RecordingTab:
        """What is in front, a connection or a recording."""
        front = self.tabs.currentWidget()
        return front if isinstance(front, RecordingTab) else self.tab

    @property
    def log(self) -> LogPane:
        """The log of what is in front."""
        return self.front.log

    def new_tab(self) -> ConnectionTab:
        tab = ConnectionTab(self.settings, lambda: self.saving)
        tab.title_changed.connect(lambda title: self._set_title(tab, title))
        tab.status_changed.connect(lambda status: self._mark_tab(tab, status))
        tab.problem.connect(self.show_error)
        tab.demo_wanted.connect(self.start_demo)
        tab.log.cleared.connect(lambda: self._offer_rows(tab.log))
        tab.address.import_wanted.connect(self.importing.show_text)
        tab.diagnosing.cause_wanted.connect(self.guide.show_cause)
        self.profiles.take_tab(tab)
        self.environments.take_tab(tab)
        tab.setProperty("title", _("New connection"))
        self.tabs.setCurrentIndex(self.tabs.addTab(tab, _("New connection")))
        tab.address.url_edit.setFocus()
        return tab

    def add_recording_tab(self, tab: RecordingTab) -> None:
        """Show a recording in a tab of its own."""
        tab.problem.connect(self.show_error)
        tab.log.cleared.connect(lambda: self._offer_rows(tab.log))
        tab.title_changed.connect(lambda _title: self._name_tab(tab))
        tab.log.save_wanted.connect(lambda record: self.saving.keep_row(record))
        tab.log.sequence_wanted.connect(lambda records: self.saving.keep_rows(records))
        self.tabs.setCurrentIndex(self.tabs.addTab(tab, ""))
        self._name_tab(tab)
        tab.log.view.setFocus()

    def _offer_rows(self, log: LogPane) -> None:
        self.toasts.show(_("The log was cleared."), _("Undo"), log.model.show_all)

    def show_error(self, sentence: str) -> None:
        """Say something that must be seen but not answered."""
        self.toasts.show(sentence)

    @cached_property
    def toasts(self) -> Toasts:
        """What is said at the bottom, above what one sends; made with the first, for the window to open sooner."""
        from wsgui.ui.toast import Toasts

        toasts = Toasts(self, self._floor)
        self.tabs.currentChanged.connect(lambda _index: toasts.place())
        return toasts

    def _floor(self) -> QWidget | None:
        front = self.tabs.currentWidget()
        return front.sending if isinstance(front, ConnectionTab) else None

    # The built-in server

    def start_demo(self) -> None:
        """Connect the tab in front to the built-in server."""
        self._tasks.start(self._demo(), "demo")

    async def _demo(self) -> None:
        from wsgui.lab.process import LabDidNotStart, lab_process

        tab = self.tab
        if tab.status.state is not State.CLOSED:
            tab = self.new_tab()
        try:
            if not self._lab_url:
                self._lab_url = await self._lab.enter_async_context(lab_process())
        except LabDidNotStart as error:
            self.show_error(str(error))
            return
        tab.address.protocol_box.setCurrentIndex(0)  # it speaks Socket.IO 3 and 4
        tab.connect_to(self._lab_url)

    def show_faults(self, chosen: str = "") -> None:
        """Show the list of servers that are broken in one way each; ``chosen`` is the id of one to choose in it."""
        if self.faults is None:
            from wsgui.ui.diagnosis.faults_window import FaultsWindow

            self.faults = FaultsWindow(self)
            self.faults.place_chosen.connect(self._fill_in)
        self.faults.show()
        self.faults.raise_()
        if chosen:
            self.faults.activateWindow()
            self.faults.choose(chosen)

    def _fill_in(self, place: Place) -> None:
        tab = self.tab
        if tab.status.state is not State.CLOSED:
            tab = self.new_tab()
        tab.diagnosing.fill_in(place)

    # Tabs

    def _set_title(self, tab: ConnectionTab, title: str) -> None:
        tab.setProperty("host", title)
        tab.setProperty("title", self.profiles.title(tab) or title)
        self._mark_tab(tab, tab.status)

    def _mark_tab(self, tab: ConnectionTab, status: Status) -> None:
        self.tabs.setTabText(
            self.tabs.indexOf(tab), _MARK[status.state] + str(tab.property("title")).replace("&", "&&")
        )
        self._show_title()

    def _name_tab(self, tab: RecordingTab) -> None:
        title = one_line(tab.title, 40)
        tab.setProperty("title", title)
        self.tabs.setTabText(self.tabs.indexOf(tab), "▤ " + title.replace("&", "&&"))
        self._show_title()

    def name_tabs(self) -> None:
        """Name the connections anew, in the language of now."""
        for index in range(self.tabs.count()):
            if isinstance(tab := self.tabs.widget(index), ConnectionTab):
                self._mark_tab(tab, tab.status)
        self._show_title()

    def _show_title(self) -> None:
        front = self.tabs.currentWidget()
        if front is not None:
            self.setWindowTitle(f"{front.property('title')} – wsgui")

    def close_front(self) -> None:
        self._close_tab(self.tabs.currentIndex())

    def _close_tab(self, index: int) -> None:
        tab = self.tabs.widget(index)
        if not isinstance(tab, ConnectionTab | RecordingTab):
            return
        if isinstance(tab, ConnectionTab) and tab.status.state is State.CONNECTED:
            from wsgui.ui.question import ask

            said = _("{title} is connected. Closing the tab ends the connection; what was recorded stays.")
            title = str(tab.property("title"))
            ask(
                self,
                Question.CLOSE_CONNECTED,
                said.format(title=title),
                _("Close the tab"),
                lambda: self._drop_tab(tab),
            )
        else:
            self._drop_tab(tab)

    def _drop_tab(self, tab: ConnectionTab | RecordingTab) -> None:
        index = self.tabs.indexOf(tab)
        if index < 0:
            return  # it was asked twice
        self.closed_tabs.keep(tab)
        self.tabs.removeTab(index)
        tab.hide()
        self._tasks.start(self._end_tab(tab), "close tab")
        if not self.tabs.count():
            self.new_tab()

    async def _end_tab(self, tab: ConnectionTab | RecordingTab) -> None:
        await tab.close_session()
        tab.deleteLater()

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if not self._closing:
            self._closing = True
            self.settings.keep_layout("window", self.saveGeometry())
            self.setEnabled(False)
            self._tasks.start(self._end(), "close")

    async def _end(self) -> None:
        """End every connection side by side, then the built-in server, then the window itself."""
        shown = [self.tabs.widget(index) for index in range(self.tabs.count())]
        tabs = [tab for tab in shown if isinstance(tab, ConnectionTab | RecordingTab)]
        try:
            await self.shelf.close()
            await self.reporting.close()
            await self.comparing.close()
            await self.importing.close()
            await self.program.close()
            await self.environments.close()
            await self.profiles.close()
            if "saving" in self.__dict__:
                await self.saving.close()
            async with asyncio.TaskGroup() as group:
                for tab in tabs:
                    group.create_task(tab.close_session())
            if self.faults is not None:
                await self.faults.end_all()
            await self._lab.aclose()
            await self._tasks.finish("close tab", MOST_FAREWELL)
            await self._tasks.close()
        finally:
            self._may_close = True
            self.close()
            self.closed.set()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._show_icon)
            QTimer.singleShot(0, self, self._welcome)
            QTimer.singleShot(0, self, self.profiles.begin)
            QTimer.singleShot(0, self, self.environments.begin)
            QTimer.singleShot(0, self, lambda: None if self._closing else self.saving.store.load())
            # What a connection needs takes 0.2 s to import; in a thread, and only when the window takes input.
            keep = (self.settings.keep_days, self.settings.keep_mebibytes)
            early = threading.Thread(target=_import_early, args=keep, name="import", daemon=True)
            QTimer.singleShot(0, self, early.start)
            QTimer.singleShot(0, self, self.ready.emit)

    def _show_icon(self) -> None:
        from PySide6.QtGui import QIcon  # Qt's types cost their part when they are named: up to 3 ms each

        self.setWindowIcon(QIcon(str(resources.path("icons", "wsgui.svg"))))
        begin_drawing()
        motion.apply(self.settings)

    def _welcome(self) -> None:
        """Offer three ways to begin, if nothing was ever connected."""
        front = self.tabs.currentWidget()
        if not self.settings.first_run_wanted or not isinstance(front, ConnectionTab) or front.recording is not None:
            return
        from wsgui.ui.first_run import FirstRun  # the window must be there first

        def put_back() -> None:
            front.pages.put_back("log")

        view = FirstRun()
        view.demo_wanted.connect(self.start_demo)
        view.paste_wanted.connect(lambda: self.importing.show().paste_button.click())
        view.file_wanted.connect(lambda: self.importing.show().files_button.click())
        view.dismissed.connect(self.settings.hide_first_run)
        view.dismissed.connect(put_back)
        front.log.model.modelReset.connect(put_back)  # there is a recording to show
        front.pages.stand_in("log", view)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.importing.drag_entered(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.importing.dropped(event)


def _import_early(keep_days: int, keep_mebibytes: int) -> None:
    import wsgui.core.record_details
    import wsgui.core.wire.meaning
    import wsgui.lab.process
    import wsgui.net.socketio_session  # noqa: F401 - for the effect
    from wsgui.core.recording import folder
    from wsgui.core.recordings import tidy

    gc.freeze()  # what was imported stays: to look through it for garbage would hold the window up for 40 ms
    tidy(folder(), keep_days, keep_mebibytes)
    motion.heed_system()
