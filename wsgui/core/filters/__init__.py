"""What is typed into the filter box, as a condition on records that SQLite checks.

:data:`~wsgui.core.filters.terms.TERMS` is the one table: the parser tries its rows in order; the help, the completion
and the page of the guide show them. A filter is a row of terms with blanks between them, and a record is shown when all
of them hold; ``OR`` stands between two such rows.
"""

from wsgui.core.filters.completion import Offer, Seen, offers, term_of
from wsgui.core.filters.condition import Condition, FilterError, all_of
from wsgui.core.filters.functions import FUNCTIONS
from wsgui.core.filters.terms import OR, TERMS, Term, forms, parse, word_at
from wsgui.core.filters.wanted import Wanted, wanted

__all__ = [
    "FUNCTIONS",
    "OR",
    "TERMS",
    "Condition",
    "FilterError",
    "Offer",
    "Seen",
    "Term",
    "Wanted",
    "all_of",
    "forms",
    "offers",
    "parse",
    "term_of",
    "wanted",
    "word_at",
]
