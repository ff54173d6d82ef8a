"""Hostile text in all that is written: terminal, exports, reports, comparison, commands. Visible, and never alive."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.core.comparison.runs import compared, of
from tests.hostile.display.attacks import ATTACKS, EVIL_URL, LONG, MARK, diagnosis, planted
from tests.hostile.display.harm import harmful
from wsgui.cli import check as cli_check
from wsgui.cli.connect import Printer
from wsgui.core.bug_report import BugReport
from wsgui.core.comparison.printed import as_markdown, as_text
from wsgui.core.recording import Recording
from wsgui.core.records import Kind, Record
from wsgui.core.redact import Redaction
from wsgui.core.wire.curl import as_curl
from wsgui.exports.catalogue import formats
from wsgui.exports.exporting import export
from wsgui.exports.report_formats import report_formats
from wsgui.exports.reporting import make_report

pytestmark = pytest.mark.layer("display")

EACH_ATTACK = pytest.mark.parametrize("attack", ATTACKS)


@pytest.fixture
def recording(attack: str) -> Iterator[Recording]:
    made = of(records(attack))
    yield made
    made.close()


def records(attack: str) -> list[Record]:
    return [record for _place, record in planted(ATTACKS[attack])]


@EACH_ATTACK
@pytest.mark.parametrize("as_json_lines", [False, True], ids=["text", "JSON"])
def test_the_terminal(attack: str, as_json_lines: bool, capsys: pytest.CaptureFixture[str]) -> None:
    printer = Printer(lambda: None, None, as_json_lines=as_json_lines)
    for place, record in planted(ATTACKS[attack]):
        printer(record)
        said = capsys.readouterr().out
        assert said.count("\n") == 1, f"one line for each record: {place}"
        assert not harmful(said, "\n"), place
        if as_json_lines:
            assert json.loads(said)["seq"] == record.seq


@EACH_ATTACK
def test_a_diagnosis_in_the_terminal(attack: str) -> None:
    said = cli_check.text_of(diagnosis(ATTACKS[attack]))
    assert MARK in "".join(said)
    assert not harmful("".join(said), "\t")
    assert not harmful(cli_check.json_of(diagnosis(ATTACKS[attack])))


def written(recording: Recording, name: str, folder: Path) -> bytes:
    path = folder / f"out{formats()[name].suffix}"
    export(recording, formats()[name], path, None, redaction=Redaction())
    return path.read_bytes()


@EACH_ATTACK
def test_csv(attack: str, recording: Recording, tmp_path: Path) -> None:
    text = written(recording, "csv", tmp_path).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == recording.count + 1
    for row in rows:
        assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in row), "a spreadsheet would compute it"
        *shown, _data = row  # the data is as it was on the wire
        assert not any(map(harmful, shown))


@EACH_ATTACK
def test_plain_text(attack: str, recording: Recording, tmp_path: Path) -> None:
    text = written(recording, "text", tmp_path).decode()
    assert len(text.splitlines()) == text.count("\n") == recording.count
    assert not harmful(text, "\n")


@EACH_ATTACK
@pytest.mark.parametrize("name", ["har", "jsonl"])
def test_json(attack: str, name: str, recording: Recording, tmp_path: Path) -> None:
    text = written(recording, name, tmp_path).decode()
    assert not harmful(text, "\n")
    for line in text.splitlines() if name == "jsonl" else [text]:
        assert json.loads(line)


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")


def report(attack: str, recording: Recording) -> BugReport:
    return make_report(
        "http://localhost:3000", None, tried="io()", recording=recording, diagnosis=diagnosis(ATTACKS[attack])
    )


@EACH_ATTACK
def test_report_as_a_web_page(attack: str, recording: Recording) -> None:
    page = report_formats()[".html"].write(report(attack, recording))
    found = Tags(page)
    usual = report_formats()[".html"].write(
        make_report("http://localhost:3000", None, tried="io()", diagnosis=diagnosis("x"))
    )
    assert found.tags <= Tags(usual).tags | {"table", "tr", "td"}
    assert not found.tags & {"script", "img", "a", "iframe", "object", "form"}
    assert not [name for name in found.attributes if name.startswith("on") or name in ("href", "src", "action")]
    assert MARK in page
    assert not harmful(page, "\n\t")


@EACH_ATTACK
def test_report_as_markdown(attack: str, recording: Recording) -> None:
    text = report_formats()[".md"].write(report(attack, recording))
    assert not harmful(text, "\n\t")
    outside = without_fences(text)
    assert MARK in outside
    for sign in ("<", "](", "![", "**bold", "`"):
        assert not re.search(rf"(?<!\\){re.escape(sign)}", outside.replace("**", "\\**", 0)), sign
    headings = [line for line in outside.splitlines() if line.startswith("#")]
    assert not any(line.strip("# ").startswith("heading") for line in headings)


def without_fences(text: str) -> str:
    """Markdown without its blocks of code."""
    outside, fence = [], ""
    for line in text.splitlines():
        found = re.match(r"`{3,}", line)
        if fence:
            if line.strip() == fence:
                fence = ""
        elif found:
            fence = found[0]
        else:
            outside.append(line)
    assert not fence, "every block ends"
    return "\n".join(outside)


@EACH_ATTACK
def test_report_as_json(attack: str, recording: Recording) -> None:
    text = report_formats()[".json"].write(report(attack, recording))
    assert json.loads(text)
    assert not harmful(text, "\n")


@EACH_ATTACK
@pytest.mark.parametrize("write", [as_text, as_markdown], ids=["text", "Markdown"])
def test_comparison(attack: str, write: Callable[..., str]) -> None:
    harmless = [record for _place, record in planted("harmless")]
    text = write(compared(of(records(attack)), of(harmless)))
    assert MARK in text
    assert not harmful(text, "\n")
    if write is as_markdown:
        assert not re.search(r"(?<!\\)[<\[`]", text.replace("<br>", ""))


@EACH_ATTACK
def test_curl(attack: str) -> None:
    """What is copied as a command does what it says, and nothing that a server wanted."""
    for _place, record in planted(ATTACKS[attack]):
        if record.kind in (Kind.HTTP, Kind.WS_OPEN):
            evil = record._replace(facts={**(record.facts or {}), "request_headers": [["Cookie", ATTACKS[attack]]]})
            command = as_curl(evil)
            assert not harmful(command, "\n")
            if "$'" not in command:
                assert shlex.split(command)[0] == "curl"


def test_ten_megabytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In every place: what is shown is cut, the files have all."""
    made = of([record for _place, record in planted(LONG[:1_000_000])])
    try:
        page = report_formats()[".html"].write(make_report("http://localhost", None, recording=made))
        assert len(page) < 500_000
        assert LONG[:1_000_000] in written(made, "jsonl", tmp_path).decode()
    finally:
        made.close()
    assert EVIL_URL not in page
