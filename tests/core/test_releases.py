"""The answer of a list of releases, whoever wrote it."""

from __future__ import annotations

import json

import pytest

from wsgui import __version__
from wsgui.core.releases import MOST_ANSWER, is_newer, read_release


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ({"tag_name": "v1.2.3"}, "1.2.3"),
        ({"tag_name": "1.2", "draft": False, "prerelease": False, "body": "words"}, "1.2"),
        ({"tag_name": "v2.0.0", "prerelease": True}, None),
        ({"tag_name": "v2.0.0", "draft": True}, None),
        ({"tag_name": "<b>9</b>"}, None),
        ({"tag_name": "v1.2.3\n"}, None),
        ({"tag_name": "v1.2.3-rc1"}, None),
        ({"tag_name": "٣.١"}, None),
        ({"tag_name": "1." + "9" * 5000}, None),
        ({"tag_name": ["v1"]}, None),
        ({"tag_name": None}, None),
        ({}, None),
        ([{"tag_name": "v1"}], None),
        ("v1", None),
        (None, None),
    ],
)
def test_a_version_or_nothing(answer: object, version: str | None) -> None:
    assert read_release(json.dumps(answer).encode()) == version


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"<html>",
        b'{"tag_name": "v1"',
        b'{"tag_name": "v1"}' + b" " * MOST_ANSWER,
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"NaN",
    ],
    ids=["empty", "no-utf8", "html", "half", "too-long", "deep", "deep-objects", "nan"],
)
def test_what_is_no_answer_is_nothing(body: bytes) -> None:
    assert read_release(body) is None


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("1.2.4", "1.2.3", True),
        ("1.10", "1.9.9", True),
        ("2", "1.99", True),
        ("1.2.0", "1.2", False),
        ("1.2", "1.2.0", False),
        ("1.2.3", "1.2.3", False),
        ("1.2.2", "1.2.3", False),
        ("1.2.3", "1.2.3.dev4+g1", False),
    ],
)
def test_which_is_newer(version: str, than: str, newer: bool) -> None:
    assert is_newer(version, than) is newer


def test_our_own_version_is_one() -> None:
    assert is_newer("999999", __version__)
    assert not is_newer("0.0.0", __version__)
