"""The arguments that say what to connect to, and how: the same for ``connect``, ``check`` and ``code``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wsgui.core import javascript_json
from wsgui.core.address import read_address
from wsgui.core.i18n import _
from wsgui.core.option_types import Protocol
from wsgui.net.session import Target

if TYPE_CHECKING:
    from wsgui.cli.profile import Given

SPOKEN = [protocol.value for protocol in Protocol]


def add_target(parser: argparse.ArgumentParser) -> None:
    """What to connect to, and how."""
    parser.add_argument(
        "url", metavar="URL", nargs="?", default="",
        help=_("the server, for example http://localhost:3000; not needed with a profile"),
    )  # fmt: skip
    parser.add_argument(
        "--profile", metavar="NAME|FILE",
        help=_("a saved connection, by its name or place in the tree, or a .wsgui file; other arguments come on top"),
    )  # fmt: skip
    parser.add_argument("--environment", metavar="NAME", help=_("what {{variables}} stand for"))
    parser.add_argument(
        "--protocol", choices=SPOKEN,
        help=_("what the server speaks: Socket.IO 3 and 4 (socketio, the default), Socket.IO 2, or plain WebSocket"),
    )  # fmt: skip
    parser.add_argument(
        "--options",
        metavar="FILE|JSON",
        help=_("options with their JavaScript names: JSON, an io(url, {...}) snippet, or a file"),
    )
    parser.add_argument(
        "--namespace", metavar="NS", action="append", default=[], help=_("a namespace to join; may be repeated")
    )


def target_of(given: Given) -> Target:
    address = read_address(given.url, given.protocol)
    if given.protocol is Protocol.WEBSOCKET:
        return Target(address, given.values, (), given.protocol, notes=given.notes)
    auths = {name: auth for name, auth in given.namespaces.items() if auth is not None}
    return Target(address, given.values, tuple(given.namespaces), given.protocol, auths, given.notes)


def check_that_it_applies(arguments: argparse.Namespace, protocol: Protocol) -> None:
    """Refuse what means nothing with the protocol."""
    if protocol is Protocol.WEBSOCKET:
        if arguments.emit:
            raise argparse.ArgumentTypeError(_("--emit: a plain WebSocket has no events; send a message with --send"))
        if arguments.namespace:
            raise argparse.ArgumentTypeError(_("--namespace: a plain WebSocket has none; its path stands in the URL"))
    elif arguments.send:
        raise argparse.ArgumentTypeError(_("--send is for --protocol websocket; Socket.IO sends events with --emit"))


def emit_of(event: str, text: str) -> tuple[str, list[object]]:
    try:
        value = javascript_json.loads(text)
    except javascript_json.JsonError as error:
        sentence = _("--emit {event}: the JSON is broken at line {line}, column {column}: {why}")
        raise argparse.ArgumentTypeError(
            sentence.format(event=event, line=error.line, column=error.column, why=error)
        ) from error
    if not isinstance(value, list):
        raise argparse.ArgumentTypeError(
            _('--emit {event}: ARGUMENTS is a JSON array of all the arguments, for example [1, "two"]').format(
                event=event
            )
        )
    return event, value
