"""Build the program and what this system can make of it: ``python packaging/build.py [KIND]...``, or ``make package``.

The program is built in a virtual environment of its own, from exactly the files that ``requirements.txt`` names.

| kind       | made on            | what it is                                                 |
|------------|--------------------|------------------------------------------------------------|
| `program`  | everywhere         | the folder that all others are made from                   |
| `deb`      | Debian and Ubuntu  | package for apt                                            |
| `portable` | everywhere         | the folder, packed: tar.gz, or zip on Windows              |
| `appimage` | Linux              | one file to run; needs appimagetool                        |
| `setup`    | Windows            | installer; needs makensis                                  |
| `dmg`      | macOS              | disk image with the app, signed if there is a certificate  |

Here is the environment; kinds.py, which runs in it, makes the rest.
Without a kind it makes what is usual on this system. What is made lies in ``dist/``.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"
VENV = ROOT / "build" / "packaging" / "venv"
PYTHON = str(VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def main() -> int:
    """Make the environment, and in it what is asked for; the exit status of that."""
    make_venv()
    command = [PYTHON, str(ROOT / "packaging" / "kinds.py"), *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def make_venv() -> None:
    """The packages to build from; nothing to do if they are those of ``requirements.txt``."""
    stamp = VENV / "requirements.txt"
    wanted = f"# {sys.version}\n{REQUIREMENTS.read_text(encoding='utf-8')}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    venv.create(VENV, clear=True, with_pip=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "--no-deps", "--requirement", str(REQUIREMENTS)], check=True)
    stamp.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
