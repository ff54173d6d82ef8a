"""What of the guide is made of the program's own tables. ``python -m tests.guide.tables`` writes it anew.

In a page it stands between ``<!-- table: NAME -->`` and ``<!-- end of table -->``; all else is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.guide import causes_table, commands_table, console_table, filters_table, keyboard_table, options_table
from wsgui import language

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
LANGUAGES = tuple(language.languages())

TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "causes": causes_table.lines,
    "commands": commands_table.lines,
    "console": console_table.lines,
    "filters": filters_table.lines,
    "keyboard": keyboard_table.lines,
    "options": options_table.lines,
}
_PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def pages(code: str) -> list[Path]:
    """The pages of a language."""
    return sorted((GUIDE / code).glob("*.md"))


def up_to_date(page: Path) -> str:
    """The text of a page as it should be."""
    spoken = language.spoken()
    language.speak(page.parent.name)
    try:
        return _PLACE.sub(lambda at: at[1] + "\n".join([*TABLES[at[2]](), at[3]]), page.read_text(encoding="utf-8"))
    finally:
        language.speak(spoken)


def main() -> None:
    """Write every page of every language."""
    for code in LANGUAGES:
        for page in pages(code):
            page.write_text(up_to_date(page), encoding="utf-8")


if __name__ == "__main__":
    main()
