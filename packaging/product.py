"""Names, texts and the version, as the installers want them. The version has one source: ``wsgui/__init__.py``.

Files that must say one of them are templates with ``$name``; :func:`fill` makes the file.
"""

from __future__ import annotations

import os
import re
import sys
import time
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"

_SOURCE = (ROOT / "wsgui" / "__init__.py").read_text(encoding="utf-8")
VERSION = re.findall(r'^__version__ = "([^"]+)"', _SOURCE, re.MULTILINE)[0]
BUNDLE = "io.github.wsgui.wsgui"
"""The name of the program among all programs, in reverse DNS order: macOS and AppStream want one."""
SUMMARY = "Connection tester for Socket.IO and WebSocket servers"
AUTHORS = "The wsgui authors"
PROFILE_SUFFIX = "wsgui"
PROFILE_TYPE = "application/vnd.wsgui.profile+json"
PROFILE_TITLE = "wsgui profile"
SCHEME = "wsgui"
MACOS_AT_LEAST = "13.0"


def dependencies() -> list[str]:
    """The packages that the program itself needs, by the names that are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in project["dependencies"]]
    return sorted({name for name in named if _is_installed(name)})


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def built_at() -> int:
    """Seconds since 1970: the same for every build of one state of the source, if ``SOURCE_DATE_EPOCH`` says it."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def names() -> dict[str, str]:
    """What templates may ask for."""
    return {
        "version": VERSION,
        "numbers": ".".join((re.findall(r"\d+", VERSION) + ["0"] * 4)[:4]),
        "bundle": BUNDLE,
        "summary": SUMMARY,
        "authors": AUTHORS,
        "moment": time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(built_at())),
        "date": time.strftime("%Y-%m-%d", time.gmtime(built_at())),
        "year": time.strftime("%Y", time.gmtime(built_at())),
        "suffix": PROFILE_SUFFIX,
        "type": PROFILE_TYPE,
        "type_title": PROFILE_TITLE,
        "scheme": SCHEME,
    }


def fill(template: Path, **more: str) -> str:
    """The text of the template with all names filled in. ``KeyError`` if it asks for another one."""
    return Template(template.read_text(encoding="utf-8")).substitute(names(), **more)


def write(template: Path, target: Path) -> Path:
    """Fill ``template`` into the file ``target``, whose folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(fill(template), encoding="utf-8", newline="\n")
    return target


def write_windows_version(folder: Path) -> Path:
    """What Explorer shows as the properties of the program, in the form PyInstaller reads."""
    commas = names()["numbers"].replace(".", ", ")
    target = folder / "version.txt"
    target.write_text(fill(PACKAGING / "windows" / "version.txt.in", commas=commas), encoding="utf-8", newline="\n")
    return target


def info_plist() -> dict[str, object]:
    """What macOS is told of the program, besides its name, version and icon."""
    return {
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark mode
        "LSMinimumSystemVersion": MACOS_AT_LEAST,
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "NSHumanReadableCopyright": f"© {names()['year']} {AUTHORS}",
        # Without it macOS 15 keeps every server of the local network away, and asks nobody.
        "NSLocalNetworkUsageDescription": "wsgui connects to the servers that you name, also those of this network.",
        # A tester has to reach servers without TLS.
        "NSAppTransportSecurity": {"NSAllowsArbitraryLoads": True},
        "CFBundleURLTypes": [{"CFBundleURLName": BUNDLE, "CFBundleURLSchemes": [SCHEME], "CFBundleTypeRole": "Viewer"}],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": PROFILE_TITLE,
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [f"{BUNDLE}.profile"],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"{BUNDLE}.profile",
                "UTTypeDescription": PROFILE_TITLE,
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [PROFILE_SUFFIX],
                    "public.mime-type": [PROFILE_TYPE],
                },
            }
        ],
    }


def signing_identity() -> str | None:
    """The certificate to sign with on macOS, if this machine has one."""
    return (os.environ.get("MACOS_SIGNING_IDENTITY") or None) if sys.platform == "darwin" else None
