"""Close codes: which may stand in a frame, and words for every number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.close_codes import CLOSE_CODES, RANDOM, RANGES, STABLE, Sender, advise, close_code, explain, is_valid


def test_the_ws_library_and_this_table_agree_on_what_may_stand_in_a_frame() -> None:
    # isValidStatusCode of ws: 1000 to 1014 but 1004, 1005, 1006; and 3000 to 4999.
    allowed = {*range(1000, 1015), *range(3000, 5000)} - {1004, 1005, 1006}
    assert {code for code in range(70_000) if is_valid(code)} == allowed


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (1000, "Normal closure"),
        (1006, "without a close frame"),
        (1015, "TLS"),
        (3000, "Registered"),
        (3999, "Registered"),
        (4000, "Private"),
        (4999, "Private"),
        (0, "WS_ERR_INVALID_CLOSE_CODE"),
        (999, "WS_ERR_INVALID_CLOSE_CODE"),
        (1016, "WS_ERR_INVALID_CLOSE_CODE"),
        (2999, "WS_ERR_INVALID_CLOSE_CODE"),
        (5000, "WS_ERR_INVALID_CLOSE_CODE"),
    ],
)
def test_a_code_in_words(code: int, said: str) -> None:
    assert said in explain(code)


@given(st.integers())
def test_every_number_has_words_and_those_in_the_table_their_name(code: int) -> None:
    assert explain(code).endswith(".")
    if code in CLOSE_CODES:
        assert explain(code).startswith(CLOSE_CODES[code].name)


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
def test_a_reserved_code_in_a_frame_was_passed_on_by_somebody(code: int) -> None:
    assert close_code(code).sender is Sender.NOBODY
    assert advise(code) == STABLE


@pytest.mark.parametrize("code", [47746, 58168, 33389, 57311, 17389])
def test_a_random_code_comes_of_two_upgrade_listeners(code: int) -> None:
    assert advise(code) == RANDOM
    assert "noServer" in RANDOM


def test_a_reserved_code_that_was_in_no_frame_has_a_cause_of_its_own() -> None:
    assert "idle" in advise(1006, on_wire=False)
    assert "certificate" in advise(1015, on_wire=False)
    assert advise(1005, on_wire=False) == advise(1000) == ""


def test_who_may_send_a_code() -> None:
    assert close_code(1010).sender is Sender.CLIENT
    assert {code for code, row in CLOSE_CODES.items() if row.sender is Sender.SERVER} == {1011, 1012, 1013, 1014}
    assert close_code(4321).sender is Sender.EITHER


def test_every_code_of_16_bits_has_a_row() -> None:
    numbered = {code for numbers in RANGES for code in numbers}
    assert numbered | CLOSE_CODES.keys() | {65535} == set(range(65536))
    assert close_code(65536).name == close_code(-1).name == "No close code"
