"""Write ``requirements.txt``: every package that goes into an installer, with its version and the digests of its files.

One file for all systems and every supported Python; markers say what is for which. Run it to take newer versions::

    python packaging/lock.py

pip installs from it with ``--require-hashes``, so a build takes the same bytes wherever it runs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"

HEAD = """\
# What the installers are built from. Made by packaging/lock.py from pyproject.toml; not to be edited.
# pip install --require-hashes --no-deps --requirement packaging/requirements.txt
"""

OPTIONS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--upgrade")


def main() -> int:
    """Resolve anew; exit status 1 if that is not possible, with the reason."""
    oldest = re.search(r'requires-python = ">=([\d.]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert oldest is not None
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        scripts = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        command = [str(scripts / "uv"), "pip", "compile", "pyproject.toml", "--group", "package", *OPTIONS]
        done = subprocess.run(
            [*command, "--python-version", oldest[1]], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False
        )
    if done.returncode:
        return 1
    REQUIREMENTS.write_text(HEAD + done.stdout, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
