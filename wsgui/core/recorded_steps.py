"""Rows of a log as messages to keep, and as the steps of a sequence: what came is waited for."""

from __future__ import annotations

from collections.abc import Iterable

from wsgui.core.binary_values import Tag, written
from wsgui.core.connection_plan import Pause, Send, Step, Wait
from wsgui.core.describe import packet_of
from wsgui.core.javascript_json import dumps
from wsgui.core.message_form import MessageForm
from wsgui.core.payload import read_arguments
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.saved_messages import SavedMessage

SHORTEST_PAUSE = 0.5
"""Seconds: what was sent so soon after the row before is sent without a pause."""
LONGEST_PAUSE = 30.0


def message_of(record: Record) -> SavedMessage | None:
    """What a row has, with bytes as they can be written; ``None`` for a row that is no event and no message."""
    if record.kind is Kind.WS_MESSAGE:
        if isinstance(record.data, bytes):
            return SavedMessage(text=record.data.hex(" "), form=MessageForm.HEX, key="")
        return SavedMessage(text=record.data or "", key="")
    if record.kind is not Kind.EVENT or (packet := packet_of(record)) is None:
        return None
    text = ", ".join(dumps(written(value)) for value in packet.args)
    asks = packet.id is not None and record.direction is Direction.OUT
    return SavedMessage(event=packet.event, text=text, namespace=packet.namespace, ack=asks, key="")


def step_of_message(message: SavedMessage) -> Step:
    """The step that sends a message. Raises :class:`wsgui.core.payload.PayloadError`."""
    if not message.event:
        tag = {MessageForm.HEX: Tag.HEX, MessageForm.BASE64: Tag.BASE64}.get(message.form)
        return Send("", [{tag.value: message.text} if tag else message.text])
    limit = {} if message.timeout is None else {"seconds": message.timeout / 1000}
    args = read_arguments(message.text)
    return Send(message.event, args, message.namespace, message.ack, volatile=message.volatile, **limit)


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
