"""The rows of the option table about time: how long to wait, and when to try again."""

from __future__ import annotations

import math

from wsgui.core.i18n import N_
from wsgui.core.option_types import Fidelity, Group, Option, OptionType
from wsgui.core.protocol import SOCKETIO, SOCKETIO_4

_LONGEST_TIMER = 2**31 - 1  # JavaScript's timers fire at once when asked for more milliseconds

ROWS: tuple[Option, ...] = (
    Option(
        name="timeout",
        type=OptionType.NUMBER,
        default=20000,
        unit=N_("ms"),
        minimum=0,
        maximum=_LONGEST_TIMER,
        allows_false=True,
        group=Group.TIMING,
        label=N_("Connection timeout"),
        help=N_(
            "How long the opening of the connection may take. It ends with the first packet of the server: joining "
            "the namespace is not covered. 0 does not mean no limit: the attempt fails at once. false means no limit."
        ),
    ),
    Option(
        name="requestTimeout",
        type=OptionType.NUMBER,
        default=0,
        unit=N_("ms"),
        minimum=0,
        maximum=_LONGEST_TIMER,
        group=Group.TIMING,
        label=N_("Request timeout"),
        help=N_(
            "How long one polling request may take; 0 means no limit. It must be longer than the server's pingInterval "
            "(25,000 ms by default), because a polling GET waits for the next packet. WebSocket is not affected. "
            "Socket.IO 2 knows it within transportOptions only."
        ),
        protocols=SOCKETIO_4,
    ),
    Option(
        name="reconnection",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TIMING,
        label=N_("Reconnect"),
        help=N_(
            "Connect again by itself when the connection is lost, and also when the first attempt fails. Not after "
            'the server or the client disconnected on purpose ("io server disconnect", "io client disconnect").'
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="reconnectionAttempts",
        type=OptionType.NUMBER,
        default=math.inf,
        minimum=0,
        allows_infinity=True,
        group=Group.TIMING,
        label=N_("Attempts to reconnect"),
        help=N_(
            "After so many failed attempts the client gives up (reconnect_failed). 0 does not mean none but Infinity."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="reconnectionDelay",
        type=OptionType.NUMBER,
        default=1000,
        unit=N_("ms"),
        minimum=0,
        maximum=_LONGEST_TIMER,
        group=Group.TIMING,
        label=N_("First delay"),
        help=N_(
            "The wait before the first reconnection; it doubles with each further attempt. 0 means 1000, not at once."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="reconnectionDelayMax",
        type=OptionType.NUMBER,
        default=5000,
        unit=N_("ms"),
        minimum=0,
        maximum=_LONGEST_TIMER,
        allows_infinity=True,
        group=Group.TIMING,
        label=N_("Longest delay"),
        help=N_("The wait before a reconnection never gets longer than this, the random part included. 0 means 5000."),
        protocols=SOCKETIO,
    ),
    Option(
        name="randomizationFactor",
        type=OptionType.NUMBER,
        default=0.5,
        minimum=0,
        maximum=1,
        whole=False,
        group=Group.TIMING,
        label=N_("Random part"),
        help=N_(
            "Each delay is made shorter or longer by up to this part of it, so that a thousand clients do not all come "
            "back at the same moment: 0.5 makes 1000 ms into 500 to 1500 ms. 0 switches it off."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="ackTimeout",
        type=OptionType.NUMBER,
        default=None,
        unit=N_("ms"),
        minimum=0,
        maximum=_LONGEST_TIMER,
        group=Group.TIMING,
        label=N_("Acknowledgement timeout"),
        help=N_("How long to wait for the acknowledgement of an event. Not set: without limit. 0: it fails at once."),
        protocols=SOCKETIO_4,
    ),
    Option(
        name="retries",
        type=OptionType.NUMBER,
        default=0,
        minimum=0,
        allows_infinity=True,
        group=Group.TIMING,
        label=N_("Retries of an event"),
        help=N_(
            "Send an event again, up to so many times, until it is acknowledged within ackTimeout. Events then go out "
            "one after the other. 0 switches it off."
        ),
        protocols=SOCKETIO_4,
    ),
    Option(
        name="autoConnect",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TIMING,
        label=N_("Connect at once"),
        help=N_("In JavaScript io() connects at once unless this is false; then the program calls connect()."),
        fidelity=Fidelity.EMULATED,
        caveat=N_("Connecting begins when you ask for it, whatever this says."),
        protocols=SOCKETIO,
    ),
)
