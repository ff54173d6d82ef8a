"""The tables beside the findings: transports compared, what the server says of itself, and what a browser does."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wsgui.core.browser_differences import Page, difference_rows
from wsgui.core.findings import Report, Stage, Status
from wsgui.core.i18n import _
from wsgui.core.server_values import server_rows
from wsgui.core.visible import one_line
from wsgui.ui.diagnosis.fact_table import FactTable
from wsgui.ui.diagnosis.run import Form
from wsgui.ui.diagnosis.words import STATUS_TONE, STATUS_WORD, TRANSPORT_WORD, tone_of, word_of
from wsgui.ui.plain_label import PlainLabel

_LONGEST = 2000
"""Characters of a sentence."""


class Tables(QWidget):
    """Shows what stands in a :class:`Report` beside its findings."""

    def __init__(self) -> None:
        super().__init__()
        self.transports = FactTable(
            "transportTable",
            _("Transports compared"),
            (_("Transport"), _("Outcome"), _("Status"), _("Time")),
            0,
        )
        self.server = FactTable(
            "serverTable",
            _("What the server says of itself"),
            (_("Setting"), _("This server"), _("Default"), _("Guide")),
            1,
        )
        self.browser = FactTable(
            "browserTable", _("What a browser would do"), (_("Result"), _("What a browser finds")), 1
        )
        self.differences = FactTable(
            "differenceTable", _("Why it may differ from this program"), (_("This program"), _("A browser")), 0, 1
        )
        self._verdict = PlainLabel()
        self.filled = False
        """Whether there is a report in them."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for table in (self.transports, self.server, self.browser, self.differences):
            title = PlainLabel(table.accessibleName(), "title")
            column.addSpacing(6)
            column.addWidget(title)
            if table is self.browser:
                column.addWidget(self._verdict)
            column.addWidget(table)
        column.addStretch()

    def forget(self) -> None:
        """There is no report to show any more."""
        self.filled = False

    def show_report(self, report: Report, form: Form) -> None:
        """Show this one, which was made of that form."""
        self.filled = True
        self._show_transports(report)
        rows = server_rows(report.server, form.protocol)
        self.server.show_rows(
            [
                (row.name, f"{row.here}\n{row.remark}" if row.remark else row.here, row.default, row.guide)
                for row in rows
            ],
            ["changed" if row.remark else "text" for row in rows],
        )
        self._show_browser(report, form)

    def _show_transports(self, report: Report) -> None:
        rows: list[tuple[str, ...]] = []
        tones: list[str] = []
        for row in report.transports:
            took = "–" if row.seconds is None else _("{ms:.0f} ms").format(ms=row.seconds * 1000)
            name = _(TRANSPORT_WORD.get(row.transport, row.transport))
            rows.append((name, _(STATUS_WORD[row.outcome]), str(row.status or "–"), took))
            if row.failure:
                rows.append((_("What fails: {what}").format(what=row.failure),))
            tone = "text" if row.outcome is Status.PASS else STATUS_TONE[row.outcome]
            tones += [tone] * (2 if row.failure else 1)
        self.transports.show_rows(rows, tones)

    def _show_browser(self, report: Report, form: Form) -> None:
        view = report.browser
        if view.allowed is None:
            said = _("Type the origin of the web page above, such as https://app.example.com, to see it.")
        else:
            answer = _("It would connect.") if view.allowed else _("It would be refused.")
            said = one_line(f"{answer} {view.reason}", _LONGEST)
        self._verdict.show_text(said, {None: "muted", True: "good", False: "bad"}[view.allowed])
        found = [each for each in report.findings if each.stage is Stage.BROWSER and each.status is not Status.SKIP]
        self.browser.show_rows(
            [(word_of(each, report), each.summary) for each in found],
            ["text" if each.status is Status.PASS else tone_of(each, report) for each in found],
        )
        page = Page(form.url, form.origin, form.values, form.protocol)
        self.differences.show_rows([(f"{row.topic}: {row.here}", row.browser) for row in difference_rows(page)])
