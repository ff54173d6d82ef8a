"""Regular expressions that give up: some take for ever, and Python's ``re`` can be neither interrupted nor waited for.

``(?:a|a)*b`` tries each way to read a row of ``a``, and there are two to the power of its length. What repeats more
than once, or repeats a group, is given to the library ``regex``, which reads the same language and looks at the clock.
"""

from __future__ import annotations

import functools
import itertools
import re
import warnings
from collections.abc import Callable

from wsgui.core.i18n import N_

SECONDS = 0.25
"""For one text. A window waits for it, once: then the search is over."""
TOO_SLOW = N_("This regular expression takes too long; write it with fewer repetitions.")

_REPEATS = re.compile(r"(?<!\()[*+?{]")
"""Each sign that may repeat something; the ``?`` of ``(?:`` does not."""
_REPEATED_GROUP = re.compile(r"\)[*+?{]")


@functools.lru_cache(maxsize=64)
def compiled(pattern: str, folding: bool) -> re.Pattern[str]:
    """The regular expression; ``folding`` makes it blind to case. Raises ``re.error``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # says that "[[" might one day mean something else
        return re.compile(pattern, re.IGNORECASE if folding else 0)


def is_quick(pattern: str) -> bool:
    """Whether no text can make the expression take for ever."""
    return len(_REPEATS.findall(pattern)) <= 1 and not _REPEATED_GROUP.search(pattern)


@functools.lru_cache(maxsize=64)
def searcher(pattern: str, folding: bool) -> Callable[[str], object]:
    """What finds the expression in a text, or raises ``TimeoutError``. Raises ``re.error`` itself."""
    quick = compiled(pattern, folding)
    if is_quick(pattern):
        return quick.search
    import regex  # rarely needed, and longer to import than a window may take to open

    try:
        return functools.partial(regex.compile(pattern, _flags(quick)).search, timeout=SECONDS)
    except regex.error as error:
        raise re.error(str(error)) from error  # where the two read a language that is not quite the same


def places(pattern: re.Pattern[str], text: str, most: int) -> list[tuple[int, int]]:
    """From where to where the expression finds something, at most so often; nowhere, where that takes too long."""
    if is_quick(pattern.pattern):
        return [found.span() for found in itertools.islice(pattern.finditer(text), most) if found[0]]
    import regex

    try:
        hits = regex.compile(pattern.pattern, _flags(pattern)).finditer(text, timeout=SECONDS)
        return [found.span() for found in itertools.islice(hits, most) if found[0]]
    except TimeoutError:
        return []


def _flags(pattern: re.Pattern[str]) -> int:
    import regex

    return regex.IGNORECASE if pattern.flags & re.IGNORECASE else 0
