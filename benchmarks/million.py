"""How the window lives with a million records: opening, scrolling, filtering, and the memory it all takes.

The records are written by the process that is measured, into a file, so that nothing but reading is left to it. Memory
is what it has in RAM beyond a process with an empty window of Qt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.memory import MIB
from benchmarks.processes import python, run, surroundings
from benchmarks.report import Spread, promise

RECORDS = 1_000_000
MOST_OPEN_SECONDS = 0.5
MOST_PAGE_MILLISECONDS = 16.0
MOST_MIB = 150.0
MOST_FIRST_SECONDS = 0.2
MOST_COMPLETE_SECONDS = 1.5
TEXTS = ("common", "rare")
"""The filters of which the promise speaks: a text in most of the records, and one in the last."""


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=RECORDS, help="default: %(default)s")
    parser.add_argument("--repeats", type=int, default=3, help="runs (default: %(default)s)")
    arguments = parser.parse_args()
    with surroundings() as environment:
        print(
            f"million: {arguments.records:,} records, {arguments.repeats} runs, "
            f"Qt platform {environment['QT_QPA_PLATFORM']}"
        )
        empty = run(python("empty_memory"), environment)["memory"]
        runs: list[dict[str, Any]] = [
            run(python("million_window", arguments.records), environment) for _ in range(arguments.repeats)
        ]
        cyrillic: list[dict[str, Any]] = [
            run(python("million_window", arguments.records, "cyrillic"), environment) for _ in range(arguments.repeats)
        ]
    kept = [judge(runs, empty), judge_text(cyrillic, "Russian text filter complete, s")]
    return 0 if all(kept) else 1


def judge(runs: Sequence[dict[str, Any]], empty: float) -> bool:
    """Print all figures; whether every promise is kept."""
    opened = Spread.of([one["open"] for one in runs])
    memory = Spread.of([(one["memory"] - empty) / MIB for one in runs])
    first = Spread.of([one["filters"]["common"]["first"] for one in runs])
    return all(
        [
            judge_text(runs, "text filter complete, s"),
            at_most("until the list can be used, s", opened, MOST_OPEN_SECONDS, ".3f"),
            judge_times("a page read and described", [time for one in runs for time in one["fetches"]]),
            judge_times("a random place painted", [time for one in runs for time in one["frames"]]),
            at_most("memory beyond an empty window, MiB", memory, MOST_MIB, ".0f"),
            at_most("first rows of a text filter, s", first, MOST_FIRST_SECONDS, ".3f"),
        ]
    )


def judge_text(runs: Sequence[dict[str, Any]], what: str) -> bool:
    """Print how the filters went; whether those of the promise were quick enough."""
    show_filters(runs)
    complete = Spread.of([one["filters"][name]["complete"] for one in runs for name in TEXTS])
    return at_most(what, complete, MOST_COMPLETE_SECONDS, ".2f")


def show_filters(runs: Sequence[dict[str, Any]]) -> None:
    """Print how each filter went."""
    print(f"  {'filter':<22}{'rows':<12}{'first rows, ms':<24}{'complete, ms':<26}longest gap, ms")
    for name, text in runs[0]["texts"].items():
        ways = [one["filters"][name] for one in runs]
        first, complete, gap = (Spread.of([1000 * way[key] for way in ways]) for key in ("first", "complete", "gap"))
        print(f"  {text:<22}{ways[0]['rows']:<12,}{f'{first:.0f}':<24}{f'{complete:.0f}':<26}{gap:.0f}")


def at_most(what: str, figure: Spread, limit: float, form: str) -> bool:
    """Judge what must not pass the limit in any run."""
    return promise(what, f"{figure:{form}}", kept=figure.most <= limit, limit=f"at most {limit:g}")


def judge_times(what: str, seconds: Sequence[float]) -> bool:
    """Judge what is done at every step of the scroll bar."""
    times = sorted(1000 * each for each in seconds)
    median, late = times[len(times) // 2], times[len(times) * 95 // 100]
    figure = f"median {median:.1f}, 95 % within {late:.1f}, longest {times[-1]:.1f}"
    limit = f"95 % within {MOST_PAGE_MILLISECONDS:g}"
    return promise(f"{what}, ms", figure, kept=late < MOST_PAGE_MILLISECONDS, limit=limit)


if __name__ == "__main__":
    sys.exit(main())
