"""What stands in a WebSocket close frame: two bytes of code and a reason, nothing at all, or what no rule allows."""

from __future__ import annotations

from typing import NamedTuple

from wsgui.core.close_codes import is_valid
from wsgui.core.ws_frames import utf8
from wsgui.core.ws_protocol_error import ProtocolError

LONGEST_REASON = 123
"""Bytes of UTF-8: a control frame holds 125, the code takes two."""


class Close(NamedTuple):
    """A close frame as it was read."""

    code: int
    """1005 where the frame carries none."""
    reason: str
    """Bytes that are not UTF-8 are shown as the replacement character."""
    violation: ProtocolError | None = None
    """What the ``ws`` library says of the frame, if it refuses it."""


def close_body(code: int | None, reason: str = "") -> bytes:
    """The payload of a close frame; without a code there can be no reason, and the payload is empty."""
    return b"" if code is None else code.to_bytes(2, "big") + utf8(reason)


def read_close(body: bytes) -> Close:
    """Read the payload of a close frame; whatever stands in it is told."""
    if len(body) < 2:
        wrong = ProtocolError("invalid payload length 1", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH") if body else None
        return Close(1005, "", wrong)
    code = int.from_bytes(body[:2], "big")
    reason = body[2:].decode("utf-8", "replace")
    if len(body) > 125:
        return Close(code, reason, ProtocolError("invalid payload length 126", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"))
    if not is_valid(code):
        return Close(code, reason, ProtocolError(f"invalid status code {code}", "WS_ERR_INVALID_CLOSE_CODE"))
    try:
        body[2:].decode()
    except UnicodeDecodeError:
        return Close(code, reason, ProtocolError("invalid UTF-8 sequence", "WS_ERR_INVALID_UTF8", 1007))
    return Close(code, reason)
