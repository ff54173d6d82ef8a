"""What goes with a bug: the moments that matter, counted where there are too many, and no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wsgui import __version__
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.core.redact import MARK, Redaction
from wsgui.exports.reporting import MOST_MOMENTS, make_report

URL = "http://localhost:3000/?token=planted"
Tell = Callable[..., None]


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    made = Recording(tmp_path / "a.sqlite", URL)
    yield made
    made.close()


@pytest.fixture
def tell(recording: Recording) -> Tell:
    def tell(kind: Kind, data: str | None = None, **facts: object) -> None:
        seq = recording.count + recording.backlog + 1
        given: Facts | None = facts or None
        recording.append(Record(seq, seq / 10, 1_700_000_000.25, 1, Direction.IN, kind, data, given))

    return tell


def test_the_moments_that_matter_are_in_it(recording: Recording, tell: Tell) -> None:
    tell(Kind.STATE, state="connecting", url=URL)
    tell(Kind.HTTP, "ok", method="GET", url=URL, status=200, seconds=0.1)
    tell(Kind.HTTP, "no", method="GET", url=URL, status=400, reason="Bad Request", seconds=0.1)
    tell(Kind.ENGINE, packet="ping", transport="polling")
    tell(Kind.EVENT, '2["chat","\x1b[1m"]')
    tell(Kind.DISCONNECT, namespace="/", reason="transport close")
    recording.flush()
    report = make_report(URL, Redaction(), tried=f'io("{URL}")', recording=recording)
    assert [moment.kind for moment in report.moments] == ["State", "HTTP", "Event", "Disconnect"]
    assert report.timeline[1].partition(" ← ")[0].endswith(".250")
    assert "HTTP: GET 400 Bad Request" in report.timeline[1]
    assert "\x1b" not in report.timeline[2]
    assert report.left_out == 0
    assert "planted" not in str(report.as_json())
    assert report.tried == f'io("http://localhost:3000/?token={MARK}")'
    assert report.taken == "token ×4"


def test_of_too_many_the_first_and_the_last_stay(recording: Recording, tell: Tell) -> None:
    for number in range(MOST_MOMENTS + 7):
        tell(Kind.EVENT, f'2["n",{number}]')
    recording.flush()
    report = make_report(URL, Redaction(), recording=recording)
    assert report.left_out == 7
    half = MOST_MOMENTS // 2
    assert report.timeline[half - 1].endswith(str(half - 1))
    assert report.timeline[half] == "… 7 more …"
    assert report.timeline[half + 1].endswith(str(half + 7))
    assert len(report.moments) == MOST_MOMENTS


def test_it_says_what_made_it() -> None:
    report = make_report("http://host", Redaction())
    assert report.about["wsgui"] == __version__
    assert {"Python", "OpenSSL", "System", "python-socketio"} <= report.about.keys()
    assert (report.moments, report.tried, report.taken) == ((), "", "")
