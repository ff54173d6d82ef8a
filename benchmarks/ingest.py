"""How many events per second the open window takes in, against a stock python-socketio client without one.

A real socket.io server floods one client over a WebSocket with pre-encoded events, so that the client is the limit.
The clients take turns, each in a fresh process; every one proves by the sequence numbers that it lost nothing.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.processes import node, python, run, server, surroundings
from benchmarks.report import Spread, promise

PAYLOAD_BYTES = 100
LEAST_RATIO = 1.0
MOST_GAP_MILLISECONDS = 100.0

CLIENTS = {
    "window": python("flooded_window"),
    "stock": python("flooded_stock"),
    "node": node("flooded_node.js"),
}
LABEL = {
    "window": "wsgui, window open, recording",
    "stock": "python-socketio, no window",
    "node": "Node socket.io-client, no window",
}


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--events", type=int, default=60_000, help="events per run (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each client (default: %(default)s)")
    arguments = parser.parse_args()

    figures: dict[str, list[dict[str, float]]] = {name: [] for name in CLIENTS}
    with surroundings() as environment:
        print(
            f"ingest: {arguments.events:,} events of {PAYLOAD_BYTES} bytes over a WebSocket, {arguments.repeats} runs "
            f"of each in turn, Qt platform {environment['QT_QPA_PLATFORM']}"
        )
        for _ in range(arguments.repeats):
            for name, command in CLIENTS.items():
                with server() as url:
                    wanted = [url, str(arguments.events), str(PAYLOAD_BYTES)]
                    figures[name].append(run([*command, *wanted], environment))

    rates = {name: Spread.of([arguments.events / one["seconds"] for one in runs]) for name, runs in figures.items()}
    cpu = {name: Spread.of([one["cpu"] / arguments.events * 1e6 for one in runs]) for name, runs in figures.items()}
    print(f"  {'':<34}{'events/s':<30}{'CPU per event, µs':<22}ratio")
    for name, label in LABEL.items():
        ratio = rates[name].median / rates["stock"].median
        print(f"  {label:<34}{f'{rates[name]:,.0f}':<30}{f'{cpu[name]:.1f}':<22}{ratio:.2f}")
    gaps = Spread.of([one["gap"] * 1000 for one in figures["window"]])
    lost = [f"{LABEL[name]} ({one['lost']:.0f})" for name, runs in figures.items() for one in runs if one["lost"]]
    ratio = rates["window"].median / rates["stock"].median
    kept = [
        promise("rate against stock", f"{ratio:.2f}", kept=ratio >= LEAST_RATIO, limit=f"at least {LEAST_RATIO}"),
        promise(
            "longest time Qt was not served, ms",
            f"{gaps:.0f}",
            kept=gaps.most < MOST_GAP_MILLISECONDS,
            limit=f"under {MOST_GAP_MILLISECONDS:.0f} in every run",
        ),
        promise(
            "events lost or out of order", ", ".join(lost) or "none", kept=not lost, limit="all recorded, in order"
        ),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
