"""Two recordings side by side, aligned by step: what was the same, what was not, and what only one of them had.

A recording is folded into *attempts* to connect, each into *steps* (:mod:`.steps`). What changes from run to run by
itself (session ids, ports, times of day) is no part of a step (:mod:`.steady`), and steps of the same stage need not
come in the same order: requests overtake each other.
"""

from wsgui.core.comparison.comparison import Comparison, Row, Side, Verdict, compare
from wsgui.core.comparison.step import Stage, Step

__all__ = ["Comparison", "Row", "Side", "Stage", "Step", "Verdict", "compare"]
