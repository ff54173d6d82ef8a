"""The arguments of ``wsgui run``."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from pathlib import Path

from wsgui.core.i18n import _

WRONG_ARGUMENTS = 2


def add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    run = commands.add_parser(
        "run",
        help=_("do the steps of a sequence, and say whether they passed"),
        description=_(
            "Connect, do the steps of a sequence that the window has exported, and say of each if it passed."
        ),
        epilog=_(
            "Exit status: 0 all steps passed, 1 one did not or there was no connection, 2 the arguments are wrong."
        ),
    )
    run.add_argument("file", metavar="FILE", type=Path, help=_("the sequence, with its connection"))
    run.add_argument("--url", metavar="URL", help=_("another server than the one in the file"))
    run.add_argument(
        "--options", metavar="FILE|JSON", help=_("options that are added to those in the file, such as an auth")
    )
    run.add_argument("--environment", metavar="NAME", help=_("what {{variables}} stand for"))
    run.add_argument("--times", type=_times, metavar="N", help=_("how often, instead of as often as the file says"))
    run.add_argument("--json", action="store_true", help=_("print one JSON object per step, and one at the end"))


def _times(text: str) -> int:
    from wsgui.core.sequences import StepError, read_times

    try:
        return read_times(int(text) if text.isdecimal() and len(text) < 9 else 0)
    except StepError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run_sequence(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Read the file and do it; the exit status."""
    from wsgui.cli import run
    from wsgui.cli.profile import environment_of
    from wsgui.core.address import AddressError, read_address
    from wsgui.core.environments import EnvironmentFileError, UnresolvedError
    from wsgui.core.json_file import JsonFileError
    from wsgui.core.keyring_secrets import KeyringError
    from wsgui.core.option_file import OptionFileError, read_options
    from wsgui.core.redact import Redaction
    from wsgui.core.sequence_file import read_plan
    from wsgui.core.sequences import StepError

    try:
        plan = run.planned(read_plan(arguments.file), arguments.url, arguments.times)
        if arguments.options:
            plan = replace(plan, options={**plan.options, **read_options(arguments.options).values})
        environment = environment_of(arguments.environment)
        wanted = run.resolved(plan, environment)
        address = read_address(wanted.url, wanted.protocol)
    except (JsonFileError, OptionFileError, AddressError, EnvironmentFileError, KeyringError, StepError) as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")
    except UnresolvedError as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error.place or 'URL'}: {error.sentence}\n")
    except OSError as error:
        sentence = _("{path} cannot be read ({reason}).").format(path=arguments.file, reason=error.strerror or error)
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {sentence}\n")
    if not plan.steps:
        parser.exit(WRONG_ARGUMENTS, _("wsgui: there are no steps in {path}.").format(path=arguments.file) + "\n")
    told = run.Teller(plan, Redaction(environment.secrets if environment else {}), as_json_lines=arguments.json)
    return asyncio.run(run.run(wanted, address, told))
