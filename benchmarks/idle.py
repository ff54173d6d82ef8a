"""How much of a core the open window takes while it is connected and nothing happens, also with its pulse shown."""

from __future__ import annotations

import argparse
import sys

from benchmarks.processes import python, run, server, surroundings
from benchmarks.report import promise

MOST_OF_A_CORE = 0.01
PING_MILLISECONDS = 2500
"""Ten times as often as a socket.io server asks by default."""


def main() -> int:
    """Exit status 0 if the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long to watch (default: %(default)s)")
    arguments = parser.parse_args()
    with surroundings() as environment, server(pingInterval=PING_MILLISECONDS) as url:
        print(
            f"idle: connected for {arguments.seconds:g} s, a heartbeat every {PING_MILLISECONDS / 1000:g} s, "
            f"Qt platform {environment['QT_QPA_PLATFORM']}"
        )
        kept = [
            watch(f"share of a core, {name}", run(python("idle_window", url, arguments.seconds, *panes), environment))
            for name, *panes in (("the log",), ("the pulse", "pulse"))
        ]
    return 0 if all(kept) else 1


def watch(name: str, figures: dict[str, float]) -> bool:
    """Report a share of a core; whether it is as promised."""
    share = figures["cpu"] / figures["seconds"]
    return promise(name, f"{share:.2%}", kept=share < MOST_OF_A_CORE, limit=f"under {MOST_OF_A_CORE:.0%}")


if __name__ == "__main__":
    sys.exit(main())
