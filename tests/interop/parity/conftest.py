"""Runs the cases that were asked for side by side, once, because each waits for servers most of its time."""

from __future__ import annotations

import asyncio

import pytest

from tests.interop.parity.case import Case
from tests.interop.parity.run_case import NodeServers, node_servers, run_case
from tests.interop.parity.trace import Run

AT_ONCE = 5
"""Cases under way at a time: enough to fill two cores, few enough to keep within every time-out of a case."""


Outcome = tuple[Run, Run] | Exception


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, node: None) -> dict[str, Outcome]:
    """What came of each case that this run of the tests asks for, by its name."""
    specs = [getattr(item, "callspec", None) for item in request.session.items]
    cases = [spec.params["case"] for spec in specs if spec is not None and isinstance(spec.params.get("case"), Case)]
    return asyncio.run(_run_all(cases))


async def _run_all(cases: list[Case]) -> dict[str, Outcome]:
    free = asyncio.Semaphore(AT_ONCE)

    async def run(case: Case, servers: NodeServers) -> Outcome:
        async with free:
            try:
                return await run_case(case, servers)
            except Exception as error:  # noqa: BLE001 - it is raised again by the test of this case
                return error

    async with node_servers() as servers:
        results = await asyncio.gather(*(run(case, servers) for case in cases))
    return {case.name: result for case, result in zip(cases, results, strict=True)}
