"""What a person would type into a plain WebSocket to do what Socket.IO does: one line for each message."""

from __future__ import annotations

from wsgui.core.binary_values import written
from wsgui.core.connection_plan import Plan, Send
from wsgui.core.protocol import Protocol
from wsgui.exports.first_request import connect_packets, event_packet, placed_steps


def typed_lines(plan: Plan) -> list[str]:
    """The messages, in their order; waiting and pauses are left to the person."""
    sends = [step for step in placed_steps(plan) if isinstance(step, Send)]
    if plan.protocol is Protocol.WEBSOCKET:
        return ["".join(str(written(each)) for each in step.args) for step in sends]
    events = [event_packet(step, number if step.ack else None) for number, step in enumerate(sends)]
    return connect_packets(plan) + events
