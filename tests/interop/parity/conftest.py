"""Runs the cases that were asked for side by side, because each waits for servers most of its time.

They run in a thread of their own, so that the test of a case waits for that case alone.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future

import pytest

from tests.interop.parity.case import Case
from tests.interop.parity.run_case import NodeServers, node_servers, run_case
from tests.interop.parity.trace import Run

AT_ONCE = 5
"""Cases under way at a time: enough to fill two cores, few enough to keep within every time-out of a case."""

Outcome = Future[tuple[Run, Run]]


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, node: None) -> Iterator[Mapping[str, Outcome]]:
    """What will come of each case that this run of the tests asks for, by its name."""
    specs = [getattr(item, "callspec", None) for item in request.session.items]
    cases = [spec.params["case"] for spec in specs if spec is not None and isinstance(spec.params.get("case"), Case)]
    waiting: dict[str, Outcome] = {case.name: Future() for case in cases}
    thread = threading.Thread(target=lambda: asyncio.run(_run_all(cases, waiting)), name="parity", daemon=True)
    thread.start()
    yield waiting
    for outcome in waiting.values():
        outcome.cancel()  # those that nobody will ask for any more
    thread.join()


async def _run_all(cases: list[Case], waiting: Mapping[str, Outcome]) -> None:
    free = asyncio.Semaphore(AT_ONCE)

    async def run(case: Case, servers: NodeServers) -> None:
        async with free:
            outcome = waiting[case.name]
            if not outcome.set_running_or_notify_cancel():
                return
            try:
                outcome.set_result(await run_case(case, servers))
            except Exception as error:  # noqa: BLE001 - it is raised again by the test of this case
                outcome.set_exception(error)

    async with node_servers() as servers:
        await asyncio.gather(*(run(case, servers) for case in cases))
