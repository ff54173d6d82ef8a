"""The commands without a window: ``connect``, ``check``, ``lab``, ``recordings``, ``export`` and the others.

The same core, for scripts and CI.

Here are their arguments; what a command needs is imported when it is the one that was asked for.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from wsgui import language
from wsgui.cli.argparse_texts import translate_argparse
from wsgui.cli.run_arguments import add_run, run_sequence
from wsgui.cli.target import SPOKEN, add_target, check_that_it_applies, emit_of, target_of
from wsgui.core.address import AddressError, read_origin
from wsgui.core.i18n import _
from wsgui.core.option_file import OptionFileError
from wsgui.core.option_types import Protocol

WRONG_ARGUMENTS = 2
"""The exit status; the others are 0 (works) and 1 (a problem was found)."""


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    parser = _parser(argv)
    arguments = parser.parse_args(argv)
    if arguments.command == "lab":
        return _lab(arguments)
    if arguments.command == "check":
        return _check(arguments, parser)
    if arguments.command == "recordings":
        from wsgui.cli.recordings import list_recordings

        return list_recordings()
    if arguments.command == "export":
        return _export(arguments, parser)
    if arguments.command == "code":
        return _code(arguments, parser)
    if arguments.command == "run":
        return run_sequence(arguments, parser)
    if arguments.command == "compare":
        return _compare(arguments, parser)
    if arguments.command == "profiles":
        from wsgui.cli.profile import list_profiles

        return list_profiles()
    return _connect(arguments, parser)


def _connect(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from wsgui.cli import connect
    from wsgui.cli.profile import read_connection
    from wsgui.core.redact import Redaction

    try:
        given = read_connection(arguments)
        target = target_of(given)
        emits = [emit_of(event, text) for event, text in arguments.emit]
        check_that_it_applies(arguments, given.protocol)
    except (AddressError, OptionFileError, argparse.ArgumentTypeError) as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")
    redaction = None if given.secrets is None else Redaction(given.secrets)
    run = connect.run(
        target, emits, arguments.send, arguments.seconds, as_json_lines=arguments.json, redaction=redaction
    )
    return asyncio.run(run)


def _parser(argv: Sequence[str] = ()) -> argparse.ArgumentParser:
    translate_argparse()
    parser = argparse.ArgumentParser(prog="wsgui")
    commands = parser.add_subparsers(dest="command", required=True)
    connect = commands.add_parser(
        "connect",
        help=_("connect and print one line per record"),
        description=_("Connect to a server and print one line for each thing that happens, until the connection ends."),
        epilog=_(
            "Exit status: 0 the connection worked, 1 it failed or was lost for good, 2 the arguments are wrong. "
            "Ctrl-C disconnects, as --for does; the status then says whether it worked until there."
        ),
    )
    add_target(connect)
    connect.add_argument(
        "--emit", nargs=2, metavar=("EVENT", "ARGUMENTS"), action="append", default=[],
        help=_(
            "emit on every connect, with an acknowledgement asked for; ARGUMENTS is a JSON array of all the arguments; "
            "may be repeated"
        ),
    )  # fmt: skip
    connect.add_argument(
        "--send", metavar="TEXT", action="append", default=[],
        help=_("plain WebSocket: a message to send when it is open; may be repeated"),
    )  # fmt: skip
    connect.add_argument(
        "--for", dest="seconds", type=_seconds, metavar="SECONDS",
        help=_("disconnect after so many seconds, counted from the start; without it, stay until the end or Ctrl-C"),
    )  # fmt: skip
    connect.add_argument("--json", action="store_true", help=_("print one JSON object per line, with all facts"))
    _add_check(commands)
    serve = commands.add_parser(
        "lab",
        help=_("serve a Socket.IO server to test against, on loopback"),
        description=_("Serve a Socket.IO server to test against, on loopback only, and print its URL. Ctrl-C ends it."),
        epilog=_("Exit status: 0 it was ended, 1 it cannot listen on the port, 2 the arguments are wrong."),
    )
    which = serve.add_mutually_exclusive_group()
    which.add_argument("--fault", metavar="ID", help=_("the fault to serve; without it a healthy server"))
    which.add_argument("--server", choices=SPOKEN, help=_("the healthy server to serve, by its protocol"))
    serve.add_argument(
        "--port", type=_port, default=0, metavar="N", help=_("the port to listen on; 0, the default, is a free one")
    )
    serve.add_argument(
        "--list", action="store_true", help=_("list what can be served, with the causes to be found, and end")
    )
    serve.add_argument("--json", action="store_true", help=_("print the list as JSON"))
    serve.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    commands.add_parser(
        "recordings",
        help=_("list what was recorded, the newest first"),
        description=_("List what the window has recorded: time, records, size, file, title or URL, and outcome."),
        epilog=_("Exit status: 0 in any case."),
    )
    write = commands.add_parser(
        "export",
        help=_("write a recording in another format"),
        description=_("Write a recording, or what a filter shows of it, in another format."),
        epilog=_("Exit status: 0 it is written, 1 it could not be, 2 the arguments are wrong."),
    )
    write.add_argument("recording", metavar="RECORDING", type=Path, help=_("its file; wsgui recordings lists them"))
    write.add_argument(
        "--format", choices=_formats() if argv[:1] == ["export"] else None, default="jsonl",
        help=_("the format (default: %(default)s)"),
    )  # fmt: skip
    write.add_argument("--filter", metavar="TEXT", default="", help=_("only the records that this filter shows"))
    write.add_argument("-o", "--output", metavar="FILE", type=Path, help=_("the file to write; without it, the output"))
    write.add_argument(
        "--with-secrets",
        action="store_true",
        help=_("leave tokens, passwords and cookies in; without it they are taken out"),
    )
    _add_code(commands, argv)
    _add_compare(commands)
    commands.add_parser(
        "profiles",
        help=_("list the saved connections"),
        description=_("List the profiles that the window has saved: their places in the tree, and their URLs."),
        epilog=_("Exit status: 0 all can be used, 1 some are damaged."),
    )
    add_run(commands)
    for command in commands.choices.values():
        language.add_flag(command)
    return parser


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help=_("find out why a connection fails, and what to do"),
        description=_("Ask a server about 20 things, and name the cause that makes the connection fail, with the fix."),
        epilog=_(
            "Exit status: 0 all is well, 1 a problem was found, 2 the arguments are wrong. "
            "What is printed and saved holds no credentials."
        ),
    )
    add_target(check)
    check.add_argument(
        "--origin", metavar="ORIGIN", default="",
        help=_("the origin of the web page, https://app.example.com: also find out what a browser would do"),
    )  # fmt: skip
    check.add_argument("--json", action="store_true", help=_("print one JSON object"))
    check.add_argument(
        "--report", metavar="FILE", type=_report_file,
        help=_("save the report, as a web page, Markdown or JSON: .html, .md, .json"),
    )  # fmt: skip
    check.add_argument(
        "--slow", action="store_true", help=_("also wait for time-outs and heartbeats, which takes a minute or two")
    )


def _add_code(commands: argparse._SubParsersAction[argparse.ArgumentParser], argv: Sequence[str]) -> None:
    code = commands.add_parser(
        "code",
        help=_("write a connection as code"),
        description=_("Write a connection as a program or a command line that connects in the same way."),
        epilog=_("Exit status: 0 it is written, 1 it could not be, 2 the arguments are wrong. Secrets stand in it."),
    )
    add_target(code)
    code.add_argument(
        "--emit", nargs=2, metavar=("EVENT", "ARGUMENTS"), action="append", default=[],
        help=_("an event to send, with an acknowledgement asked for; may be repeated"),
    )  # fmt: skip
    code.add_argument("--send", metavar="TEXT", action="append", default=[], help=_("plain WebSocket: a message"))
    code.add_argument(
        "--format", choices=_code_formats() if argv[:1] == ["code"] else None, default="javascript",
        help=_("the format (default: %(default)s)"),
    )  # fmt: skip
    code.add_argument(
        "--with-secrets", action="store_true", help=_("with a profile or an environment: write their secrets, too")
    )
    code.add_argument("-o", "--output", metavar="FILE", type=Path, help=_("the file to write; without it, the output"))


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    compare = commands.add_parser(
        "compare",
        help=_("compare two recordings step by step"),
        description=_("Compare two recordings step by step. Session ids, ports and times of day are no differences."),
        epilog=_("Exit status: 0 nothing differs, 1 something does or cannot be read, 2 the arguments are wrong."),
    )
    for name in ("left", "right"):
        compare.add_argument(name, metavar=name.upper(), type=Path, help=_("its file; wsgui recordings lists them"))
    compare.add_argument("--differences", action="store_true", help=_("print only what differs"))
    compare.add_argument("--markdown", action="store_true", help=_("print a table in Markdown, for an issue"))


def _report_file(text: str) -> Path:
    from wsgui.exports.report_formats import report_formats

    file = Path(text)
    known = report_formats()
    if file.suffix.lower() not in known:
        sentence = _("“{file}” must end with one of {suffixes}").format(file=text, suffixes=", ".join(known))
        raise argparse.ArgumentTypeError(sentence)
    return file


def _check(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from wsgui.checks.diagnosis import Question
    from wsgui.cli import check
    from wsgui.cli.profile import read_connection

    try:
        given = read_connection(arguments)
        origin = _origin(arguments.origin)
    except (OptionFileError, argparse.ArgumentTypeError) as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")
    question = Question(
        url=given.url,
        values=given.values,
        protocol=given.protocol,
        namespaces=tuple(given.namespaces),
        origin=origin,
        slow=arguments.slow,
    )
    return asyncio.run(check.run(question, given.secrets or {}, as_json=arguments.json, file=arguments.report))


def _origin(text: str) -> str:
    try:
        return read_origin(text)
    except AddressError as error:
        raise argparse.ArgumentTypeError(f"--origin: {error}") from error


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is no number of seconds").format(text=text)) from error
    if not (math.isfinite(seconds) and seconds >= 0):
        raise argparse.ArgumentTypeError(_("“{text}” is no number of seconds").format(text=text))
    return seconds


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(_("“{text}” is no port: ports go from 0 (any) to 65535").format(text=text))
    return int(text)


def _lab(arguments: argparse.Namespace) -> int:
    from wsgui.lab import command as lab

    if arguments.list:
        try:
            print(lab.listing_json() if arguments.json else lab.listing(), flush=True)
        except BrokenPipeError:
            print_nowhere()
        return 0
    server = arguments.fault
    if arguments.server and not server:
        server = lab.healthy_id(Protocol(arguments.server))
    return asyncio.run(
        lab.run(arguments.port, server, lambda line: print(line, flush=True), with_parent=arguments.with_parent)
    )


def _formats() -> list[str]:
    from wsgui.exports.catalogue import formats

    return list(formats())


def _export(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from wsgui.cli import recordings
    from wsgui.core.filters import FilterError, parse
    from wsgui.core.past_recording import RecordingError, open_recording
    from wsgui.core.redact import Redaction
    from wsgui.exports.catalogue import formats

    try:
        condition = parse(arguments.filter)
        recording = open_recording(arguments.recording)
    except FilterError as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: --filter: {error}\n")
    except RecordingError as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")
    redaction = None if arguments.with_secrets else Redaction()
    return recordings.write(recording, formats()[arguments.format], condition, arguments.output, redaction)


def _code_formats() -> list[str]:
    from wsgui.exports.code_formats import code_formats

    return list(code_formats())


def _code(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from wsgui.cli import code
    from wsgui.cli.profile import read_connection

    try:
        given = read_connection(arguments, with_secrets=arguments.with_secrets)
        target = target_of(given)
        emits = [emit_of(event, text) for event, text in arguments.emit]
        check_that_it_applies(arguments, given.protocol)
    except (AddressError, OptionFileError, argparse.ArgumentTypeError) as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")
    return code.write(given, target, emits, arguments.send, arguments.format, arguments.output)


def _compare(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from wsgui.cli import compare
    from wsgui.core.past_recording import RecordingError

    try:
        return compare.run(
            arguments.left,
            arguments.right,
            only_differences=arguments.differences,
            as_a_table=arguments.markdown,
        )
    except RecordingError as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")


def print_nowhere() -> None:
    """Whoever read the output has gone (``| head``): what is still to be printed must not fail on that again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
