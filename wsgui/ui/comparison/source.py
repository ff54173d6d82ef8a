"""What can be compared: what a tab has recorded or shows, and what lies in the list of recordings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wsgui.core.i18n import _
from wsgui.core.past_recording import RecordingError, open_recording
from wsgui.core.visible import one_line

if TYPE_CHECKING:
    from wsgui.core.recorded import ClosableRecorded
    from wsgui.core.recordings import Entry
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.recordings.tab import RecordingTab
    from wsgui.ui.window import Window

_LONGEST = 90


@dataclass(frozen=True)
class Source:
    """One thing to choose; ``tab`` is where its log can be seen, if it is open."""

    label: str
    path: Path | None
    url: str
    tab: ConnectionTab | RecordingTab | None = None

    def is_same(self, other: Source | None) -> bool:
        """Whether it is the same recording, though perhaps no longer in the same tab."""
        if other is None:
            return False
        if self.path is not None and other.path is not None:
            return self.path.absolute() == other.path.absolute()
        return self.tab is not None and self.tab is other.tab

    def open(self) -> ClosableRecorded:
        """Its records, to be read and closed by the calling thread. Raises ``RecordingError`` or ``sqlite3.Error``."""
        recording = self.tab.recording if self.tab is not None else None
        if recording is not None:
            return recording.again()
        if self.path is None:
            raise RecordingError(_("“{name}” was in memory only and is gone.").format(name=self.label))
        return open_recording(self.path)


def tab_sources(window: Window) -> list[Source]:
    """The tabs that have records, the one in front first."""
    front = window.tabs.currentWidget()
    found = []
    for index in range(window.tabs.count()):
        tab = window.tabs.widget(index)
        if (source := _of_tab(tab)) is not None:
            found.append((tab is not front, index, source))
    return [source for _behind, _index, source in sorted(found, key=lambda each: each[:2])]


def _of_tab(tab: object) -> Source | None:
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.recordings.tab import RecordingTab

    if not isinstance(tab, ConnectionTab | RecordingTab) or tab.recording is None:
        return None
    url = tab.recording.meta.get("url", "")
    title = str(tab.property("title") or url)
    return Source(one_line(_("Tab: {title}").format(title=title), _LONGEST), tab.recording.path, url, tab)


def entry_source(entry: Entry) -> Source:
    """A recording in the list."""
    when = entry.started.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    title = entry.title or entry.url or entry.path.name
    return Source(one_line(f"{when}  {title}", _LONGEST), entry.path, entry.url)
