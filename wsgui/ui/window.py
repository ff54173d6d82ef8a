"""The window: a tab per connection, the menus, and the orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabWidget, QToolButton, QWidget

from wsgui import resources
from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.net.session import Status
from wsgui.net.state import State
from wsgui.ui import motion
from wsgui.ui.connection_tab import MOST_FAREWELL, ConnectionTab
from wsgui.ui.icons import Icon, begin_drawing, show_icon
from wsgui.ui.log.pane import LogPane
from wsgui.ui.named import named
from wsgui.ui.parts import Parts
from wsgui.ui.settings import Question, Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from wsgui.core.saved_messages import SavedMessage
    from wsgui.lab.process import Place
    from wsgui.ui.diagnosis.faults_window import FaultsWindow
    from wsgui.ui.recordings.tab import RecordingTab

_MARK = {
    State.CLOSED: "",
    State.CONNECTING: "… ",
    State.CONNECTED: "● ",
    State.WAITING: "… ",
    State.CLOSING: "… ",
}


class Window(QMainWindow, Parts):
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
        self.titles: list[QMenu] = []
        """The menus, which :attr:`menus` fills."""
        self._closing = False
        """Somebody wants to close it, and may be asked about that."""
        self._leaving = False
        self._may_close = False
        self._painted = False
        self.setWindowTitle("wsgui")
        self.resize(1280, 800)
        self.setMinimumSize(900, 560)

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
        self.setCentralWidget(self.tabs)
        for title in (_("&File"), _("&Connection"), _("&View"), _("&Help")):
            self.titles.append(self.menuBar().addMenu(title))
        if geometry := self.settings.layout("window"):
            self.restoreGeometry(geometry)
        self.new_tab()

    def send_saved(self, message: SavedMessage) -> None:
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
        return self._tab_at(self.tabs.currentIndex()) or self.tab

    def _tab_at(self, index: int) -> ConnectionTab | RecordingTab | None:
        # To ask for the class would import what is not needed before a recording is opened.
        return cast("ConnectionTab | RecordingTab | None", self.tabs.widget(index))

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
        tab.address.import_wanted.connect(lambda text: self.importing.show_text(text))
        tab.diagnosing.cause_wanted.connect(lambda cause: self.guide.show_cause(cause))
        if self._painted:
            self._equip(tab)
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

    def floor(self) -> QWidget | None:
        """What notices stand above: where one sends in the tab in front."""
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
        if (tab := self._tab_at(index)) is None:
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
            self._tasks.start(self._ask_and_leave(), "close")

    async def _ask_and_leave(self) -> None:
        may_go = False
        try:
            may_go = "profiles" not in vars(self) or await self.profiles.may_go()
        finally:
            self._closing = False
        if may_go:
            self.leave()

    def leave(self) -> None:
        """Close, whatever is not saved; :meth:`close` asks about that."""
        if not self._leaving:
            self._closing = self._leaving = True
            self.settings.keep_layout("window", self.saveGeometry())
            self.setEnabled(False)
            self._tasks.start(self._end(), "leave")

    async def _end(self) -> None:
        """End every connection side by side, then the built-in server, then the window itself."""
        tabs = [tab for index in range(self.tabs.count()) if (tab := self._tab_at(index)) is not None]
        try:
            await self.close_parts()
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
            QTimer.singleShot(0, self, self._begin_parts)
            QTimer.singleShot(0, self, self._welcome)
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

    def _begin_parts(self) -> None:
        """Make what was not needed to paint the window."""
        self.menus.setObjectName("menus")
        for index in range(self.tabs.count()):
            if isinstance(tab := self.tabs.widget(index), ConnectionTab):
                self._equip(tab)
        self.profiles.named.connect(lambda tab: self._set_title(tab, str(tab.property("host"))))
        self.tabs.currentChanged.connect(lambda _index: self.profiles.front_changed())
        self.tabs.currentChanged.connect(lambda _index: self.toasts.place())
        if not self._closing:
            self.profiles.begin()
            self.environments.begin()
            self.saving.store.load()

    def _equip(self, tab: ConnectionTab) -> None:
        self.profiles.take_tab(tab)
        self.environments.take_tab(tab)

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
