"""A page of tabs whose content is made when it is first shown, for the window to open sooner."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class LatePage(QWidget, Generic[W]):
    """``make`` makes the content."""

    def __init__(self, make: Callable[[], W]) -> None:
        super().__init__()
        self._make = make
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @cached_property
    def content(self) -> W:
        """The content; asking for it makes it, too."""
        content = self._make()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        self.setFocusProxy(content)
        return content

    def showEvent(self, event: QShowEvent) -> None:
        self.content.show()
        super().showEvent(event)
