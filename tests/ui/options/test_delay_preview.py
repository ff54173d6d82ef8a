"""The delays that the reconnection options come to, in words and live in the form."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.options.finding import found
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValue
from wsgui.ui.options.delay_preview import delays_in_words
from wsgui.ui.options.form import OptionForm


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {},
            "Waits 0.55–1.5 s, 1.1–3 s, 2.2–5 s, 4.4–5 s, 5 s … before the attempts, and does not give up.",
        ),
        ({"reconnection": False}, "Does not reconnect."),
        ({"reconnectionAttempts": 1, "randomizationFactor": 0}, "Waits 1 s before the attempt, then gives up."),
        (
            {"reconnectionAttempts": 3, "randomizationFactor": 0, "reconnectionDelay": 100},
            "Waits 0.1 s, 0.2 s, 0.4 s before the attempts, and gives up after 3.",
        ),
        (
            {"reconnectionDelay": 0, "reconnectionDelayMax": 0, "randomizationFactor": 0},
            "Waits 1 s, 2 s, 4 s, 5 s … before the attempts, and does not give up.",
        ),
    ],
)
def test_in_words(values: dict[str, OptionValue], words: str) -> None:
    assert delays_in_words(values) == words


def test_it_follows_the_form(form: OptionForm) -> None:
    preview = found(form, QLabel, "delayPreview")
    assert "does not give up" in preview.text()
    form.set_values({"reconnection": False})
    assert preview.text() == "Does not reconnect."


def test_the_zero_that_version_2_takes_for_not_given(form: OptionForm) -> None:
    form.set_values({"randomizationFactor": 0, "reconnectionAttempts": 1})
    preview = found(form, QLabel, "delayPreview")
    assert preview.text() == "Waits 1 s before the attempt, then gives up."
    form.set_protocol(Protocol.SOCKETIO_V2)
    assert preview.text() == "Waits 0.55–1.5 s before the attempt, then gives up."
