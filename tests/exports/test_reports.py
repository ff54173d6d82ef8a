"""The report as a file: nothing of the server's is markup, nothing is fetched, and all that was found is in it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from wsgui.core.bug_report import BugReport, Moment
from wsgui.core.findings import (
    BrowserView,
    Evidence,
    Finding,
    Report,
    ServerFacts,
    Stage,
    Status,
    TransportRow,
)
from wsgui.core.option_types import Protocol
from wsgui.core.records import Direction, Severity
from wsgui.core.verdict import conclude, wish
from wsgui.core.visible import one_line
from wsgui.exports.report_formats import report_formats

NASTY = '<script>alert("x")</script> **bold** `code` | [link](http://x) ```\n# heading <img src=x>'


def report() -> Report:
    findings = [
        Finding(
            id="cors-allows-page", stage=Stage.BROWSER, status=Status.FAIL, cause="cors-missing",
            summary=f"No: {NASTY}",
            evidence=(Evidence(f"Answer {NASTY}", NASTY),),
        ),
        Finding(id="port-open", stage=Stage.TCP, status=Status.PASS, summary=NASTY),
        Finding(
            id="preflight-allowed", stage=Stage.BROWSER, status=Status.FAIL, cause="cors-preflight-refused",
            summary="It follows.",
        ),
    ]  # fmt: skip
    drawn = conclude(f"http://host/{NASTY}", findings, wish({}, Protocol.SOCKETIO))
    return drawn.with_facts(
        ServerFacts(eio=4, upgrades=("websocket",), cookie=NASTY, allow_eio3=False),
        BrowserView(allowed=False, reason=NASTY),
        (TransportRow("polling", Status.FAIL, 200, 0.0123, NASTY),),
    )


def bug_report() -> BugReport:
    moments = (Moment("10:00:00.000", Direction.IN, "Event", one_line(NASTY), Severity.BAD),) * 2
    return BugReport(
        url=f"http://host/{NASTY}", tried=NASTY, moments=moments, left_out=7, diagnosis=report(),
        about={NASTY: NASTY}, taken=NASTY,
    )  # fmt: skip


class Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_takes_nothing_for_markup_and_fetches_nothing() -> None:
    page = report_formats()[".html"].write(bug_report())
    read = Tags()
    read.feed(page)
    assert read.tags <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "span", "details", "summary", "b", "pre"),
        *("table", "tr", "th", "td", "footer"),
    }
    assert not read.attributes & {"src", "href", "onclick", "onload"}
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert NASTY in read.text
    assert "cors: {" in read.text, "the fix has its code"


def test_markdown_takes_nothing_for_markup() -> None:
    text = report_formats()[".md"].write(bug_report())
    outside = re.sub(r"^(`{3,})(?:js)?\n.*?\n\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"(?<!\\)<", outside)
    assert "**bold**" not in outside
    assert "[link]" not in outside
    assert len(re.findall(r"^# ", outside, re.MULTILINE)) == 1
    fences = re.findall(r"^(`{3,})$", text, re.MULTILINE)
    assert max(map(len, fences)) > 3, "a fence inside of what is quoted does not end the block"


def test_json_has_what_the_command_line_prints() -> None:
    written = json.loads(report_formats()[".json"].write(bug_report()))
    assert written["diagnosis"] == report().as_json()
    assert [moment["kind"] for moment in written["timeline"]] == ["Event", "Event"]
    assert (written["tried"], written["left_out"], written["taken"]) == (NASTY, 7, NASTY)


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_what_is_not_shown_is_counted(suffix: str) -> None:
    assert "… 7 more …" in report_formats()[suffix].write(bug_report())


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_each_part_may_be_missing(suffix: str) -> None:
    assert "http" in report_formats()[suffix].write(BugReport(url="http://host"))


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_consequence_is_said_to_be_one(suffix: str) -> None:
    text = report_formats()[suffix].write(bug_report())
    assert "It follows." in text
    assert text.count("A consequence of") == 1


def test_there_are_three_formats() -> None:
    assert list(report_formats()) == [".html", ".json", ".md"]
