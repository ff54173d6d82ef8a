"""python-engineio says on its log what it thinks of the requests of a diagnosis, which is what they are for."""

from __future__ import annotations

from tests.checks.conftest import server_says_nothing

__all__ = ["server_says_nothing"]
