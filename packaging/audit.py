"""Look up what is known to be wrong with the pinned requirements, with pip-audit.

Exit status 0 if nothing is known, or if the data cannot be had, which is then said; 1 if something is known. Without
the data there still are the pins: a test holds that each file that is installed is one whose digest is in the lock.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"
LONGEST_SECONDS = 120.0
"""Where the data cannot be reached, some systems take long to say so."""

OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


class Known(NamedTuple):
    """One thing that is known of one version."""

    package: str
    version: str
    id: str
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        where = f", mended in {', '.join(self.mended_in)}" if self.mended_in else ""
        return f"{self.package} {self.version}: {self.id}{where}"


def main() -> int:
    """Print what is known."""
    print(f"audit: {REQUIREMENTS.name}")
    try:
        known, number = read(ask())
    except LookupError as error:
        print(f"  the data cannot be had here: {error}")
        print("  the versions and the digests of all files are pinned, which tests/packaging/test_lock.py holds")
        return 0
    for each in known:
        print(f"  {each}")
    print(f"  {number} packages, {len(known)} known vulnerabilities")
    return 1 if known else 0


def ask() -> str:
    """What pip-audit answers. Raises ``LookupError`` where it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        program = Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python")
        install = [str(program), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit"]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            raise LookupError("pip-audit cannot be installed")
        command = [str(program), "-m", "pip_audit", "--requirement", str(REQUIREMENTS), *OPTIONS]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            raise LookupError("no answer came in time") from None
    if not done.stdout.startswith("{"):
        raise LookupError(done.stderr.strip().rpartition("\n")[2] or "pip-audit says nothing")
    return done.stdout


def read(answer: str) -> tuple[list[Known], int]:
    """What is known, and of how many packages something could be known. Raises ``LookupError`` if of none."""
    rows = [row for row in json.loads(answer)["dependencies"] if "skip_reason" not in row]
    if not rows:
        raise LookupError("no package was found there")
    known = [
        Known(row["name"], row["version"], each["id"], tuple(each["fix_versions"]))
        for row in rows
        for each in row["vulns"]
    ]
    return known, len(rows)


if __name__ == "__main__":
    sys.exit(main())
