"""A form with all its rows."""

import pytest
from pytestqt.qtbot import QtBot

from wsgui.ui.options.form import OptionForm


@pytest.fixture
def form(qtbot: QtBot) -> OptionForm:
    form = OptionForm()
    qtbot.addWidget(form)
    form.resize(380, 800)
    with qtbot.waitSignal(form.filled):
        form.show()
    return form
