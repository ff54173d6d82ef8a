"""With the same options this program and socket.io-client put the same on the wire and tell the same."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import pytest

from tests.interop.parity.bad_servers import BAD_SERVERS
from tests.interop.parity.case import Case
from tests.interop.parity.conftest import Outcome
from tests.interop.parity.differences import DIFFERENCES, PAGE, page
from tests.interop.parity.option_sets import OPTION_SETS
from tests.interop.parity.trace import disorder, lanes
from tests.interop.parity.v2_option_sets import V2_OPTION_SETS
from wsgui.core.option_types import Fidelity, Group, Protocol
from wsgui.core.options import OPTIONS

CASES = OPTION_SETS + BAD_SERVERS + V2_OPTION_SETS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_do_the_same(case: Case, outcomes: Mapping[str, Outcome]) -> None:
    """But for the differences that are known."""
    javascript, ours = outcomes[case.name].result()
    assert disorder(javascript) == [], "what is taken for granted of JavaScript does not hold"
    assert disorder(ours) == []
    timestamp = str(case.options.get("timestampParam", "t"))
    theirs, here = lanes(javascript, timestamp), lanes(ours, timestamp)
    known = {each.lane: each for each in DIFFERENCES if case.name in each.cases}
    for lane in sorted({*theirs, *here}):
        lines = list(difflib.ndiff(theirs.get(lane, []), here.get(lane, [])))
        missing, added = ([line[2:] for line in lines if line[0] == sign] for sign in "-+")
        if difference := known.pop(lane, None):
            assert missing or added, f"this difference is no more: {difference.what}"
            assert all(_has(line, difference.javascript) for line in missing), missing
            assert all(_has(line, difference.here) for line in added), added
        else:
            assert not missing, f"{lane}, - JavaScript, + this program:\n" + "\n".join(lines)
            assert not added, f"{lane}, - JavaScript, + this program:\n" + "\n".join(lines)
    assert not known, "this difference is no more"


def _has(line: str, words: str) -> bool:
    return bool(words) and any(word in line for word in words.split("|"))


def test_every_option_is_in_a_case() -> None:
    """Those of TLS and the way out have tests of their own."""
    own = [
        option.name
        for option in OPTIONS
        if Protocol.SOCKETIO in option.protocols
        and option.group is not Group.TLS
        and option.fidelity is not Fidelity.OUTSIDE
    ]
    used = {name for case in CASES for name in case.options}
    assert [name for name in own if name not in used] == []


def test_names_of_cases_are_told_apart() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


def test_every_difference_is_of_a_case() -> None:
    assert {name for each in DIFFERENCES for name in each.cases} <= {case.name for case in CASES}


def test_the_page_of_the_differences_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.interop.parity.differences"
