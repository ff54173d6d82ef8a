"""How long it takes from the start of the process to a window that takes input, against an empty window of Qt.

The two take turns, each in a fresh process. A window takes input in the first turn of the event loop after it was
painted. The clock starts before the process does, and stops there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence

from benchmarks.processes import python, run, surroundings
from benchmarks.report import Spread, promise

MOST_RATIO = 2.0
CLIENTS = {"wsgui": python("started_window"), "empty": python("empty_window")}


def main() -> int:
    """Exit status 0 if the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=20, help="starts of each (default: %(default)s)")
    arguments = parser.parse_args()

    times: dict[str, list[float]] = {name: [] for name in CLIENTS}
    with surroundings() as environment:
        print(f"start: {arguments.repeats} starts of each in turn, Qt platform {environment['QT_QPA_PLATFORM']}")
        for command in CLIENTS.values():
            start(command, environment)  # the first of each compiles modules and looks for fonts
        for _ in range(arguments.repeats):
            for name, command in CLIENTS.items():
                times[name].append(start(command, environment))

    spreads = {name: Spread.of([1000 * one for one in values]) for name, values in times.items()}
    print(f"  wsgui                     {spreads['wsgui']:.0f} ms")
    print(f"  an empty QMainWindow      {spreads['empty']:.0f} ms")
    ratio = spreads["wsgui"].median / spreads["empty"].median
    kept = promise(
        "start against an empty window", f"{ratio:.2f}", kept=ratio <= MOST_RATIO, limit=f"at most {MOST_RATIO}"
    )
    return 0 if kept else 1


def start(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds until the window took input."""
    began = time.time()  # the one clock that two processes share on every system
    return float(run(command, environment)["ready"]) - began


if __name__ == "__main__":
    sys.exit(main())
