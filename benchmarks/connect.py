"""How long it takes from ``open`` to ``connect``, without a window, against the clients that others use.

All connect to one real socket.io server, one connection after the other. The clients take turns by rounds; each round
of each is a process of its own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.processes import node, python, series, server, surroundings
from benchmarks.report import Spread, promise

CLIENTS = {
    "wsgui": python("connecting_session"),
    "stock": python("connecting_stock"),
    "node": node("connecting_node.js"),
}
LABEL = {"wsgui": "wsgui", "stock": "python-socketio", "node": "Node socket.io-client"}


@dataclass(frozen=True)
class Case:
    """A way to connect, and who must not be much quicker in it."""

    name: str
    transports: Sequence[str]
    """None: what the client does by default."""
    rival: str
    most_ratio: float


CASES = (
    Case("over a WebSocket", ("websocket",), "stock", 1.15),
    Case("by default (polling, then an upgrade)", (), "node", 1.3),
)


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=30, help="connections per process (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each client (default: %(default)s)")
    arguments = parser.parse_args()
    with surroundings() as environment, server() as url:
        kept = [compare(case, url, arguments.times, arguments.rounds, environment) for case in CASES]
    return 0 if all(kept) else 1


def compare(case: Case, url: str, times: int, rounds: int, environment: Mapping[str, str]) -> bool:
    """Have every client connect in one way; whether the promise is kept."""
    print(f"connect: {case.name}, {rounds} rounds of {times} connections of each in turn")
    took: dict[str, list[float]] = {name: [] for name in CLIENTS}
    for _ in range(rounds):
        for name, command in CLIENTS.items():
            took[name] += series([*command, url, str(times), *case.transports], environment)
    spreads = {name: Spread.of([1000 * one for one in seconds]) for name, seconds in took.items()}
    for name, label in LABEL.items():
        print(f"  {label:<26}{spreads[name]:.1f} ms")
    ratio = spreads["wsgui"].median / spreads[case.rival].median
    return promise(
        f"{case.name}, against {LABEL[case.rival]}",
        f"{ratio:.2f}",
        kept=ratio <= case.most_ratio,
        limit=f"at most {case.most_ratio}",
    )


if __name__ == "__main__":
    sys.exit(main())
