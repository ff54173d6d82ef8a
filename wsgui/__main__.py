"""Arguments: what to start. Everything heavy is imported after they are known."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wsgui import __version__, language
from wsgui.core.i18n import _

if TYPE_CHECKING:
    import argparse


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0 (works), 1 (a problem was found) or 2 (the arguments are wrong)."""
    try:
        argv, asked = language.take_flag(sys.argv[1:] if argv is None else argv)
    except ValueError as error:
        sys.stderr.write(f"wsgui: {error}\n")
        return 2
    language.speak(asked or language.of_system())
    opened = argv[0] if len(argv) == 1 and _is_to_be_opened(argv[0]) else ""
    if argv and not argv[0].startswith("-") and not opened:
        from wsgui import cli

        return cli.main(argv)
    demo = argv == ["--demo"]
    if argv and not demo and not opened:
        given = _parser().parse_args(argv)
        if given.selftest:
            from wsgui.cli import selftest

            return selftest.main()
        demo = bool(given.demo)
    gc.disable()  # what is made until the window is there lives as long as the program: nothing to collect
    from wsgui import app

    return app.main([] if opened else argv, demo=demo, asked=asked, opened=opened)


def _is_to_be_opened(word: str) -> bool:
    """A ``wsgui://`` link or a profile, as the system hands them on."""
    return word.lower().startswith(("wsgui:", "file:")) or word.lower().endswith(".wsgui")


def _parser() -> argparse.ArgumentParser:
    import argparse  # the window opens sooner without it

    from wsgui.cli.argparse_texts import translate_argparse

    translate_argparse()

    parser = argparse.ArgumentParser(
        prog="wsgui",
        description=_(
            "A connection tester for Socket.IO and WebSocket servers. Without arguments it opens the window."
        ),
        epilog=_(
            "Commands without a window: connect URL, check URL, lab, recordings, export. Each has its own --help."
        ),
    )
    parser.add_argument("--demo", action="store_true", help=_("start the built-in server and connect to it"))
    parser.add_argument(
        "--selftest", action="store_true", help=_("check that this program is complete and works here, and end")
    )
    language.add_flag(parser)
    parser.add_argument("--version", action="version", version=f"wsgui {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
