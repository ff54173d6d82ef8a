"""Diagnose a URL again and again, with all checks but the slow ones: prints the seconds that each took.

Without a URL it is the lab's host that never answers, on an address of this machine.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack

from benchmarks.diagnosis import PAGE
from wsgui.checks.diagnosis import Diagnosis, Question
from wsgui.lab.catalogue import faults


async def main(url: str, times: int) -> None:
    took = []
    async with AsyncExitStack() as stack:
        place = url or await stack.enter_async_context(faults()["connection-timeout"].serve(0))
        for _ in range(times):
            diagnosis = Diagnosis(Question(url=place, values={}, origin=PAGE))
            began = time.perf_counter()
            report = await diagnosis.run()
            took.append(time.perf_counter() - began)
            assert report.cause == (None if url else "connection-timeout"), report.causes
    print(json.dumps(took))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
