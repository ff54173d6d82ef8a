"""The loop: asyncio's rules on Qt's loop."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.running import run, until
from wsgui.app import SLICE_SECONDS, ReadyLoop


def test_callbacks_run_in_the_order_of_call_soon(qapp: QApplication) -> None:
    seen: list[int] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        for number in range(1000):
            loop.call_soon(seen.append, number)
        await until(lambda: len(seen) == 1000)

    run(qapp, body)
    assert seen == list(range(1000))


def test_call_later_keeps_the_order_of_the_times(qapp: QApplication) -> None:
    seen: list[str] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(0.03, seen.append, "third")
        loop.call_later(0.001, seen.append, "first")
        loop.call_later(0.015, seen.append, "second")
        await until(lambda: len(seen) == 3)

    run(qapp, body)
    assert seen == ["first", "second", "third"]


def test_a_timer_is_never_early(qapp: QApplication) -> None:
    early: list[float] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        for _ in range(20):
            due = loop.time() + 0.003
            await asyncio.sleep(0.003)
            early.append(loop.time() - due)

    run(qapp, body)
    assert min(early) >= 0


def test_cancelled_callbacks_do_not_run(qapp: QApplication) -> None:
    seen: list[str] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(seen.append, "soon").cancel()
        loop.call_later(0.001, seen.append, "later").cancel()
        loop.call_later(0.002, seen.append, "kept")
        await until(lambda: bool(seen))

    run(qapp, body)
    assert seen == ["kept"]


def test_a_thread_can_wake_the_loop(qapp: QApplication) -> None:
    seen: list[str] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        main = threading.current_thread()
        arrived = asyncio.Event()

        def arrive() -> None:
            seen.append("in the loop's thread" if threading.current_thread() is main else "elsewhere")
            arrived.set()

        threading.Thread(target=loop.call_soon_threadsafe, args=(arrive,)).start()
        await arrived.wait()

    run(qapp, body)
    assert seen == ["in the loop's thread"]


def test_qt_has_its_turn_while_asyncio_is_busy(qapp: QApplication) -> None:
    turns: list[float] = []

    async def body() -> None:
        timer = QTimer(interval=0)
        timer.timeout.connect(lambda: turns.append(time.perf_counter()))
        timer.start()
        while len(turns) < 5:
            until_when = time.perf_counter() + 2 * SLICE_SECONDS
            while time.perf_counter() < until_when:
                pass
            await asyncio.sleep(0)
        timer.stop()

    run(qapp, body)


def test_a_busy_loop_of_short_steps_does_not_starve_qt(qapp: QApplication) -> None:
    turns: list[int] = []

    async def body() -> None:
        timer = QTimer(interval=0)
        timer.timeout.connect(lambda: turns.append(1))
        timer.start()
        while len(turns) < 5:  # noqa: ASYNC110 - being busy is the point
            await asyncio.sleep(0)
        timer.stop()

    run(qapp, body)


def test_a_socket_is_served(qapp: QApplication) -> None:
    answers: list[bytes] = []

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    async def body() -> None:
        server = await asyncio.start_server(echo, "127.0.0.1")
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            writer.write(b"hello\n")
            answers.append(await reader.read())
            writer.close()
            await writer.wait_closed()

    run(qapp, body)
    assert answers == [b"hello\n"]


def test_nothing_can_be_called_from_a_thread_after_the_end(qapp: QApplication) -> None:
    loop = ReadyLoop(qapp)
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon_threadsafe(print)
