"""The style sheet: one compact text for the whole program, filled with the colours of a theme.

A widget says more of itself with a property: ``role`` (``primary``, ``danger``) on a button, ``state`` (``bad``,
``changed``) on an editor, ``pill`` (``good``, ``warning``, ``bad``, ``muted``) and ``tone`` (those and ``title``) on a
label, ``band`` (``bad``) on a frame. After setting one on a widget that is shown already, call
:func:`wsgui.ui.theme.restyle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from wsgui import resources


def style_sheet(colours: Mapping[str, str], name: str) -> str:
    """The style sheet in these colours. ``name`` says which drawings go with them: ``light`` or ``dark``."""
    return Template(_SHEET).substitute(colours, name=name, controls=resources.path("controls").as_posix())


_SHEET = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QPushButton, QToolButton {
  background: $surface; color: $text; border: 1px solid $border; border-radius: 4px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { border-color: $edge }
QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { border-color: $border }
QLineEdit, QComboBox, QAbstractSpinBox, QPushButton, QToolButton { min-height: 18px }
QPlainTextEdit, QTextEdit { padding: 4px }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPushButton:focus,
QToolButton:focus { border: 2px solid $accent; padding: 3px 7px }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
QPushButton:disabled, QToolButton:disabled { background: $window; color: $disabled }
QLineEdit:read-only { background: $window }
*[state="changed"] { border-color: $changed }
*[state="bad"], *[state="bad"]:focus { border-color: $bad }

QPushButton, QToolButton { background: $raised; padding: 4px 12px }
QPushButton:focus { padding: 3px 11px }
QToolButton { min-height: 17px; padding: 3px 8px }
QToolButton:focus { padding: 2px 7px }
QPushButton:hover, QToolButton:hover { background: $hover }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $selection }
QToolButton:checked { border-color: $accent }
QToolButton[autoRaise="true"] { background: transparent; border-color: transparent }
QToolButton[autoRaise="true"]:hover { background: $hover }
QToolButton[autoRaise="true"]:focus { border-color: $accent }
QLineEdit > QToolButton { min-height: 0; padding: 0; border: none; background: transparent }
QToolButton[role="link"] { color: $accent; padding: 0 4px; min-height: 14px; text-decoration: underline }
QToolButton[popupMode="1"] { padding-right: 20px }
QToolButton::menu-button { border: none; width: 16px }
QToolButton::menu-indicator { image: none }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600 }
QPushButton[role="primary"]:hover { background: $accent_hover }
QPushButton[role="danger"] { color: $bad; border-color: $bad }
QPushButton[role="primary"]:focus { border-color: $text }
QPushButton[role]:disabled { background: $window; color: $disabled; border-color: $border }

QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus, QComboBox > QLineEdit:focus {
  border: none; padding: 0 0 0 6px; background: transparent }
QComboBox { padding-right: 24px }
QComboBox:focus { padding-right: 23px }
QComboBox::drop-down { border: none; width: 20px }
QComboBox QAbstractItemView { border: 1px solid $border; background: $surface; outline: none }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url($controls/down.svg) }
QAbstractSpinBox::up-arrow { image: url($controls/up.svg) }
QCheckBox, QRadioButton { spacing: 8px }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; background: $surface; border: 1px solid $muted; border-radius: 3px }
QRadioButton::indicator { border-radius: 8px }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url($controls/check-$name.svg) }
QRadioButton::indicator:checked { border-color: $accent;
  background: qradialgradient(cx:.5, cy:.5, radius:.5, fx:.5, fy:.5, stop:.55 $accent, stop:.65 $surface) }
QCheckBox::indicator:indeterminate { border-color: $accent;
  background: qlineargradient(x1:0, y1:0, x2:0, y2:1, stop:.41 $surface, stop:.42 $accent, stop:.58 $accent,
  stop:.59 $surface) }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; background: $window }
QCheckBox::indicator:checked:disabled { background: $border }
QCheckBox:focus, QRadioButton:focus { color: $accent }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent }

QAbstractItemView { background: $surface; color: $text; border: 1px solid $border; border-radius: 4px;
  selection-background-color: $selection; selection-color: $text; outline: none }
QAbstractItemView:focus { border-color: $accent }
QHeaderView { background: $window; border: none }
QHeaderView::section { background: $window; color: $muted; border: none; border-bottom: 1px solid $border;
  padding: 4px 3px }
QTableCornerButton::section { background: $window; border: none }

QTabWidget::pane { border: none; border-top: 1px solid $border }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
  padding: 6px 12px }
QTabBar::tab:hover { color: $text; background: $hover }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent }
QTabBar::tab:disabled { color: $disabled; background: transparent }
QTabBar:focus { outline: none }
QTabBar QToolButton { padding: 0; min-height: 0 }
QTabBar::tab:selected:focus { background: $selection }
QTabBar::close-button { image: url($controls/close.svg); border-radius: 3px }
QTabBar::close-button:hover { background: $selection }
QSplitter::handle:horizontal { width: 7px; background: qlineargradient(x1:0, y1:0, x2:1, y2:0, stop:.42 transparent,
  stop:.43 $border, stop:.57 $border, stop:.58 transparent) }
QSplitter::handle:vertical { height: 7px; background: qlineargradient(x1:0, y1:0, x2:0, y2:1, stop:.42 transparent,
  stop:.43 $border, stop:.57 $border, stop:.58 transparent) }
QSplitter::handle:hover { background: $hover }
QGroupBox { border: none; border-top: 1px solid $border; margin-top: 18px; padding-top: 8px }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: $muted }

QScrollBar { background: transparent; border: none; margin: 0 }
QScrollBar:vertical { width: 10px }
QScrollBar:horizontal { height: 10px }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px }
QScrollBar::handle:hover { background: $muted }
QScrollBar::handle:vertical { min-height: 32px }
QScrollBar::handle:horizontal { min-width: 32px }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent }

QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px }
QMenu::item { padding: 5px 24px; border-radius: 3px }
QMenu::item:selected { background: $selection }
QMenu::item:disabled { color: $disabled }
QMenu::separator { background: $border; height: 1px; margin: 4px 8px }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px }
QStatusBar::item { border: none }
QToolBar { background: $window; border: none; padding: 0; spacing: 0 }

QLabel[pill] { border-radius: 9px; padding: 2px 9px; font-weight: 600 }
QLabel[pill="muted"] { background: $raised; color: $muted }
QLabel[pill="good"] { background: $good_tint; color: $good }
QLabel[pill="warning"] { background: $warning_tint; color: $warning }
QLabel[pill="bad"] { background: $bad_tint; color: $bad }
#emptyState { background: $surface; border-radius: 4px }
#firstRun { background: $window; border: none }
#firstRun > QWidget > QWidget { background: $window }
#namespaceList::item, #filterOffers::item { padding: 4px 8px }
#profileTree::item { padding: 4px 0 }
QDockWidget { font-weight: 600 }
QDockWidget::title { padding: 10px 12px 0 12px }
QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: 4px }
QFrame[card="true"] QLabel { background: transparent; border: none }
QTableView[facts="true"]::item { padding: 3px }
QProgressBar { background: $raised; border: none; border-radius: 2px }
QProgressBar::chunk { background: $accent; border-radius: 2px }
QProgressBar[idle="true"], QProgressBar[idle="true"]::chunk { background: transparent }
#wireTree::item, #wireParts::item, #savedTree::item, #listenerTree::item { padding: 2px 0 }

QFrame[band="bad"] { background: $bad_tint; border: 1px solid $bad; border-radius: 4px }
QFrame[band="bad"] QLabel { color: $bad; font-weight: 600; border: none }
QFrame[toast="true"] { background: $text; border: none; border-radius: 6px }
QFrame[toast="true"] QLabel { color: $surface; background: transparent }
QFrame[toast="true"] QAbstractButton { color: $surface; background: transparent; border-color: transparent }
QFrame[toast="true"] QPushButton { border-color: $surface; font-weight: 600 }
QFrame[toast="true"] QAbstractButton:hover, QFrame[toast="true"] QAbstractButton:focus {
  color: $text; background: $surface; border-color: $surface }
QLabel[tone="muted"] { color: $muted }
QLabel[tone="good"] { color: $good }
QLabel[tone="warning"] { color: $warning }
QLabel[tone="bad"] { color: $bad }
QLabel[tone="title"] { font-weight: 600 }
"""
