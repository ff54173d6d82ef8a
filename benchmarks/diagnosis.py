"""How long a diagnosis takes, and what it asks of a server: as the server counts it."""

from __future__ import annotations

import argparse
import json
import sys
import urllib.request
from collections.abc import Mapping

from benchmarks.processes import python, series, server, surroundings
from benchmarks.report import Spread, promise
from wsgui.checks.probe.limits import Limits

PAGE = "http://localhost:5173"
"""The origin of a page, so that what browsers would refuse is checked too."""

MOST_SECONDS = 1.5
MOST_REQUESTS = 25
MOST_CONNECTIONS = 5
MOST_BEYOND = 1.0
"""Seconds from the end of the connect time-out to the verdict on a host that never answers."""


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="diagnoses per process (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="processes (default: %(default)s)")
    arguments = parser.parse_args()
    with surroundings() as environment:
        kept = [*healthy(arguments.times, arguments.rounds, environment), dead(environment)]
    return 0 if all(kept) else 1


def healthy(times: int, rounds: int, environment: Mapping[str, str]) -> list[bool]:
    """Diagnose a server that is well, and ask it what it saw; which promises are kept."""
    print(f"diagnosis: a healthy server, {rounds} rounds of {times}")
    took: list[float] = []
    with server("counting.js", cors={"origin": PAGE}) as url:
        for _ in range(rounds):
            took += series([*python("diagnosing"), url, str(times)], environment)
        with urllib.request.urlopen(f"{url}/figures") as answer:
            figures: dict[str, int] = json.load(answer)
    seconds, asked = Spread.of(took), figures["requests"] / times / rounds
    print(f"  seconds                   {seconds:.2f}")
    print(f"  requests                  {asked:.1f}, on {figures['connections'] / times / rounds:.1f} connections")
    return [
        promise(
            *("all checks but the slow ones, the longest", f"{seconds.most:.2f} s"),
            kept=seconds.most < MOST_SECONDS,
            limit=f"under {MOST_SECONDS}",
        ),
        promise("requests", f"{asked:.1f}", kept=asked <= MOST_REQUESTS, limit=f"at most {MOST_REQUESTS}"),
        promise(
            *("connections at once", str(figures["most"])),
            kept=figures["most"] <= MOST_CONNECTIONS,
            limit=f"at most {MOST_CONNECTIONS}",
        ),
    ]


def dead(environment: Mapping[str, str]) -> bool:
    """Diagnose a host that never answers; whether the promise is kept."""
    print("diagnosis: a host that never answers")
    seconds = Spread.of(series([*python("diagnosing"), "", "2"], environment))
    beyond = seconds.most - Limits().connect
    return promise(
        *("the verdict, after the connect time-out", f"{beyond:.2f} s"),
        kept=beyond <= MOST_BEYOND,
        limit=f"at most {MOST_BEYOND}",
    )


if __name__ == "__main__":
    sys.exit(main())
