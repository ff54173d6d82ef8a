"""The demonstration without a screen: the same window, off-screen; it connects, diagnoses, prints both, and ends."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from wsgui.core.describe import describe
from wsgui.core.findings import Report, Status, Verdict
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.core.verdict import headline
from wsgui.core.visible import one_line
from wsgui.net.state import State
from wsgui.ui.diagnosis.words import in_order, word_of
from wsgui.ui.window import Window

PATIENCE_SECONDS = 20.0
SCREENSHOT = "wsgui-demo.png"


async def run_without_screen(window: Window) -> int:
    """Show the built-in server at work; 0 if it did, 1 if not."""
    window.show()
    window.start_demo()
    tab = window.tab
    report: Report | None = None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while tab.status.transport != "websocket" or tab.strip.received < 3:  # noqa: ASYNC110 - a show, not a test
                await asyncio.sleep(0.05)
        tab.send.event_edit.setText("echo")
        tab.send.payload_edit.setPlainText('"hello", {"from": "wsgui"}')
        tab.send.send_button.click()
        await asyncio.sleep(0.5)
        worked = tab.status.state is State.CONNECTED
        tab.diagnosing.start()
        diagnosis = tab.diagnosing.pane
        assert diagnosis is not None
        while diagnosis.run.running:  # noqa: ASYNC110 - a show, not a test
            await asyncio.sleep(0.05)
        report = diagnosis.run.report
        worked = worked and report is not None and report.verdict is Verdict.OK
    except TimeoutError:
        worked = False
    for record in tab.records():
        line = f"{record.t:8.3f} {record.direction.value:>3} {_(LABEL[record.kind]):<14} {describe(record).summary}"
        sys.stdout.write(one_line(line) + "\n")
    for line in _diagnosis(report) if report else ():
        sys.stdout.write(one_line(line) + "\n")
    path = Path.cwd() / SCREENSHOT
    saved = window.grab().save(str(path))
    sys.stdout.write(_("Screenshot: {path}").format(path=path) + "\n" if saved else "")
    window.close()
    await window.closed.wait()
    if not worked:
        sys.stdout.write(_("The demonstration failed: the built-in server was not reached.") + "\n")
    return 0 if worked and saved else 1


def _diagnosis(report: Report) -> list[str]:
    """The verdict, and what was found."""
    found = (each for each in in_order(report) if each.status is not Status.SKIP)
    return [_("Diagnosis: {verdict}").format(verdict=headline(report))] + [
        f"{word_of(each, report):<14} {each.summary}" for each in found
    ]
