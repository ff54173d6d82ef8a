"""Signing and notarising happen where there is a certificate, in the order that the systems want, and else not."""

from __future__ import annotations

from pathlib import Path

import dmg
import windows_setup

APP, IMAGE = Path("made/wsgui.app"), Path("dist/wsgui.dmg")
IDENTITY = {"MACOS_SIGNING_IDENTITY": "Developer ID"}
ACCOUNT = {"MACOS_NOTARY_APPLE_ID": "me", "MACOS_NOTARY_TEAM": "team", "MACOS_NOTARY_PASSWORD": "secret"}


def words(environment: dict[str, str]) -> list[str]:
    """The program of each step, and its first argument."""
    return [" ".join(step[:2]) for step in dmg.steps(APP, IMAGE, environment)]


def test_macos_without_a_certificate() -> None:
    assert words({}) == ["hdiutil create"]
    assert words(ACCOUNT) == ["hdiutil create"]


def test_macos_with_a_certificate() -> None:
    assert words(IDENTITY) == ["codesign --force", "codesign --verify", "hdiutil create", "codesign --force"]
    (sign, *_) = dmg.steps(APP, IMAGE, IDENTITY)
    assert sign[-1] == str(APP)
    assert "runtime" in sign
    assert Path(sign[sign.index("--entitlements") + 1]).is_file()


def test_macos_with_an_account() -> None:
    assert words(IDENTITY | ACCOUNT)[-2:] == ["xcrun notarytool", "xcrun stapler"]


def test_windows() -> None:
    assert windows_setup.signing(Path("a.exe"), {}) == []
    given = {"WINDOWS_CERTIFICATE": "a.pfx", "WINDOWS_CERTIFICATE_PASSWORD": "secret"}
    said = ["signtool", "sign", "/fd", "sha256", "/f", "a.pfx", "/p", "secret", "a.exe"]
    assert windows_setup.signing(Path("a.exe"), given) == said


def test_windows_with_empty_secrets() -> None:
    """What a workflow gives where the secret is not there is an empty text."""
    given = {"WINDOWS_CERTIFICATE": "a.pfx", "WINDOWS_CERTIFICATE_PASSWORD": "", "WINDOWS_TIMESTAMP_URL": ""}
    assert windows_setup.signing(Path("a.exe"), given) == ["signtool", "sign", "/fd", "sha256", "/f", "a.pfx", "a.exe"]
