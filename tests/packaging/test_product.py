"""One place has the version; templates ask for nothing else than there is; files of several systems agree."""

from __future__ import annotations

import configparser
import plistlib
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import product
import pytest

from wsgui import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"
TEMPLATES = sorted(PACKAGING.rglob("*.in"))
MORE = {"control.in": {"architecture": "amd64", "size": "1", "depends": "libc6"}, "version.txt.in": {"commas": "1, 2"}}
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def filled(name: str) -> str:
    (template,) = (path for path in TEMPLATES if path.name == name)
    return product.fill(template, **MORE.get(name, {}))


def desktop_entry() -> configparser.SectionProxy:
    entry = configparser.RawConfigParser(delimiters="=", strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign] # as its documentation says
    entry.read_string(filled("wsgui.desktop.in"))
    return entry["Desktop Entry"]


def test_the_version_is_that_of_the_program() -> None:
    assert __version__ == product.VERSION
    assert product.names()["numbers"].count(".") == 3


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_filled(template: Path) -> None:
    assert not re.search(r"\$\w", filled(template.name))


def test_no_file_has_a_version_of_its_own() -> None:
    files = [path for path in PACKAGING.rglob("*") if path.suffix not in (".pyc", ".txt") and path.is_file()]
    assert [path.name for path in files if __version__ in path.read_text(encoding="utf-8")] == []


def test_a_template_that_asks_for_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.in").write_text("$nothing_of_that_name", encoding="utf-8")
    with pytest.raises(KeyError):
        product.fill(tmp_path / "a.in")


def test_the_day_is_that_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert product.names()["date"] == "1970-01-02"


def test_linux_knows_the_file_type_and_the_scheme() -> None:
    offered = desktop_entry()["MimeType"].rstrip(";").split(";")
    known = ET.fromstring(filled("wsgui.mime.xml.in")).find(f"{MIME}mime-type")
    assert known is not None
    assert offered == [known.get("type"), f"x-scheme-handler/{product.SCHEME}"]
    pattern = known.find(f"{MIME}glob")
    assert pattern is not None
    assert pattern.get("pattern") == f"*.{product.PROFILE_SUFFIX}"


def test_the_desktop_finds_the_window_by_the_name_of_the_entry() -> None:
    """Wayland and the task bar take the icon of the entry that an application names."""
    source = (ROOT / "wsgui" / "app.py").read_text(encoding="utf-8")
    assert 'setDesktopFileName("wsgui")' in source
    entry = desktop_entry()
    assert (entry["Icon"], entry["StartupWMClass"], entry["Exec"]) == ("wsgui", "wsgui", "wsgui %u")


def test_the_catalogue_of_programs_names_the_entry() -> None:
    component = ET.fromstring(filled("wsgui.metainfo.xml.in"))
    assert component.findtext("launchable") == "wsgui.desktop"
    assert component.findtext("id") == product.BUNDLE
    release = component.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


def test_macos_knows_the_file_type_and_the_scheme() -> None:
    facts = plistlib.loads(plistlib.dumps(product.info_plist()))
    assert facts["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == [product.SCHEME]
    (exported,) = facts["UTExportedTypeDeclarations"]
    assert facts["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == [product.PROFILE_SUFFIX]


def test_the_entitlements_can_be_read() -> None:
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(entitlements.values()) == {True}
    assert all(name.startswith("com.apple.security.cs.") for name in entitlements)
