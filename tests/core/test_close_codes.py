"""Close codes: which may stand in a frame, and words for every number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.close_codes import CLOSE_CODES, explain, is_valid


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
