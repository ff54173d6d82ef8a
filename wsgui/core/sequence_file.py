"""Sequences as files: the program's own, and a connection with its steps, which ``wsgui run`` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from wsgui.core import javascript_json
from wsgui.core.connection_plan import Plan, Send, Step, as_objects
from wsgui.core.i18n import _
from wsgui.core.json_file import JsonFileError, data_folder, read_file, read_foreign_file, write_file
from wsgui.core.profiles.text import FORMAT as PLAN_FORMAT
from wsgui.core.protocol import Protocol
from wsgui.core.sequences import SavedSequence, StepError, read_steps, read_times

FORMAT = 1
Sequences = tuple[SavedSequence, ...]


def sequences_path() -> Path:
    """Where the program keeps them."""
    return data_folder("messages") / "sequences.json"


def read_sequences(path: Path) -> Sequences:
    """None where there is no file. Raises :class:`wsgui.core.json_file.JsonFileError`, :class:`OSError`."""
    try:
        members = read_file(path, FORMAT)
    except FileNotFoundError:
        return ()
    entries = members.get("sequences")
    try:
        return tuple(_sequence(each) for each in entries) if isinstance(entries, list) else ()
    except StepError as error:
        raise JsonFileError(_("{name} cannot be read: {reason}").format(name=path.name, reason=error)) from error


def write_sequences(path: Path, sequences: Sequences) -> None:
    """Raises :class:`OSError`."""
    write_file(path, FORMAT, {"sequences": [_object(each) for each in sequences]})


def change_sequences(path: Path, change: Callable[[Sequences], Sequences]) -> Sequences:
    """Change what the file has now, also when another window wrote it. Raises as reading does."""
    before = read_sequences(path)
    after = change(before)
    if after != before:
        write_sequences(path, after)
    return after


def read_plan(path: Path) -> Plan:
    """A connection and its steps. Raises :class:`wsgui.core.json_file.JsonFileError`, :class:`OSError`."""
    members = read_foreign_file(path, PLAN_FORMAT)
    try:
        return _plan(members)
    except StepError as error:
        raise JsonFileError(f"{path.name}: {error}") from error


def _plan(members: Mapping[str, object]) -> Plan:
    from wsgui.core.option_file import OptionFileError, read_options

    url, name, options, spaces = (members.get(each) for each in ("url", "name", "options", "namespaces"))
    try:
        protocol = Protocol(str(members.get("protocol", Protocol.SOCKETIO.value)))
    except ValueError as error:
        raise StepError(_("There is no such protocol.")) from error
    values = {key: value for key, value in options.items() if value is not None} if isinstance(options, dict) else {}
    try:
        given = read_options(javascript_json.dumps(values)).values if values else {}
    except OptionFileError as error:
        raise StepError(error.sentence) from error
    steps = read_steps(members["steps"]) if "steps" in members else _steps_of_messages(members.get("messages"))
    joined = spaces if isinstance(spaces, dict) else {}
    return Plan(
        url if isinstance(url, str) else "",
        protocol,
        given,
        {space: auth if isinstance(auth, dict) else None for space, auth in joined.items() if space.startswith("/")},
        steps,
        name if isinstance(name, str) else "",
        read_times(members.get("times")),
    )


def _steps_of_messages(messages: object) -> tuple[Step, ...]:
    """Of a file that only has messages: they are sent."""
    from wsgui.core.payload import PayloadError, read_arguments

    found: list[Step] = []
    for number, each in enumerate(messages if isinstance(messages, list) else [], 1):
        event, text = (each.get("event"), each.get("text")) if isinstance(each, dict) else (None, None)
        if isinstance(event, str) and isinstance(text, str):
            try:
                found.append(Send(event, read_arguments(text) if event else [text]))
            except PayloadError as error:
                raise StepError(_("Step {n}: {why}").format(n=number, why=error)) from error
    return tuple(found)


def _sequence(entry: object) -> SavedSequence:
    if not isinstance(entry, Mapping):
        raise StepError(_("A sequence is no object."))

    def text(name: str) -> str:
        value = entry.get(name)
        return value if isinstance(value, str) else ""

    try:
        steps, times = read_steps(entry.get("steps")), read_times(entry.get("times"))
    except StepError as error:
        raise StepError(f"“{text('name')}”: {error}") from error
    plain = entry.get("plain") is True
    made = SavedSequence(text("name"), steps, times, plain, text("note"))
    return SavedSequence(made.name, steps, times, plain, made.note, text("key") or made.key)


def _object(sequence: SavedSequence) -> dict[str, object]:
    usual: dict[str, object] = {"times": 1, "plain": False, "note": ""}
    told = {"times": sequence.times, "plain": sequence.plain, "note": sequence.note}
    return {
        "name": sequence.name,
        "key": sequence.key,
        **{name: value for name, value in told.items() if value != usual[name]},
        "steps": as_objects(sequence.steps),
    }
