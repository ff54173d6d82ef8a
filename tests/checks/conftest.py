"""python-engineio says on its log what it thinks of the requests of a diagnosis, which is what they are for."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def server_says_nothing() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("engineio.server", "wsgui.lab")]
    for logger in loggers:
        logger.addFilter(_no_refusal)
    yield
    for logger in loggers:
        logger.removeFilter(_no_refusal)


def _no_refusal(record: logging.LogRecord) -> bool:
    return "further occurrences of this error" not in record.getMessage()
