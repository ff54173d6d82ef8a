"""The keys that stand in no menu of the window: those of a pane or an editor, which act only there.

A row here for each: the sheet and the page of the guide show it, and a test finds a shortcut that has none.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QKeySequence

from wsgui.core.i18n import N_
from wsgui.ui.command import Keys

_COPY, _PASTE, _UNDO, _FIND = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Find,
)


class PlaceKeys(NamedTuple):
    """Where the keys act, and what each does."""

    title: str
    rows: tuple[tuple[str, tuple[Keys, ...]], ...]


ELSEWHERE = (
    PlaceKeys(
        N_("In the log"),
        (
            (N_("Copy the chosen rows"), (_COPY,)),
            (N_("Stay at the newest row"), ("End",)),
            (N_("Go to the first row"), ("Home",)),
            (N_("Open the menu of the row"), ("Menu", "Shift+F10")),
            (N_("End finding"), ("Esc",)),
        ),
    ),
    PlaceKeys(
        N_("In the filter"),
        (
            (N_("Show what may come next"), ("Ctrl+Space",)),
            (N_("Take what is offered"), ("Tab", "Return")),
            (N_("Close the list of offers"), ("Esc",)),
        ),
    ),
    PlaceKeys(
        N_("While finding"),
        ((N_("Go to the next hit"), ("Return",)), (N_("Go to the hit before"), ("Shift+Return",))),
    ),
    PlaceKeys(
        N_("In the wire"),
        (
            (N_("Copy the chosen exchanges and frames"), (_COPY,)),
            (N_("Copy the chosen value of the details"), (_COPY,)),
        ),
    ),
    PlaceKeys(
        N_("In the pulse"),
        (
            (N_("Look further back, or further on"), ("Left", "Right")),
            (N_("Look closer, or at more"), ("+", "-")),
            (N_("Read the values at a moment"), ("Shift+Left", "Shift+Right")),
            (N_("Show all of it"), ("Home",)),
            (N_("Follow what happens now"), ("End",)),
            (N_("Go back to the first view"), ("0", "Esc")),
            (N_("Stop the picture, or let it go on"), ("Space",)),
        ),
    ),
    PlaceKeys(N_("In the findings"), ((N_("Copy the chosen finding"), (_COPY,)),)),
    PlaceKeys(
        N_("In the options"),
        (
            (N_("Move a transport up or down"), ("Alt+Up", "Alt+Down")),
            (N_("Remove the chosen rows of names and values"), ("Del",)),
            (N_("Paste several lines of names and values"), (_PASTE,)),
        ),
    ),
    PlaceKeys(
        N_("Where one sends"),
        ((N_("Send"), ("Ctrl+Return", "Ctrl+Enter")), (N_("Indent the arguments"), ("Ctrl+Shift+B",))),
    ),
    PlaceKeys(
        N_("In the saved messages"),
        ((N_("Put the chosen message into the pane"), ("Return",)), (N_("Delete what is chosen"), ("Del",))),
    ),
    PlaceKeys(N_("In the sequences"), ((N_("Take back the last change, a deletion too"), (_UNDO,)),)),
    PlaceKeys(
        N_("In the list of recordings"),
        (
            (N_("Open the chosen recordings"), ("Return",)),
            (N_("Give a title"), ("F2",)),
            (N_("Delete without a question"), ("Del",)),
            (N_("Bring back what was deleted last"), (_UNDO,)),
            (N_("Export the chosen recording"), ("Ctrl+E",)),
            (N_("Compare the chosen recordings"), ("Ctrl+Shift+D",)),
            (N_("Find a recording"), (_FIND,)),
        ),
    ),
    PlaceKeys(
        N_("In the guide"),
        (
            (N_("Go back to the page before"), (QKeySequence.StandardKey.Back,)),
            (N_("Go forward again"), (QKeySequence.StandardKey.Forward,)),
            (N_("Search all pages"), (_FIND,)),
        ),
    ),
    PlaceKeys(N_("In a comparison"), ((N_("Read both sides anew"), ("F5",)),)),
)
