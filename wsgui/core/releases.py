"""What the list of releases answers, read as an answer of a stranger: a version, or nothing.

https://docs.github.com/en/rest/releases/releases#get-the-latest-release
"""

from __future__ import annotations

import re

from wsgui.core import javascript_json

MOST_ANSWER = 1 << 18
"""Bytes; such an answer has a few thousand."""
_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})", re.ASCII)


def read_release(body: bytes) -> str | None:
    """The version of the newest release; ``None`` where the answer has none that can be understood."""
    if len(body) > MOST_ANSWER:
        return None
    try:
        answer = javascript_json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict) or answer.get("draft") is True or answer.get("prerelease") is True:
        return None
    tag = answer.get("tag_name")
    found = _VERSION.fullmatch(tag) if isinstance(tag, str) else None
    return found[1] if found else None


def is_newer(version: str, than: str) -> bool:
    """Whether ``version`` comes after ``than``; of that, what stands behind the numbers is passed over."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    numbers = [int(part) for part in found[1].split(".")] if found else []
    while numbers and numbers[-1] == 0:  # 1.2 and 1.2.0 are one
        numbers.pop()
    return tuple(numbers)
