"""A task is named, kept, ended with its owner, and its failure is heard."""

import asyncio

import pytest

from wsgui.core.tasks import TaskOwner


async def forever() -> None:
    await asyncio.Event().wait()


async def fail() -> None:
    raise ValueError("a defect")


async def test_closing_ends_every_task_and_waits_for_its_last_words() -> None:
    said = []

    async def polite() -> None:
        try:
            await forever()
        finally:
            await asyncio.sleep(0)
            said.append("goodbye")

    owner = TaskOwner("owner")
    task = owner.start(polite(), "polite")
    assert task.get_name() == "owner: polite"
    assert len(owner) == 1
    await asyncio.sleep(0)
    await owner.close()
    assert said == ["goodbye"]
    assert len(owner) == 0
    await owner.close()


async def test_a_task_can_close_its_own_owner() -> None:
    owner = TaskOwner("owner")
    owner.start(forever(), "other")
    closing = owner.start(owner.close(), "closing")
    await closing
    assert not closing.cancelled()
    assert len(owner) == 0


async def test_a_failure_is_heard_by_the_loop_and_by_the_owner() -> None:
    heard: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: heard.append(context))
    failures: list[BaseException] = []
    owner = TaskOwner("owner", failures.append)
    task = owner.start(fail(), "work")
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert [str(error) for error in failures] == ["a defect"]
    assert [context["message"] for context in heard] == ["owner: work failed"]
    assert heard[0]["exception"] is failures[0]


async def test_a_cancelled_task_is_no_failure() -> None:
    failures: list[BaseException] = []
    owner = TaskOwner("owner", failures.append)
    owner.start(forever(), "work")
    await asyncio.sleep(0)
    await owner.close()
    assert failures == []


@pytest.mark.parametrize("name", ["post", "post close"])
async def test_finish_waits_for_the_tasks_of_a_name(name: str) -> None:
    owner = TaskOwner("owner")
    release = asyncio.Event()

    async def wait() -> None:
        await release.wait()

    owner.start(wait(), name)
    owner.start(forever(), "poll")
    assert not await owner.finish("post", 0)
    release.set()
    assert await owner.finish("post", 10)
    assert await owner.finish("none", 0)
    await owner.close()
