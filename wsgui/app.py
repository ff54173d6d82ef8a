"""The composition root: Qt's application, the event loop, the window, and how they end. The only user of qasync.

One thread, one loop. qasync gives asyncio the loop of Qt; :class:`ReadyLoop` gives it back asyncio's speed.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import Context
from typing import TYPE_CHECKING

os.environ.setdefault("QT_API", "pyside6")  # qasync takes any Qt it finds; this program is written for one

import qasync
from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer, QTimerEvent, QUrl, Signal
from PySide6.QtWidgets import QApplication

from wsgui import __version__, language
from wsgui.core.i18n import _

if TYPE_CHECKING:
    from wsgui.ui.window import Window

SLICE_SECONDS = 0.004
"""How long asyncio's callbacks run before Qt has its turn: a quarter of a frame at 60 Hz."""
SWITCH_SECONDS = 0.001
"""How long a busy thread may keep another waiting. With Python's 5 ms the recording's thread and this one held each
other up in a flood: 120,000 events a second instead of 136,000, and twice the longest pause of the window."""


class ReadyLoop(qasync.QEventLoop):  # type: ignore[misc] # qasync has no type information
    """qasync's loop with asyncio's own two queues: what is ready, and what is due later.

    Stock qasync starts a Qt timer per callback (160 µs for each small Socket.IO event) and leaves the timer of a
    cancelled ``call_later`` alive until it would have fired. Here one zero timer drains the ready callbacks in
    slices of a few milliseconds, and one timer stands for the earliest of those that are due later.
    """

    def __init__(self, application: QApplication) -> None:
        self._due: list[asyncio.TimerHandle] = []
        self._waiting: deque[asyncio.Handle] = deque()
        self._turn = _Turn(self._run_ready)
        self._alarm = QTimer(timerType=Qt.TimerType.PreciseTimer, singleShot=True)
        self._alarm.timeout.connect(self._ring)
        super().__init__(application)

    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._waiting.append(handle)
        self._turn.start()
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        if self.is_closed():
            raise RuntimeError("Event loop is closed")
        handle = asyncio.Handle(callback, args, self, context)
        self._waiting.append(handle)
        self._turn.wanted.emit()
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        # BaseEventLoop counts the cancelled handles that are scheduled; nobody here asks for the count.
        heapq.heappush(self._due, handle)
        if self._due[0] is handle:
            self._set_alarm()
        return handle

    def close(self) -> None:
        self._alarm.stop()
        self._turn.stop()
        self._waiting.clear()
        self._due.clear()
        super().close()

    def _add_reader(self, fd: int, callback: Callable[..., object], *args: object) -> None:
        """Call back whenever the descriptor can be read.

        Within Qt's own call, and with what that makes ready: qasync switches the notifier off, waits for a turn of Qt's
        loop, and switches it on again, which takes as long as reading an answer does.
        """
        self._check_closed()
        self._remove_reader(fd)
        notifier = QSocketNotifier(fd, QSocketNotifier.Type.Read)
        handle = asyncio.Handle(callback, args, self)

        def ready() -> None:
            if self._read_notifiers.get(fd) is notifier:
                self._waiting.append(handle)
                self._turn.take()

        notifier.activated["int"].connect(ready)  # type: ignore[index] # qasync disconnects this very overload
        self._read_notifiers[fd] = notifier

    def _run_ready(self) -> bool:
        """Run what is ready, for one slice; whether something is left."""
        waiting = self._waiting
        ends = time.perf_counter() + SLICE_SECONDS
        while waiting:
            handle = waiting.popleft()
            if not handle.cancelled():
                handle._run()
            if time.perf_counter() > ends:
                break
        return bool(waiting)

    def _ring(self) -> None:
        now = self.time()
        while self._due and (self._due[0].cancelled() or self._due[0].when() <= now):
            handle = heapq.heappop(self._due)
            if not handle.cancelled():
                self._waiting.append(handle)
                self._turn.start()
        self._set_alarm()

    def _set_alarm(self) -> None:
        while self._due and self._due[0].cancelled():
            heapq.heappop(self._due)
        if self._due:
            milliseconds = (self._due[0].when() - self.time()) * 1000
            self._alarm.start(min(max(0, int(milliseconds) + 1), 1 << 30))


