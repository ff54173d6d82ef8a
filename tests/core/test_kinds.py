"""Every kind of record has a name of its own for people."""

from wsgui.core.kinds import LABEL
from wsgui.core.records import Kind


def test_every_kind_has_a_label_that_no_other_has() -> None:
    assert LABEL.keys() == set(Kind)
    assert len({label.casefold() for label in LABEL.values()}) == len(Kind)
    assert all(label.strip() for label in LABEL.values())
