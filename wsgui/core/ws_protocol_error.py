"""A breach of the WebSocket protocol, in the words of the ``ws`` library, which is what people search for."""

from __future__ import annotations


class ProtocolError(Exception):
    """``str()`` is the message of ``ws``, ``problem`` what is special in it; ``name`` is its error code.

    ``close_code`` is what the breach is answered with.
    """

    def __init__(self, problem: str, name: str, close_code: int = 1002) -> None:
        super().__init__(f"Invalid WebSocket frame: {problem}" if close_code in (1002, 1007) else problem)
        self.problem = problem
        self.name = name
        self.close_code = close_code
