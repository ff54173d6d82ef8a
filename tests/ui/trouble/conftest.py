"""What all tests of the guard need."""

from __future__ import annotations

import faulthandler
import logging
import sys
from collections.abc import Iterator

import pytest


def is_of_the_program(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith("This plugin does not support ")


@pytest.fixture(autouse=True)
def nothing_of_the_platform() -> Iterator[None]:
    """The off-screen platform says what only a screen can do; the guard hands it on to the log."""
    logging.getLogger("qt").addFilter(is_of_the_program)
    yield
    logging.getLogger("qt").removeFilter(is_of_the_program)


@pytest.fixture(autouse=True)
def fault_handler_of_the_tests() -> Iterator[None]:
    """The guard takes it over, too."""
    yield
    assert sys.__stderr__ is not None
    faulthandler.enable(sys.__stderr__)
