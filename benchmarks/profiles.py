"""How the window lives with a thousand profiles: opening the tree, and searching while somebody types.

Side by side with the same window that has one profile: what is left is what the thousand cost.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from benchmarks.processes import python, run, surroundings
from benchmarks.report import Spread, promise

PROFILES = 1000
MOST_OPEN_SECONDS = 0.2
MOST_KEY_MILLISECONDS = 50.0
MOST_GAP_SECONDS = 0.1


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--profiles", type=int, default=PROFILES, help="default: %(default)s")
    parser.add_argument("--repeats", type=int, default=5, help="runs (default: %(default)s)")
    arguments = parser.parse_args()
    many: list[dict[str, Any]] = []
    one: list[dict[str, Any]] = []
    for _ in range(arguments.repeats):  # in turn; each with a home of its own, for its own profiles
        for count, runs in ((arguments.profiles, many), (1, one)):
            with surroundings() as environment:
                run(python("profiles_window", 0), environment)  # writes the bytecode
                runs.append(run(python("profiles_window", count), environment))
    print(f"profiles: {arguments.profiles:,}, {arguments.repeats} runs, Qt platform {environment['QT_QPA_PLATFORM']}")
    return 0 if judge(many, one) else 1


def judge(many: list[dict[str, Any]], one: list[dict[str, Any]]) -> bool:
    """Print all figures; whether every promise is kept."""
    opened, alone = (Spread.of([each["open"] for each in runs]) for runs in (many, one))
    keys, single = (sorted(1000 * key for each in runs for key in each["keys"]) for runs in (many, one))
    gap = Spread.of([each["gap"] for each in many])
    late = keys[len(keys) * 95 // 100]
    print(f"  with one profile: tree {alone:.3f} s, key median {single[len(single) // 2]:.1f} ms")
    print(
        f"  ratio: tree {opened.median / alone.median:.1f}, key {keys[len(keys) // 2] / single[len(single) // 2]:.1f}"
    )
    figure = f"median {keys[len(keys) // 2]:.1f}, 95 % within {late:.1f}, longest {keys[-1]:.1f}"
    return all(
        [
            promise(
                "until the tree is painted, s",
                f"{opened:.3f}",
                kept=opened.median <= MOST_OPEN_SECONDS,
                limit=f"at most {MOST_OPEN_SECONDS:g}",
            ),
            promise(
                "a key of the search painted, ms",
                figure,
                kept=late <= MOST_KEY_MILLISECONDS,
                limit=f"95 % within {MOST_KEY_MILLISECONDS:g}",
            ),
            promise(
                "longest gap while the tree opens, s",
                f"{gap:.3f}",
                kept=gap.median <= MOST_GAP_SECONDS,
                limit=f"at most {MOST_GAP_SECONDS:g}",
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
