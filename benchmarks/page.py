"""The rate of events that the window can live with, against a web page in Chromium that appends a row per event.

Both climb the same ladder of rates, which the server keeps by its clock, until one is too much: something is lost or
late, the connection breaks, or there is a stall. Of the page a stall is the longest time between two frames, of the
window that between two beats of a timer, which is the longer one of the two.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from benchmarks.processes import python, run, server, surroundings
from benchmarks.report import promise
from tests.interop.chromium import missing

RATES = (100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 120_000)
SECONDS = 5
PAYLOAD_BYTES = 100
MOST_STALL_SECONDS = 0.1
MOST_SECONDS = 1.1 * SECONDS
"""Until the last event has its row; whoever needs longer falls behind further and further."""
PATIENCE_SECONDS = 3 * SECONDS
TRIES = 2
"""How often a rate is tried before it is too much: the machine may have had something else to do."""
LEAST_RATIO = 40.0


class Flood(NamedTuple):
    """How one flood went."""

    lost: float
    seconds: float
    stall: float

    @property
    def is_sustained(self) -> bool:
        return not self.lost and self.seconds <= MOST_SECONDS and self.stall < MOST_STALL_SECONDS

    def __str__(self) -> str:
        return f"lost {self.lost:,.0f}, all there after {self.seconds:.1f} s, longest stall {self.stall * 1000:.0f} ms"


Measure = Callable[[str, int, Mapping[str, str]], Flood]


def window(url: str, rate: int, environment: Mapping[str, str]) -> Flood:
    """Our window: what is recorded and has its row counts."""
    figures = run(python("flooded_window", url, "websocket", rate * SECONDS, PAYLOAD_BYTES, rate), environment)
    return Flood(figures["lost"], figures["seconds"], figures["gap"])


def page(followed: str) -> Measure:
    """The page that goes to its end at ``each event`` or ``each frame``."""

    def measure(url: str, rate: int, environment: Mapping[str, str]) -> Flood:
        wanted = (url, rate * SECONDS, PAYLOAD_BYTES, rate, followed, PATIENCE_SECONDS)
        figures = run(python("flooded_page", *wanted), environment)
        assert figures["kept"] or figures["lost"], "a connection that breaks loses what would have come"
        return Flood(figures["lost"], figures["seconds"], figures["frame"])

    return measure


def main() -> int:
    """Exit status 0 if the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--most", type=int, default=RATES[-1], help="the highest rate to try (default: %(default)s)")
    rates = [rate for rate in RATES if rate <= parser.parse_args().most]
    if reason := missing():
        raise SystemExit(reason)
    with surroundings() as environment:
        print(
            f"page: {SECONDS} s of events of {PAYLOAD_BYTES} bytes at each rate, "
            f"Qt platform {environment['QT_QPA_PLATFORM']}, headless Chromium"
        )
        ours = climb("wsgui, window open, recording", window, rates, environment)
        theirs = climb("a page that follows each event", page("each event"), rates, environment)
        careful = climb("a page that follows each frame", page("each frame"), rates, environment)
    print(f"  against the page that follows each frame: {ours / max(careful, rates[0]):.0f} times")
    ratio = ours / max(theirs, rates[0])  # of a page that cannot even bear the lowest rate
    kept = promise(
        "sustained rate against a page", f"{ratio:.0f} times", kept=ratio >= LEAST_RATIO, limit=f"{LEAST_RATIO:g}"
    )
    return 0 if kept else 1


def climb(label: str, measure: Measure, rates: list[int], environment: Mapping[str, str]) -> int:
    """The highest rate before the first that is too much, or 0; how that one went is printed."""
    sustained = 0
    for rate in rates:
        tries: list[str] = []
        while len(tries) < TRIES:
            went = attempt(measure, rate, environment)
            tries.append(str(went))
            if isinstance(went, Flood) and went.is_sustained:
                break
        else:
            print(f"  {label:<34}{f'{sustained:,} events/s':<20}at {rate:,}: {'; '.join(tries)}", flush=True)
            return sustained
        sustained = rate
    print(f"  {label:<34}{f'{sustained:,} events/s':<20}and no more was tried: {tries[-1]}", flush=True)
    return sustained


def attempt(measure: Measure, rate: int, environment: Mapping[str, str]) -> Flood | str:
    """One flood at that rate, or that it ended before its time."""
    with server("socketio4.js") as url:
        try:
            return measure(url, rate, environment)
        except subprocess.SubprocessError as error:
            return f"failed: {error}"


if __name__ == "__main__":
    sys.exit(main())
