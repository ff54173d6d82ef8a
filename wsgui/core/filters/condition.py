"""What a filter becomes: a piece of SQL with its values, or a sentence that says why it cannot be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class FilterError(ValueError):
    """The filter cannot be understood; the message is one sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition on a row of the table ``record``, with the values of its placeholders.

    It may come out as NULL, where a record lacks what is asked for; that is not true, and ``not`` of it is.
    """

    sql: str
    parameters: tuple[str | float, ...] = ()


def all_of(conditions: Sequence[Condition]) -> Condition:
    """The condition that holds where each of these does."""
    return _joined(" AND ", conditions)


def any_of(conditions: Sequence[Condition]) -> Condition:
    """The condition that holds where at least one of these does."""
    return _joined(" OR ", conditions)


def _joined(word: str, conditions: Sequence[Condition]) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    return Condition(
        "(" + word.join(condition.sql for condition in conditions) + ")",
        tuple(value for condition in conditions for value in condition.parameters),
    )


def one_of(column: str, values: Sequence[str]) -> Condition:
    """The condition that ``column`` has one of these values."""
    return Condition(f"{column} IN ({','.join('?' * len(values))})", tuple(values))
