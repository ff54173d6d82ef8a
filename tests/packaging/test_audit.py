"""What the audit makes of pip-audit's answers."""

from __future__ import annotations

import json

import audit
import pytest

BAD = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "aliases": []}]}
GOOD = {"name": "good", "version": "2.0", "vulns": []}
ABSENT = {"name": "new", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def answer(*rows: object) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


def test_what_is_known_is_told_with_its_mending() -> None:
    known, number = audit.read(answer(BAD, GOOD, ABSENT))
    assert [str(each) for each in known] == ["old 1.0: PYSEC-2026-1, mended in 1.1"]
    assert number == 2


def test_where_no_package_is_found_there_are_no_data() -> None:
    with pytest.raises(LookupError, match="no package was found there"):
        audit.read(answer(ABSENT))


@pytest.mark.parametrize(("rows", "status"), [([GOOD], 0), ([GOOD, BAD], 1)])
def test_the_exit_status(rows: list[object], status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ask", lambda: answer(*rows))
    assert audit.main() == status


def test_says_plainly_that_there_are_no_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask() -> str:
        raise LookupError("no answer came in time")

    monkeypatch.setattr(audit, "ask", ask)
    assert audit.main() == 0
    assert "the data cannot be had here: no answer came in time" in capsys.readouterr().out
