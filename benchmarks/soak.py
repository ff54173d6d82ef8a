"""A long night in an hour: nothing grows, and no recording is lost.

10,000 reconnections, 10 million events in recordings that are rotated, 1,000 tabs opened and closed while language and
theme change, each in a process of its own; then 200 times kill -9 and a full disk. ``--scale 0.01`` does a hundredth.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence

from benchmarks import crashes
from benchmarks.growth import COUNTED, Sample, growth, judged
from benchmarks.memory import MIB
from benchmarks.processes import python, series, server, surroundings
from benchmarks.report import promise

WORK = {"reconnections": 10_000, "events": 10_000_000, "tabs": 1_000}
SAMPLES = 20
MOST_MIB = 16.0
"""Of growth after the warm-up, at every scale: at the full one that is 1.6 bytes for each event."""
MOST_OBJECTS = 2_000
"""Python's own count strays by some hundreds from sample to sample."""
LONGEST_SECONDS = 3 * 3600.0


def main() -> int:
    """Exit status 0 if nothing grows and nothing is lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, default=1.0, help="of the work, 1 is a whole night (default: 1)")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="of each work (default: %(default)s)")
    parser.add_argument("--only", choices=[*WORK, "crashes"], action="append", help="only this; may be repeated")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of the crashes")
    arguments = parser.parse_args()
    chosen = arguments.only or [*WORK, "crashes"]
    kept = []
    with surroundings() as environment:
        for name, times in WORK.items():
            if name in chosen:
                kept.append(hold(name, round(times * arguments.scale), arguments.samples, environment))
    if "crashes" in chosen:
        times = round(crashes.TIMES * arguments.scale)
        print(f"crashes: {times} times, --seed {arguments.seed}")
        kept.append(crashes.judge(crashes.crash(times, arguments.seed)))
    return 0 if all(kept) else 1


def hold(name: str, times: int, samples: int, environment: Mapping[str, str]) -> bool:
    """Do one kind of work so many times, print the figures, and say whether nothing grew."""
    began = time.monotonic()
    found = soak(name, times, samples, environment)
    print(f"{name}: {times:,} in {time.monotonic() - began:,.0f} s")
    print("  " + "".join(f"{field:>13}" for field in Sample._fields))
    for each in found:
        print(f"  {each.done:>13,}{each.memory / MIB:>13,.1f}" + "".join(f"{count:>13,}" for count in each[2:]))
    return judge(name, found)


def soak(name: str, times: int, samples: int, environment: Mapping[str, str]) -> Sequence[Sample]:
    """The samples of a process that does it."""
    with server("socketio4.js") as url:
        rows = series(python("soaked_window", name, url, times, samples), environment, LONGEST_SECONDS)
    return [Sample(*row) for row in rows]


def judge(name: str, found: Sequence[Sample]) -> bool:
    """Print what has grown after the warm-up; whether that is nothing."""
    span = judged(found)[-1].done - judged(found)[0].done
    memory, objects = growth(found, "memory"), growth(found, "objects")
    counted = {field: round(growth(found, field)) for field in COUNTED}
    return all(
        [
            promise(
                f"{name}: memory grown in {span:,}, MiB",
                f"{memory / MIB:.1f} ({memory / span:,.1f} bytes for each)",
                kept=memory <= MOST_MIB * MIB,
                limit=f"at most {MOST_MIB:g}",
            ),
            promise(
                f"{name}: Python objects more",
                f"{objects:,.0f}",
                kept=objects <= MOST_OBJECTS,
                limit=f"at most {MOST_OBJECTS:,}",
            ),
            promise(
                f"{name}: {', '.join(COUNTED)} more",
                ", ".join(map(str, counted.values())),
                kept=all(number <= 0 for number in counted.values()),
                limit="none",
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
