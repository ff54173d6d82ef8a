"""The checks as a folder: each file a statement, all causes named, none that is not known."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from wsgui import checks
from wsgui.checks.check import Check, all_checks, failed, passed
from wsgui.checks.diagnosis import Question, checks_for
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Stage, Status
from wsgui.core.option_types import Protocol

FOLDER = Path(checks.__file__).parent


def causes_named(path: Path) -> set[str]:
    """The texts in a file that are ids of causes."""
    texts = (
        node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    )
    return {text for text in texts if isinstance(text, str) and text in CAUSES}


def test_every_check_is_found_by_its_file() -> None:
    found = {check.id for check in all_checks()}
    files = {
        path.stem.replace("_", "-")
        for path in FOLDER.glob("*.py")
        if "CHECK = Check(" in path.read_text(encoding="utf-8")
    }
    assert found == files
    assert len(found) >= 40


def test_every_cause_is_named_by_a_check() -> None:
    named = set().union(*(causes_named(path) for path in FOLDER.rglob("*.py")))
    assert CAUSES.keys() - named == set()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_what_is_given_as_a_cause_is_one(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="failed" | "warned"), args=[ast.Constant(value=str(cause)), *_]):
                assert cause in CAUSES


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.id)
def test_a_check_is_a_statement(check: Check) -> None:
    assert re.fullmatch(r"[A-Z].*[^.]", check.title)
    assert check.protocols


def test_the_checks_are_in_the_order_of_the_stages() -> None:
    stages = [check.stage.position for check in all_checks()]
    assert stages == sorted(stages)


def test_a_finding_has_the_name_of_its_check() -> None:
    check = next(check for check in all_checks() if check.stage is Stage.TCP)
    finding = check.finding(failed("connection-refused", "No."), 0.5)
    assert (finding.id, finding.stage, finding.status) == (check.id, Stage.TCP, Status.FAIL)
    assert (finding.cause, finding.seconds) == ("connection-refused", 0.5)
    assert check.finding(passed("Yes."), 0.0).cause is None


@pytest.mark.parametrize("protocol", Protocol)
def test_slow_checks_run_only_when_asked_for(protocol: Protocol) -> None:
    usual = checks_for(Question(url="", values={}, protocol=protocol))
    slow = checks_for(Question(url="", values={}, protocol=protocol, slow=True))
    assert not any(check.is_slow for check in usual)
    assert {check.id for check in slow} > {check.id for check in usual}
    assert all(protocol in check.protocols for check in slow)
