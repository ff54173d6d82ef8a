"""Every known cause can be met in the lab, or its row says why not; and no fault has a cause that nobody knows."""

from __future__ import annotations

import pytest

from wsgui.core.causes import CAUSES
from wsgui.core.causes.cause import Cause
from wsgui.lab.catalogue import faults

SHOWN = {fault.cause for fault in faults().values()}


@pytest.mark.parametrize("cause", CAUSES.values(), ids=lambda cause: cause.id)
def test_a_cause_has_a_fault_or_a_reason_why_not(cause: Cause) -> None:
    assert (cause.id in SHOWN) != bool(cause.why_not_produced)


def test_no_fault_has_a_cause_of_its_own() -> None:
    assert SHOWN - CAUSES.keys() == set()
