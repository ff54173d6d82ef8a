"""The page about filters in the documentation, made of the table of terms.

``python -m tests.core.filters.page`` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

from wsgui.core.filters import forms

PAGE = Path(__file__).parents[3] / "docs" / "filters.md"


def page() -> str:
    """The text of the page."""
    rows = (f"| {_code(form)} | {says} |" for form, says in forms())
    return "\n".join([_BEFORE, *rows, _AFTER])


_BEFORE = """\
# The filter

The box above the log takes words and terms with blanks between them, and shows the records for which all of them
hold. It applies what is typed a moment after the last key. What cannot be understood is told under the box, and the
last good filter stays on. While you type, the box offers what may come next: the terms, then the kinds, events,
namespaces and codes that this recording has. The arrow keys choose, Enter or Tab takes, Esc closes the list;
Ctrl+Space opens it.

| Written | Shows what |
|---|---|"""
_AFTER = """
A value with blanks stands in quotation marks, as in `event:"two words"`; within them a backslash makes the next
character plain. Several kinds, events, namespaces, codes or statuses are written with commas between them.

A regular expression is one of Python's `re`. It is searched in the data as it is on the wire, then with the escapes of
its JSON resolved, and in each fact (a header, an error, a reason). It sees the first 10,000 characters of each. A
repetition that is repeated, as in `(a+)+` or `.*.*`, is refused, because it may take for ever.

**Find** (Ctrl+F) marks a text in the rows instead of hiding the others: all that is typed is one text, in any case, or
a regular expression between slashes. Enter and F3 go to the next hit, Shift+F3 to the one before, Esc ends it. It
looks only at the rows that the filter shows.
"""


def _code(form: str) -> str:
    return "<br>".join(f"`{example}`" for example in form.replace("|", "\\|").split("  "))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
