"""What a person waits for at a fault is shorter here."""

from __future__ import annotations

import pytest

WAITS = {
    "connect_slow.DELAY": 0.2,
    "connect_unanswered.CONNECT_TIMEOUT": 0.2,
    "gateway_error_504.PATIENCE": 0.2,
    "http_timeout_trickle.PAUSE": 0.1,
    "idle_timeout.PATIENCE": 0.3,
    "proxy_buffering.PAUSE": 0.2,
    "server_overloaded.BLOCKED": 0.2,
    "session_forgotten.LIFE": 0.3,
}
"""Constants of the faults, and their seconds."""


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in WAITS.items():
        monkeypatch.setattr(f"wsgui.lab.faults.{name}", seconds)
