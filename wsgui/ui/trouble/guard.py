"""The guard: every way in which an unexpected error can come up ends here, and the window goes on.

An exception in a slot or a drawing, in a task or a callback of the loop, in a thread, or while an object is cleared
away; a critical message of Qt. What ends the process (a fault in native code, a fatal message of Qt) leaves its last
words in the mark of the run, see :mod:`wsgui.core.crash_files`, and the next start tells of it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from wsgui.core.last_lines import LastLines

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from wsgui.core.crash_files import BadEnd, RunMark
    from wsgui.core.trouble import Source, Trouble
    from wsgui.ui.trouble.troubles_bar import TroublesBar
    from wsgui.ui.window import Window

log = logging.getLogger("wsgui")
qt_log = logging.getLogger("qt")

_CRITICAL, _FATAL = "QtCriticalMsg", "QtFatalMsg"
_LEVEL = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.INFO,
    "QtWarningMsg": logging.WARNING,
    _CRITICAL: logging.ERROR,
    _FATAL: logging.CRITICAL,
}
_LAST_WORDS = 50
"""Lines of the log that go into the mark when Qt gives up."""


class Guard(QObject):
    """Belongs to the window. :meth:`watch` begins, :meth:`end` gives back what it took over."""

    _came = Signal(object)
    """An error, from whatever thread and in the midst of whatever: it is told in a turn of the loop of its own."""
    _ended_badly = Signal(object, object)
    """What the last run left, and the recording that was open then, if one was."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._lines = LastLines()
        self._mark: RunMark | None = None
        self._starting: threading.Thread | None = None
        self._bar: TroublesBar | None = None
        self._telling = False
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended_badly.connect(self._tell_bad_end, Qt.ConnectionType.QueuedConnection)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over from here on."""
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        logging.getLogger().addHandler(self._lines)
        loop.set_exception_handler(self._from_loop)
        sys.excepthook = self._from_qt
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_cleaning
        self._window.ready.connect(self._watch_more)

    def end(self) -> None:
        """Give back what was taken over; the program ends in order."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        logging.getLogger().removeHandler(self._lines)
        if self._starting is not None:
            from PySide6.QtCore import qInstallMessageHandler

            qInstallMessageHandler(self._messages)
            self._starting.join()
        if self._mark is not None:
            import faulthandler

            faulthandler.disable()
            self._mark.end()

    @property
    def bar(self) -> TroublesBar:
        """The bar at the top of the window; made when something has gone wrong."""
        if self._bar is None:
            from wsgui.ui.trouble.troubles_bar import TroublesBar

            self._bar = TroublesBar(self._window, self._lines)
        return self._bar

    # Where errors come up

    def _from_qt(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.leave()
            return
        log.error("unexpected error", exc_info=(kind, error, trace))
        self._take("WINDOW", error.with_traceback(trace))

    def _from_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error, said = context.get("exception"), str(context.get("message"))
        if isinstance(error, BaseException):
            log.error("%s", said, exc_info=error)
            self._take("TASK", error, said)
        else:
            log.error("%s", said)
            self._take("TASK", said)

    def _from_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is None or issubclass(hook.exc_type, SystemExit):
            return
        name = hook.thread.name if hook.thread else ""
        log.error("unexpected error in the thread %s", name, exc_info=hook.exc_value)
        self._take("THREAD", hook.exc_value, name)

    def _from_cleaning(self, hook: sys.UnraisableHookArgs) -> None:
        said = hook.err_msg or "Exception ignored"
        if hook.exc_value is None:
            return
        log.error("%s", said, exc_info=hook.exc_value)
        self._take("CLEANING", hook.exc_value, said)

    def _from_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        qt_log.log(_LEVEL.get(kind.name, logging.WARNING), "%s", message)
        if kind.name == _FATAL and self._mark is not None:
            # Qt ends the process when this returns. The message is the last of the lines.
            self._mark.say("\n".join(self._lines.lines[-_LAST_WORDS:]))
        elif kind.name == _CRITICAL:
            self._take("QT", message)

    def _take(self, source: str, error: BaseException | str, where: str = "") -> None:
        from wsgui.core.trouble import Source, Trouble, of_exception

        kind: Source = Source[source]
        if isinstance(error, BaseException):
            self._came.emit(of_exception(kind, error, where))
        else:
            self._came.emit(Trouble(kind, error, "", where))

    # What comes of it

    def _tell(self, trouble: Trouble) -> None:
        if self._telling:
            return  # telling has failed before: that error was logged, and must not come back here for ever
        self._telling = True
        self.bar.take(trouble)
        self._telling = False

    def _tell_bad_end(self, end: BadEnd, recording: Path | None) -> None:
        self.bar.tell_bad_end(end, recording)

    def _watch_more(self) -> None:
        """What can wait until the window is there; Qt's types cost their part when they are named."""
        from PySide6.QtCore import qInstallMessageHandler

        self._messages = qInstallMessageHandler(self._from_qt_message)
        self._starting = threading.Thread(target=self._make_mark, name="mark", daemon=True)
        self._starting.start()

    def _make_mark(self) -> None:
        """In a thread: the window is there first. Looks for what the last run left before it leaves its own mark."""
        import faulthandler

        from wsgui.core.crash_files import RunMark, bad_ends, folder

        ends = list(bad_ends(folder()))
        try:
            self._mark = RunMark(folder())
        except OSError as error:
            log.warning("No mark of this run can be kept: %s", error)
        else:
            faulthandler.enable(self._mark.file)
        for end in ends[:1]:
            from wsgui.core import recording
            from wsgui.core.recordings import interrupted_since

            left = interrupted_since(recording.folder(), end.began)
            if end.text or left:
                self._ended_badly.emit(end, left)
