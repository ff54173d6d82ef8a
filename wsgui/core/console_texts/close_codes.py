"""The error of errors: close codes that a log calls invalid. Which number it is, and whether it changes, decides.

Two WebSocket servers on one port unmask the same bytes twice, so the code is random: five digits mostly, and another
one each time. A program that sends a reserved code sends the same one every time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from wsgui.core.close_codes import is_valid
from wsgui.core.console_texts.wording import Guess, Strength
from wsgui.core.i18n import N_

INVALID_CODE: Final = re.compile(
    r"(?:invalid status code|invalid close code:?|invalid close opcode|close packet data) ?(\d{1,5})\b", re.IGNORECASE
)
"""ws, aiohttp, websocket-client and python-engineio."""
NAMED: Final = "ws_err_invalid_close_code"
"""The name alone, where the number was not copied."""

_RESERVED: Final = frozenset({0, 1004, 1005, 1006, 1015, 65535})
"""What programs send by mistake: nothing, "no code", "no close frame", "no TLS", and minus one."""

_TWO: Final = "second-upgrade-handler"
_SENT: Final = "invalid-close-code"

_CHANGING = Guess(
    _TWO, N_("The code is another one each time: it is random, because two servers unmask the same close frame.")
)
_RANDOM = Guess(
    _TWO,
    N_(
        "A number like this is mostly random: two servers unmask the same close frame. If it changes from one time to "
        "the next, it is that."
    ),
)
_STABLE = Guess(_SENT, N_("This is a reserved code that a program sends by mistake, the same one every time."))
_REPEATED = Guess(_SENT, N_("The code is the same every time, so some program sends it."))
_IF_STABLE = Guess(_SENT, N_("If the number is the same every time, some program sends it."))
_IF_CHANGING = Guess(_TWO, N_("If the number is another one each time, two servers share the connection."))


def judge(codes: Sequence[int]) -> tuple[tuple[Guess, ...], Strength] | None:
    """The guesses from all the codes in a text, in their order; ``None`` if none of them is invalid."""
    invalid = [code for code in codes if not is_valid(code)]
    if not invalid:
        return None
    different = set(invalid)
    if different <= _RESERVED:
        return (_STABLE, _IF_CHANGING), Strength.CLEAR
    if len(different - _RESERVED) > 1:
        return (_CHANGING, _IF_STABLE), Strength.CLEAR
    if len(invalid) > 2 and len(different) == 1:
        return (_REPEATED, _IF_CHANGING), Strength.CLEAR
    if max(different) < 3000:
        return (_IF_STABLE, _IF_CHANGING), Strength.USUAL
    return (_RANDOM, _IF_STABLE), Strength.CLEAR


WITHOUT_NUMBER: Final = (_IF_CHANGING, _IF_STABLE)
"""What the name of the error means where no number stands with it."""
