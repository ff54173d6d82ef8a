"""The disk image for macOS: the app and a link to the folder of applications. Made on macOS only.

With a certificate (``MACOS_SIGNING_IDENTITY``) the app is signed for the hardened run-time, and with an account as well
(``MACOS_NOTARY_APPLE_ID``, ``_TEAM``, ``_PASSWORD``) the image is notarised. Without, both are left out, and macOS asks
the user before the first start.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import product

ENTITLEMENTS = product.PACKAGING / "macos" / "entitlements.plist"


def make(app: Path, target: Path) -> Path:
    """Sign the app, pack it, and have it notarised, each as far as this machine can."""
    file = target / f"wsgui-{product.VERSION}-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(app, Path(folder) / app.name, symlinks=True)
        (Path(folder) / "Applications").symlink_to("/Applications")
        for step in steps(Path(folder) / app.name, file, os.environ):
            subprocess.run(step, check=True)
    return file


def steps(app: Path, file: Path, environment: Mapping[str, str]) -> list[list[str]]:
    """The commands, in their order."""
    identity = environment.get("MACOS_SIGNING_IDENTITY")
    account = environment.get("MACOS_NOTARY_APPLE_ID")
    sign = ["codesign", "--force", "--timestamp", "--sign", identity or ""]
    done = []
    if identity:
        hardened = ["--options", "runtime", "--entitlements", str(ENTITLEMENTS)]
        done += [[*sign, *hardened, str(app)], ["codesign", "--verify", "--deep", "--strict", str(app)]]
    done.append(["hdiutil", "create", "-volname", "wsgui", "-srcfolder", str(app.parent), "-format", "UDZO", "-ov",
                 str(file)])  # fmt: skip
    if identity:
        done.append([*sign, str(file)])
    if identity and account:
        login = ["--apple-id", account, "--team-id", environment["MACOS_NOTARY_TEAM"],
                 "--password", environment["MACOS_NOTARY_PASSWORD"]]  # fmt: skip
        done.append(["xcrun", "notarytool", "submit", str(file), *login, "--wait"])
        done.append(["xcrun", "stapler", "staple", str(file)])
    return done
