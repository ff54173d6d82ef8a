"""Which language is spoken: the one asked for, else the one chosen, else that of the system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from wsgui import language
from wsgui.core import i18n
from wsgui.core.i18n import _
from wsgui.ui.settings import Settings

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.speak(language.ENGLISH)


def wsgui(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program with this language in its environment."""
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    command = [sys.executable, "-X", "utf8", "-m", "wsgui", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=clean | environment, timeout=60, check=False
    )


def test_english_and_russian_are_there() -> None:
    assert list(language.languages()) == ["en", "ru"]
    assert [language.name_of(code) for code in language.languages()] == ["English", "Русский"]


@pytest.mark.skipif(sys.platform == "win32", reason="there the system is asked, not the environment")
@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "ru"}, "en"),
        ({"LANG": "ru", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:ru:en"}, "ru"),
        ({"LANG": "de_DE@euro"}, "en"),
    ],
)
def test_the_system_says_which(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], code: str) -> None:
    # Not the real one: glibc would keep what it translates meanwhile ("No such file"), for all tests that follow.
    monkeypatch.setattr(os, "environ", environment)
    assert language.of_system() == code


@pytest.mark.parametrize(
    ("words", "rest", "code"),
    [
        (["--demo"], ["--demo"], ""),
        (["--language", "ru", "--demo"], ["--demo"], "ru"),
        (["connect", "URL", "--language=ru"], ["connect", "URL"], "ru"),
        (["connect", "--language", "ru_RU", "URL"], ["connect", "URL"], "ru"),
        (["connect", "--", "--language", "ru"], ["connect", "--", "--language", "ru"], ""),
    ],
)
def test_the_flag_may_stand_anywhere(words: list[str], rest: list[str], code: str) -> None:
    assert language.take_flag(words) == (rest, code)


@pytest.mark.parametrize("words", [["--language", "xx"], ["--language"], ["--language="]])
def test_an_unknown_language_is_refused(words: list[str]) -> None:
    with pytest.raises(ValueError, match="only en, ru"):
        language.take_flag(words)


def test_the_command_line_speaks_it() -> None:
    asked = wsgui("connect", "--help", "--language", "ru")
    assert asked.returncode == 0
    assert "порядок вызова:" in asked.stdout
    assert "показать эту справку" in asked.stdout
    wrong = wsgui("connect", "undefined", "--language", "ru")
    assert wrong.returncode == 2
    assert "URL — слово «undefined»" in wrong.stderr
    assert wsgui("--language", "xx").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there the system is asked, not the environment")
def test_the_command_line_follows_the_system() -> None:
    assert "порядок вызова:" in wsgui("lab", "--help", LANG="ru_RU.UTF-8").stdout
    assert "usage:" in wsgui("lab", "--help", LANG="en_US.UTF-8").stdout


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    assert language.speak("ru") == "ru" == language.spoken()
    assert _("Connected") == "Подключено"
    assert language.speak("xx") == "en" == language.spoken()
    assert i18n.catalogue() is None


def test_the_choice_is_kept(qapp: QApplication) -> None:
    assert Settings().language == language.SYSTEM
    Settings().language = "ru"
    assert Settings().language == "ru"
