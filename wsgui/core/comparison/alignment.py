"""Which attempts and which steps stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from wsgui.core.comparison.step import ORDER, Attempt, Stage, Step

Pairs = list[tuple[int | None, int | None]]
"""Numbers of a left and a right one; ``None`` where there is none."""


def likeness(left: Attempt, right: Attempt) -> int:
    """How much two attempts have in common; 0: nothing. The same outcome outweighs a step or two."""
    common = len({step.key for step in left.steps} & {step.key for step in right.steps})
    return common * 2 + 3 * (left.heading.traits == right.heading.traits) if common else 0


def aligned(left: Sequence[Attempt], right: Sequence[Attempt]) -> Pairs:
    """The attempts in their order, so paired that they have most in common: a weighted longest common subsequence."""
    likenesses = [[likeness(one, other) for other in right] for one in left]
    # best[i][j]: of what is left from i and j on.
    best = [[0] * (len(right) + 1) for _row in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], _together(likenesses[i][j], best[i + 1][j + 1]))
    pairs: Pairs = []
    i = j = 0
    while i < len(left) and j < len(right):
        if best[i][j] == _together(likenesses[i][j], best[i + 1][j + 1]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs + [(rest, None) for rest in range(i, len(left))] + [(None, rest) for rest in range(j, len(right))]


def _together(alike: int, rest: int) -> int:
    """What a pair is worth; one that has nothing in common is none."""
    return alike + rest if alike else -1


def merged(left: Sequence[Step], right: Sequence[Step]) -> list[tuple[Step | None, Step | None]]:
    """The steps of two attempts, by their keys.

    The stages come in their order; within one, the left steps in theirs, and what only the right one has after the
    step that it followed there and after what only the left one has at that place.
    """
    there = {step.key: step for step in right}
    place = {step.key: number for number, step in enumerate(left)}
    behind: dict[int, list[Step]] = {}
    before = -1
    for step in right:
        if step.key in place:
            before = place[step.key]
        else:
            behind.setdefault(before, []).append(step)
    rows: list[tuple[Step | None, Step | None]] = []
    waiting = behind.get(-1, [])
    for number, step in enumerate(left):
        if step.key in there:  # what only the left one has goes before what only the right one has
            rows += [(None, other) for other in waiting]
            waiting = behind.get(number, [])
        rows.append((step, there.get(step.key)))
    rows += [(None, other) for other in waiting]
    return sorted(rows, key=lambda row: ORDER[_stage(*row)])


def _stage(left: Step | None, right: Step | None) -> Stage:
    step = left or right
    assert step is not None
    return step.stage
