"""What the tests of the exports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exports.recorded_session import record_session
from wsgui.core.recording import Recording


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    """A session in a file, still open."""
    recording = record_session(tmp_path / "session.sqlite")
    yield recording
    recording.close()