class _Turn(QObject):
    """A zero timer that runs ``work`` once per turn of Qt's loop, as long as it says that more is left."""

    wanted = Signal()

    def __init__(self, work: Callable[[], bool]) -> None:
        super().__init__()
        self._work = work
        self._timer = 0
        self.wanted.connect(self.start, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        if not self._timer:
            self._timer = self.startTimer(0)

    def stop(self) -> None:
        if self._timer > 0:
            self.killTimer(self._timer)
            self._timer = 0

    def take(self) -> None:
        """Take a turn now, and another one if that leaves something."""
        if self._timer:
            self._work()
            return
        self._timer = -1  # what is made ready now need not start it
        left = True
        try:
            left = self._work()
        finally:
            self._timer = 0
            if left:
                self.start()

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802 - Qt's name
        if not self._work():
            self.stop()


class Application(QApplication):
    """Qt's, which on macOS is told of links and files that somebody clicks on, also while the program runs."""

    opened = Signal(str)
    """A link, or the URL of a file."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen:
            from PySide6.QtGui import QFileOpenEvent  # the window opens sooner without it

            assert isinstance(event, QFileOpenEvent)
            self.opened.emit(event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded))
            return True
        return super().event(event)


def _spare_sources() -> None:
    """Keep PySide6 from reading the source of each module that is imported from now on: 25 ms, a tenth of the start.

    It looks for modules that may ask for ``snake_case`` names of Qt; none here does. To go when PySide6 no longer
    reads sources (``_mod_uses_pyside`` in its ``support/feature.py``; seen in 6.11).
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda module: False)  # noqa: B010 - a module has no such attribute to mypy


def create(argv: Sequence[str], asked: str = "") -> tuple[QApplication, ReadyLoop, Window]:
    """Build the application, the loop and the window, without showing or running anything.

    The window speaks the language that was ``asked`` for, else the one that was chosen in it, else that of the system.
    """
    _spare_sources()
    from wsgui.ui import theme
    from wsgui.ui.settings import Settings
    from wsgui.ui.window import Window

    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = Application([sys.argv[0], *theme.ARGUMENTS, *argv])
    application.setApplicationName("wsgui")
    application.setApplicationDisplayName("wsgui")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("wsgui")
    application.setQuitOnLastWindowClosed(False)  # the window decides when its connections have ended
    sys.setswitchinterval(SWITCH_SECONDS)
    loop = ReadyLoop(application)
    settings = Settings()
    if language.speak(asked or settings.language or language.of_system()) != language.ENGLISH:
        from wsgui.ui.language import translate_qt

        translate_qt(application)
    window = Window()
    if isinstance(application, Application):
        application.opened.connect(lambda opened: window.importing.open(opened))
    # After the window: a style sheet that is there before it is worked out anew for each parent a widget is given.
    theme.apply(application, settings.theme)
    return application, loop, window


def main(argv: Sequence[str], *, demo: bool = False, asked: str = "", opened: str = "") -> int:
    """Open the window and run until it is closed. Collecting garbage begins, again, when the window is made.

    ``opened`` is a link or a file that somebody clicked on; the window asks before it uses it.
    """
    from wsgui.ui.trouble.guard import Guard

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if not has_screen():
        if not demo:
            sys.stderr.write(
                _(
                    "wsgui: there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set). "
                    "Try wsgui connect URL, or wsgui --demo for a demonstration without a window."
                )
                + "\n"
            )
            return 1
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    without_screen = demo and os.environ.get("QT_QPA_PLATFORM") == "offscreen"
    _application, loop, window = create(argv, asked)
    gc.enable()
    guard = Guard(window)
    guard.watch(loop)
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            if without_screen:
                from wsgui.ui.demo import run_without_screen

                return runner.run(run_without_screen(window))
            return runner.run(_run(window, demo=demo, opened=opened))
    finally:
        guard.end()


def has_screen() -> bool:
    """Whether a window can be shown: only X11 and Wayland systems can lack a screen."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    unix = sys.platform not in ("win32", "darwin")
    return not unix or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _run(window: Window, *, demo: bool, opened: str = "") -> int:
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        # Without a callback in Python now and then, Windows does not deliver Ctrl-C.
        signal.signal(signal.SIGINT, lambda *_: window.leave())
        ticker = QTimer(window)
        ticker.timeout.connect(lambda: None)
        ticker.start(200)
    else:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, window.leave)
    window.show()
    if demo:
        window.start_demo()
    if opened:
        window.importing.open(opened)
    await window.closed.wait()
    return 0
