"""The formats of a report to hand on: every file in the package ``reports``.

A format is a module with a ``TITLE`` for people, the ``SUFFIX`` of its files, and ``write(report)``, which gives the
whole text. What it is given has been redacted.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from wsgui.core.bug_report import BugReport


@dataclass(frozen=True)
class ReportFormat:
    """One format."""

    suffix: str
    title: str
    write: Callable[[BugReport], str]


def report_formats(package: str = "wsgui.exports.reports") -> dict[str, ReportFormat]:
    """All formats by suffix."""
    found = {}
    for file in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{file.name}")
        found[module.SUFFIX] = ReportFormat(module.SUFFIX, module.TITLE, module.write)
    assert found, f"no format in {package}: this program was packed without its formats"
    return dict(sorted(found.items()))
