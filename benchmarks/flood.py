"""A long flood at a given rate: nothing is lost, the window stays quick, memory is bounded, also on a slow disk.

The server keeps to the clock, and the window is open, follows and records. With a disk that cannot keep up the server
has to wait: what has no place in memory stays in its socket.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from benchmarks.memory import MIB
from benchmarks.processes import python, run, server, surroundings
from benchmarks.report import promise

RATE = 40_000
SECONDS = 30.0
PAYLOAD_BYTES = 100
MOST_GAP_MILLISECONDS = 50.0
MOST_MIB = 150.0
MOST_LATE = 0.02
"""Of the flood's length: by so much may the server be late before it counts as held up."""
SLOWNESS = 0.1
"""Seconds that the slow disk takes longer for each chunk of 2,048 records: some 20,000 records in a second."""
SLOW_SECONDS = 10.0
MOST_BACKLOG = 75_000
"""Records in memory that wait for the disk: 50,000, where the window stops reading, and what was read by then."""


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rate", type=int, default=RATE, help="events per second (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long (default: %(default)s)")
    arguments = parser.parse_args()
    with surroundings() as environment:
        print(
            f"flood: {arguments.rate:,} events/s of {PAYLOAD_BYTES} bytes for {arguments.seconds:g} s, then on a slow "
            f"disk for {SLOW_SECONDS:g} s, Qt platform {environment['QT_QPA_PLATFORM']}"
        )
        ordinary = flood(arguments.rate, arguments.seconds, 0.0, environment)
        slow = flood(arguments.rate, SLOW_SECONDS, SLOWNESS, environment)
    kept = [
        judge("", ordinary),
        promise(
            "the server was late, s",
            f"{ordinary['late']:.2f}",
            kept=ordinary["late"] <= MOST_LATE * arguments.seconds,
            limit=f"at most {MOST_LATE:.0%} of the time",
        ),
        judge("on a slow disk: ", slow),
        promise(
            "on a slow disk: the server had to wait, s",
            f"{slow['late']:.1f}",
            kept=slow["late"] > MOST_LATE * SLOW_SECONDS,
            limit="it is held up",
        ),
        promise(
            "on a slow disk: records waiting for it",
            f"{slow['backlog']:,.0f}",
            kept=slow["backlog"] <= MOST_BACKLOG,
            limit=f"at most {MOST_BACKLOG:,}",
        ),
    ]
    return 0 if all(kept) else 1


def flood(rate: int, seconds: float, slowness: float, environment: Mapping[str, str]) -> dict[str, float]:
    """The figures of one flood; ``late`` is by how many seconds longer the server needed than its rate says."""
    events = round(rate * seconds)
    with server("socketio4.js") as url:
        command = python("flooded_window", url, "websocket", events, PAYLOAD_BYTES, rate, slowness)
        figures: dict[str, float] = run(command, environment)
    recorded = events / figures["seconds"]
    print(
        f"  {'a slow disk' if slowness else 'as it is':<14}{events:,} events recorded in {figures['seconds']:.1f} s "
        f"({recorded:,.0f}/s), {figures['cpu'] / events * 1e6:.1f} µs of CPU for each, "
        f"at most {figures['backlog']:,.0f} waiting"
    )
    return figures | {"late": figures["sending"] - seconds}


def judge(where: str, figures: Mapping[str, float]) -> bool:
    """What is promised of every flood."""
    gap, grown = figures["gap"] * 1000, figures["memory"] / MIB
    limit = f"under {MOST_GAP_MILLISECONDS:g}"
    return all(
        [
            promise(
                f"{where}events lost or out of place", f"{figures['lost']:.0f}", kept=not figures["lost"], limit="none"
            ),
            promise(f"{where}longest time without Qt, ms", f"{gap:.0f}", kept=gap < MOST_GAP_MILLISECONDS, limit=limit),
            promise(
                f"{where}memory beyond the start, at its most, MiB",
                f"{grown:.0f}",
                kept=grown <= MOST_MIB,
                limit=f"at most {MOST_MIB:g}",
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
