"""The pinned requirements are those of pyproject.toml: whoever changes one has run packaging/lock.py."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
PIN = r"^([\w.-]+)==(\S+?)(?: ; (.+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
PINS = re.findall(PIN, LOCK, re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["package"]]


@pytest.mark.parametrize("wanted", WANTED)
def test_pinned_to_what_is_allowed(wanted: str) -> None:
    requirement = Requirement(wanted)
    versions = [version for name, version, *_ in PINS if name == canonicalize_name(requirement.name)]
    assert any(requirement.specifier.contains(version, prereleases=True) for version in versions)


def test_every_line_is_a_pin_with_digests() -> None:
    rest = LOCK
    for name, version, marker, digests in PINS:
        condition = f" ; {marker}" if marker else ""
        rest = rest.replace(f"{name}=={version}{condition} \\\n{digests}", "")
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []


def test_names_no_host() -> None:
    assert "://" not in LOCK
