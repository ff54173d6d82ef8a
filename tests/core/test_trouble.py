"""The report on errors of the program: what is in it, what is not, and what is only counted."""

from __future__ import annotations

from pathlib import Path

from wsgui.core.trouble import MOST_TROUBLES, Source, Trouble, Troubles, of_exception


def failure(text: str) -> BaseException:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def report(*troubles: Trouble, log: tuple[str, ...] = (), secrets: dict[str, str] | None = None) -> str:
    all_of_them = Troubles()
    for trouble in troubles:
        all_of_them.take(trouble)
    return all_of_them.report({"wsgui": "1.2", "System": "Linux"}, log, secrets or {})


def test_versions_the_traceback_and_the_log_are_in_it() -> None:
    text = report(of_exception(Source.TASK, failure("it broke"), "tab: connect"), log=("WARNING wsgui: hm",))
    assert "wsgui: 1.2\nSystem: Linux" in text
    assert "in a task (tab: connect), 1 time" in text
    assert "Traceback (most recent call last):" in text
    assert "ValueError: it broke" in text
    assert text.endswith("The last lines of the log:\nWARNING wsgui: hm\n")


def test_causes_are_in_it() -> None:
    error = failure("outer")
    error.__cause__ = failure("inner")
    assert "ValueError: inner" in report(of_exception(Source.WINDOW, error))


def test_secrets_and_the_home_folder_are_not_in_it() -> None:
    home = str(Path.home())
    error = failure(f"{home}/x: Authorization: Bearer abcdefgh and hunter2!")
    log = ("WARNING http://me:pass@host/?token=qwertz",)
    text = report(of_exception(Source.WINDOW, error), log=log, secrets={"hunter2!": "auth"})
    for secret in ("hunter2!", "abcdefgh", "me:pass", "qwertz", home):
        assert secret not in text
    assert "~/x" in text


def test_characters_that_hide_something_are_shown() -> None:
    assert "⟨U+202E⟩" in report(of_exception(Source.WINDOW, failure("a\u202eb")))


def test_the_same_error_is_counted_and_not_told_again() -> None:
    troubles = Troubles()
    error = failure("again")
    news = [troubles.take(of_exception(Source.WINDOW, error)) for _ in range(9)]
    assert news == [True, True, False, True, False, False, False, True, False]
    text = troubles.report({}, (), {})
    assert text.count("Traceback") == 1
    assert "9 times" in text
    assert troubles.count == 9


def test_too_many_different_errors_are_counted() -> None:
    troubles = Troubles()
    for number in range(MOST_TROUBLES + 3):
        troubles.take(Trouble(Source.QT, f"number {number}", ""))
    text = troubles.report({}, (), {})
    assert f"number {MOST_TROUBLES - 1}\n" in text
    assert f"number {MOST_TROUBLES}\n" not in text
    assert "And 3 other errors." in text


def test_an_endless_traceback_is_cut_in_its_middle() -> None:
    text = report(of_exception(Source.WINDOW, failure("beginning" + "x" * 100_000 + "end")))
    assert len(text) < 25_000
    assert text.count("\n…\n") == 1
    assert "xend" in text


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_an_error_whose_text_fails_is_told_all_the_same() -> None:
    assert "UnspeakableError" in report(of_exception(Source.WINDOW, UnspeakableError()))
