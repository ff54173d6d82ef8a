"""How long the built program takes until its window is on the screen, against the source that it was built from.

The two take turns, each in a fresh process, on an Xvfb. What is waited for is X11's own word that a window was mapped,
because nothing can be asked of a built program from within. Linux only, after ``make package``.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.processes import surroundings
from benchmarks.report import Spread, promise

PROGRAM = Path(__file__).resolve().parent.parent / "build" / "packaging" / "program" / "wsgui" / "wsgui"
MOST_RATIO = 1.1
"""As fast; two measurements of one and the same differ by that much."""

_CHANGES_BELOW = 1 << 19
"""SubstructureNotifyMask of X.h; the next is MapNotify."""
_MAPPED = 19


def main() -> int:
    """Exit status 0 if the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=15, help="starts of each (default: %(default)s)")
    parser.add_argument("--program", type=Path, default=PROGRAM, help="the built program (default: of make package)")
    arguments = parser.parse_args()
    commands = {"built": [str(arguments.program)], "source": [sys.executable, "-m", "wsgui"]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    with surroundings() as environment:
        screen = Screen(environment["DISPLAY"])
        for command in commands.values():
            start(command, environment, screen)  # the first of each compiles modules and fills the page cache
        for _ in range(arguments.repeats):
            for name, command in commands.items():
                times[name].append(start(command, environment, screen))
    spreads = {name: Spread.of([1000 * one for one in values]) for name, values in times.items()}
    for name, spread in spreads.items():
        print(f"  {name:<25} {spread:.0f} ms")
    ratio = spreads["built"].median / spreads["source"].median
    kept = promise(
        "start of what was built", f"{ratio:.2f}", kept=ratio <= MOST_RATIO, limit=f"as fast, at most {MOST_RATIO}"
    )
    return 0 if kept else 1


def start(command: Sequence[str], environment: Mapping[str, str], screen: Screen) -> float:
    """Seconds until the window was mapped."""
    screen.forget()
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment)
    try:
        screen.wait_for_window()
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


class Screen:
    """A connection to the X server that is told of every window."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(os.fsencode(name)))
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, root, ctypes.c_long(_CHANGES_BELOW))
        self.forget()

    def forget(self) -> None:
        """What has happened so far does not count."""
        self._x.XSync(self._display, 1)

    def wait_for_window(self) -> None:
        """Until a window is mapped."""
        event = (ctypes.c_long * 24)()  # XEvent is a union of that size, which begins with the type
        while True:
            self._x.XNextEvent(self._display, event)
            if event[0] & 0xFFFFFFFF == _MAPPED:
                return


if __name__ == "__main__":
    sys.exit(main())
