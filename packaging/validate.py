"""Hold a .deb against Debian's own checkers, and against the size that was promised: exit status 0 if all are content.

python packaging/validate.py FILE.deb        needs lintian, desktop-file-utils and appstream
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

LARGEST_MB = 35
LARGEST_INSTALLED_MB = 125


def main() -> int:
    """Check the file named by the only argument."""
    package = sys.argv[1]
    failed = too_large(package)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
        entries = sorted(Path(folder, "usr/share/applications").glob("*.desktop"))
        said = [
            _says("lintian", "--allow-root", "--fail-on", "error,warning", package),
            _says("desktop-file-validate", *map(str, entries)),
            _says("appstreamcli", "validate-tree", "--no-net", "--pedantic", folder),
        ]
    failed += [text for text in said if text]
    for text in failed:
        print(f"FAILED  {text}")
    print("the package is valid" if not failed else "the package is not valid")
    return 1 if failed else 0


def too_large(package: str) -> list[str]:
    """Say how large the package is; what of it is too much."""
    megabytes = Path(package).stat().st_size / 1e6
    installed = subprocess.run(
        ["dpkg-deb", "--field", package, "Installed-Size"], stdout=subprocess.PIPE, text=True, check=True
    )
    there = int(installed.stdout) * 1024 / 1e6
    print(f"{megabytes:.1f} MB of {LARGEST_MB}, installed {there:.1f} MB of {LARGEST_INSTALLED_MB}", flush=True)
    sizes = ((megabytes, LARGEST_MB), (there, LARGEST_INSTALLED_MB))
    return [f"{size:.1f} MB are more than {limit}" for size, limit in sizes if size > limit]


def _says(*command: str) -> str:
    """What a checker has to complain of; empty if it is content."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return f"{command[0]}:\n{done.stdout}" if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
