"""Rows of a log as the steps of a sequence: what was sent is sent again, and what came is waited for."""

from __future__ import annotations

from collections.abc import Iterable

from wsgui.core.binary_values import Tag, written
from wsgui.core.connection_plan import Pause, Send, Step, Wait
from wsgui.core.describe import packet_of
from wsgui.core.records import Direction, Kind, Record

SHORTEST_PAUSE = 0.5
"""Seconds: what was sent so soon after the row before is sent without a pause."""
LONGEST_PAUSE = 30.0


def steps_of(records: Iterable[Record]) -> tuple[Step, ...]:
    """The steps; a pause where the person made one before sending. Rows of other kinds are passed over."""
    steps: list[Step] = []
    last: float | None = None
    for record in records:
        step = _step(record)
        if step is None:
            continue
        gap = 0.0 if last is None else record.t - last
        if isinstance(step, Send) and gap >= SHORTEST_PAUSE:
            steps.append(Pause(round(min(gap, LONGEST_PAUSE), 1)))
        last = record.t
        steps.append(step)
    return tuple(steps)


def _step(record: Record) -> Step | None:
    if record.kind is Kind.WS_MESSAGE:
        if record.direction is Direction.IN:
            return Wait()
        data = record.data
        return Send("", [{Tag.HEX.value: data.hex(" ")} if isinstance(data, bytes) else data or ""])
    if record.kind is not Kind.EVENT or (packet := packet_of(record)) is None:
        return None
    if record.direction is Direction.IN:
        return Wait(packet.event, packet.namespace)
    return Send(packet.event, [written(each) for each in packet.args], packet.namespace, ack=packet.id is not None)
