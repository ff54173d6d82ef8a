"""A Preset is a named set of option values: one JSON file, shown in the order of the files' names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from wsgui.core.option_values import OptionValues
from wsgui.core.options import check_values


@dataclass(frozen=True)
class Preset:
    """``name`` and ``description`` are for people; ``values`` has only what differs from the defaults."""

    name: str
    description: str
    values: OptionValues


def read_presets(folder: Path) -> tuple[Preset, ...]:
    """The presets that lie in ``folder``. They are part of the program: a bad one raises."""
    return tuple(_read(file) for file in sorted(folder.glob("*.json")))


def _read(file: Path) -> Preset:
    content = json.loads(file.read_text("utf-8"))
    return Preset(content["name"], content["description"], check_values(content["options"]))
