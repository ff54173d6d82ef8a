"""A comparison as text and as Markdown: signs for every verdict, and nothing of a server is taken for markup."""

from __future__ import annotations

from tests.core.comparison.runs import compared, of
from tests.core.comparison.test_steps import CONNECTING, JOINED, event, records
from wsgui.core.comparison import compare
from wsgui.core.comparison.printed import as_markdown, as_text


def test_text() -> None:
    left = records(CONNECTING, JOINED, event("same"), event("more"), event("mine"))
    right = records(CONNECTING, JOINED, event("same"), event("more"), event("more"), event("yours"))
    lines = as_text(compared(of(left), of(right))).splitlines()
    assert lines[:2] == [
        "Left:  left · http://localhost:3000 · 5 records",
        "Right: right · http://localhost:3000 · 6 records",
    ]
    assert lines[5:] == [
        "=   “same”: 1 ×, received",
        "≠   “more”: 1 ×, received | 2 ×, received",
        "      Times: 1 × | 2 ×",
        "◀   “mine”: 1 ×, received",
        "▶   “yours”: 1 ×, received",
        "",
        "1 step differs, 1 is only on the left, 1 is only on the right, 3 are the same.",
    ]


def test_only_differences() -> None:
    result = compared(of(records(CONNECTING, JOINED, event("same"))), of(records(CONNECTING, JOINED)))
    shown = as_text(result, only_differences=True)
    assert "“same”" in shown
    assert "Join /" not in shown
    assert "= Connecting" in shown


def test_markdown_takes_nothing_for_markup() -> None:
    nasty = event("<b>|*x*\\u202e")
    result = compared(of(records(CONNECTING, nasty)), of(records(CONNECTING)))
    text = as_markdown(result)
    assert "\\<b\\>\\|\\*x\\*⟨U+202E⟩" in text
    assert "| ◀ Only left |" in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 2 + len(result.rows)


def test_a_name_with_a_secret_is_clean() -> None:
    one, other = of(records(CONNECTING), url="http://u:planted-secret@host/"), of(records(CONNECTING))
    result = compare(one, other, ("http://host/?token=planted-secret", "b"))
    one.close()
    other.close()
    assert "planted-secret" not in as_text(result) + as_markdown(result)
