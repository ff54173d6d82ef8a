"""The least that a Qt program can be: an empty ``QMainWindow``, until it takes input."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.first_paint import FirstPaint


def main() -> None:
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    FirstPaint(window)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
