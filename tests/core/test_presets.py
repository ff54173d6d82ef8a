"""The presets that come with the program."""

import json

from wsgui import resources
from wsgui.core.option_file import read_options
from wsgui.core.presets import read_presets
from wsgui.core.snippet import write


def test_the_presets_of_the_program_are_good() -> None:
    folder = resources.path("presets")
    presets = read_presets(folder)
    guide = json.loads(next(folder.glob("*guide.json")).read_text("utf-8"))
    assert presets[0].name == "Troubleshooting guide"
    assert guide["options"] == {
        "transports": ["websocket", "polling"],
        "timeout": 20000,
        "forceNew": True,
        "upgrade": True,
        "rememberUpgrade": True,
        "path": "/socket.io/",
        "reconnection": True,
        "reconnectionAttempts": 5,
        "reconnectionDelay": 1000,
        "reconnectionDelayMax": 5000,
        "autoConnect": False,
    }
    assert presets[0].values == {
        "transports": ["websocket", "polling"],
        "rememberUpgrade": True,
        "reconnectionAttempts": 5,
        "autoConnect": False,
        "forceNew": True,
    }
    for preset in presets:
        assert preset.description.endswith(".")
        assert read_options(write("http://a", preset.values)).values == preset.values
