"""Which page of the guide belongs to what has the keyboard: the innermost part of the window that has a row here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wsgui.core.guide import INDEX

PAGE_OF = {
    "AddressBar": "first-connection",
    "OptionForm": "options",
    "SnippetView": "options",
    "LogPane": "log",
    "FilterEdit": "filters",
    "WirePane": "wire",
    "PulsePane": "wire",
    "DiagnosisPane": "diagnosis",
    "ConsoleBox": "console",
    "FaultsWindow": "faults",
    "ClientFaultsWindow": "faults",
    "SavedPanel": "compose",
    "MessageDialog": "compose",
    "SequencePanel": "compose",
    "StepDialog": "compose",
    "ListenerPanel": "compose",
    "EventPane": "compose",
    "MessagePane": "compose",
    "ImportDialog": "imports",
    "CodeDialog": "imports",
    "ListWindow": "recordings",
    "ProfilePanel": "profiles",
    "SaveDialog": "profiles",
    "EnvironmentsDialog": "profiles",
    "ExportDialog": "recordings",
    "ReportDialog": "recordings",
    "CompareWindow": "comparison",
    "SettingsDialog": "install",
    "ShortcutSheet": "keyboard",
}
"""The name of a widget's class -> its page."""


def topic_of(widget: QWidget | None) -> str:
    """The page for this widget, ``PAGE`` or ``PAGE#SECTION``; a widget may say more with the property ``topic``."""
    while widget is not None:
        if topic := widget.property("topic"):
            return str(topic)
        if page := PAGE_OF.get(type(widget).__name__):
            return page
        widget = widget.parentWidget()
    return INDEX
