"""How many events per second the open window takes in, against clients that have none.

A server floods one client with pre-encoded events, so that the client is the limit: over a WebSocket a real
socket.io server, over polling one that has 16 events in each answer. The clients take turns, each in a fresh process;
every one proves by the sequence numbers that it lost nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.processes import HERE, node, python, run, server, surroundings
from benchmarks.report import Spread, promise

PAYLOAD_BYTES = 100
EVENTS = {"websocket": 150_000, "polling": 50_000}
"""Enough for a second or more, beside which the last refresh of the log, up to 0.2 s after the last event, is small."""
MOST_GAP_MILLISECONDS = 50.0

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
SERVER: Mapping[str, str | Path] = {"websocket": "socketio4.js", "polling": HERE / "polling_flood.js"}
LEAST_RATIOS = {"websocket": {"stock": 2.5, "node": 0.8}, "polling": {"stock": 1.5}}
"""What the window must reach of the rates of others, by transport."""


def main() -> int:
    """Exit status 0 if the promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--transport", choices=LEAST_RATIOS, help="only this one (default: both)")
    parser.add_argument("--events", type=int, help="events per run (default: 150,000, or 50,000 over polling)")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each client (default: %(default)s)")
    arguments = parser.parse_args()
    transports = [arguments.transport] if arguments.transport else list(LEAST_RATIOS)
    with surroundings() as environment:
        kept = [
            flood(transport, arguments.events or EVENTS[transport], arguments.repeats, environment)
            for transport in transports
        ]
    return 0 if all(kept) else 1


def flood(transport: str, events: int, repeats: int, environment: Mapping[str, str]) -> bool:
    """Flood every client over one transport; whether the promises are kept."""
    print(
        f"ingest: {events:,} events of {PAYLOAD_BYTES} bytes over {transport}, {repeats} runs of each in turn, "
        f"Qt platform {environment['QT_QPA_PLATFORM']}"
    )
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in CLIENTS}
    for _ in range(repeats):
        for name, command in CLIENTS.items():
            with server(SERVER[transport]) as url:
                wanted = [url, transport, str(events), str(PAYLOAD_BYTES)]
                figures[name].append(run([*command, *wanted], environment))

    rates = {name: Spread.of([events / one["seconds"] for one in runs]) for name, runs in figures.items()}
    cpu = {name: Spread.of([one["cpu"] / events * 1e6 for one in runs]) for name, runs in figures.items()}
    print(f"  {'':<34}{'events/s':<30}{'CPU per event, µs':<22}ratio to stock")
    for name, label in LABEL.items():
        ratio = rates[name].median / rates["stock"].median
        print(f"  {label:<34}{f'{rates[name]:,.0f}':<30}{f'{cpu[name]:.1f}':<22}{ratio:.2f}")
    kept = []
    for name, least in LEAST_RATIOS[transport].items():
        ratio = rates["window"].median / rates[name].median
        kept.append(promise(f"rate against {name}", f"{ratio:.2f}", kept=ratio >= least, limit=f"at least {least}"))
    gaps = Spread.of([one["gap"] * 1000 for one in figures["window"]])
    lost = [f"{LABEL[name]} ({one['lost']:.0f})" for name, runs in figures.items() for one in runs if one["lost"]]
    kept += [
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
    return all(kept)


if __name__ == "__main__":
    sys.exit(main())
