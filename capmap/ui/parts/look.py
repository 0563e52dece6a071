"""Look: the colours of the window around the map, light and dark, and the style sheet made of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from string import Template


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """Colours ("#rrggbb") of everything but the map.

    ``panel`` is the ground of bars and panels, ``control`` of quiet buttons; ``wash`` marks what is selected in a
    list, ``chosen`` what is selected or primary; ``chosen_ink`` stands on it and ``chosen_text`` is the same blue for
    words on a panel.
    """

    name: str
    window: str
    panel: str
    field: str
    line: str
    edge: str
    control: str
    hover: str
    pressed: str
    ink: str
    soft_ink: str
    quiet: str
    faint: str
    chosen: str
    chosen_hover: str
    chosen_ink: str
    chosen_text: str
    wash: str
    danger: str
    warning: str
    good: str
    bubble: str
    bubble_ink: str


LIGHT_LOOK = Look(
    name="light",
    window="#eef0f3",
    panel="#ffffff",
    field="#ffffff",
    line="#dfe3e9",
    edge="#cdd3dc",
    control="#edeff3",
    hover="#f2f4f7",
    pressed="#e3e7ed",
    ink="#1d2430",
    soft_ink="#3b4556",
    quiet="#5f6b7c",
    faint="#8d97a6",
    chosen="#1565d8",
    chosen_hover="#0f56bd",
    chosen_ink="#ffffff",
    chosen_text="#1565d8",
    wash="#e3eefc",
    danger="#b3261e",
    warning="#8a5a00",
    good="#1f7a5c",
    bubble="#1d2430",
    bubble_ink="#ffffff",
)

DARK_LOOK = Look(
    name="dark",
    window="#12161d",
    panel="#1a202a",
    field="#131820",
    line="#2a3240",
    edge="#3a4454",
    control="#28303d",
    hover="#242c38",
    pressed="#313b4a",
    ink="#f3f5f8",
    soft_ink="#c5cdd9",
    quiet="#9aa5b5",
    faint="#718095",
    chosen="#2b6cd8",
    chosen_hover="#4285ee",
    chosen_ink="#ffffff",
    chosen_text="#7db2ff",
    wash="#213453",
    danger="#ff8f86",
    warning="#f2c265",
    good="#6fcfa9",
    bubble="#f3f5f8",
    bubble_ink="#12161d",
)


def style_sheet(look: Look, pictures: Mapping[str, str]) -> str:
    """The style sheet of the whole application in these colours; ``pictures`` names SVG files for down, right, tick."""
    return _SHEET.substitute(dataclasses.asdict(look), **pictures)


_SHEET = Template("""
* { outline: none; }
QWidget { color: $ink; font-size: 13px; }
QMainWindow, QDialog { background: $panel; }
QToolTip { background: $bubble; color: $bubble_ink; border: none; padding: 5px 8px; }

#header, #status { background: $panel; }
#header { border-bottom: 1px solid $line; }
#status { border-top: 1px solid $line; }
#status QLabel, #status QToolButton { color: $quiet; font-size: 12px; }
#status QToolButton { border: none; border-radius: 4px; padding: 2px 6px; background: transparent; }
#status QToolButton:hover { background: $hover; color: $ink; }
#status QToolButton:focus { border: 2px solid $chosen; padding: 0 4px; }
#status QLabel[tone="danger"] { color: $danger; font-weight: 600; }
#status QLabel[tone="warning"] { color: $warning; font-weight: 600; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $chosen; }

QMenuBar { background: transparent; padding: 0; spacing: 0; }
QMenuBar::item { padding: 6px 9px; border-radius: 5px; background: transparent; color: $soft_ink; }
QMenuBar::item:selected { background: $control; color: $ink; }
QMenu { background: $panel; border: 1px solid $edge; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 10px; border-radius: 5px; min-width: 130px; }
QMenu::item:selected { background: $wash; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::right-arrow { image: url($right); width: 10px; height: 10px; }

QPushButton, QToolButton[menuButton="true"] {
  background: $panel; border: 1px solid $edge; border-radius: 6px; padding: 5px 12px; color: $ink;
}
QToolButton[menuButton="true"] { padding: 5px 10px; }
QToolButton[menuButton="true"]::menu-indicator { image: none; }
QPushButton:hover, QToolButton[menuButton="true"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[menuButton="true"]:pressed,
QToolButton[menuButton="true"]:open { background: $pressed; }
QPushButton:focus, QToolButton[menuButton="true"]:focus { border: 2px solid $chosen; padding: 4px 11px; }
QToolButton[menuButton="true"]:focus { padding: 4px 9px; }
QPushButton:disabled, QToolButton[menuButton="true"]:disabled {
  color: $faint; background: $panel; border-color: $line;
}
QPushButton[primary="true"] { background: $chosen; border-color: $chosen; color: $chosen_ink; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $chosen_hover; border-color: $chosen_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $ink; }
QPushButton[primary="true"]:disabled { background: $control; border-color: $control; color: $faint; }
QToolButton[quietButton="true"] {
  border: 2px solid transparent; border-radius: 5px; padding: 3px; background: transparent;
}
QToolButton[quietButton="true"]:hover { background: $control; }
QToolButton[quietButton="true"]:focus { border-color: $chosen; }
QToolButton[quietButton="true"]:checked { background: $wash; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {
  background: $field; border: 1px solid $edge; border-radius: 6px; padding: 5px 8px; color: $ink;
  selection-background-color: $chosen; selection-color: $chosen_ink;
}
QPlainTextEdit { padding: 3px 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover { border-color: $faint; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $chosen; padding: 4px 7px; }
QPlainTextEdit:focus { border: 2px solid $chosen; padding: 2px 3px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  color: $quiet; background: $panel; border-color: $line;
}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { border-color: $line; color: $soft_ink; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url($down); width: 10px; height: 10px; }
QComboBox QAbstractItemView, QListView[popup="true"] {
  background: $panel; border: 1px solid $edge; border-radius: 6px; padding: 4px;
  selection-background-color: $wash; selection-color: $ink;
}
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $faint; border-radius: 4px; background: $field; }
QCheckBox::indicator:checked { background: $chosen; border-color: $chosen; image: url($tick); }
QCheckBox:focus, QRadioButton:focus { color: $chosen_text; }
QCheckBox::indicator:focus { border: 2px solid $chosen; }

QAbstractItemView { background: $panel; border: none; selection-background-color: $wash; selection-color: $ink; }
QTreeView::item { padding: 0 2px; border: none; color: $ink; }
QTreeView::branch { background: transparent; border-image: none; image: none; }
QTreeView::branch:has-children:closed { image: url($right); }
QTreeView::branch:has-children:open { image: url($down); }
QHeaderView::section {
  background: $panel; color: $quiet; border: none; border-bottom: 1px solid $line; padding: 6px 8px; font-size: 12px;
}
QTableView, QListView, QTreeView { alternate-background-color: $panel; }
#framed { border: 1px solid $line; border-radius: 6px; }
#framed::item { padding: 0 6px; }
#framed:focus { border: 2px solid $chosen; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 3px 2px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0;
}

QProgressBar { background: $control; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $chosen; border-radius: 3px; }

QLabel[role="title"] { font-size: 20px; font-weight: 700; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="quiet"] { color: $quiet; font-size: 12px; }
QLabel[role="problem"] { color: $danger; }
QLabel[role="warning"] { color: $warning; font-size: 12px; }
QPushButton[small="true"] { padding: 2px 8px; font-size: 12px; }
QPushButton[small="true"]:focus { padding: 1px 7px; }
#panelTitle { font-weight: 600; padding: 11px 0 7px 14px; }

#inspectorBody { background: $panel; }
#nameEdit { font-size: 20px; font-weight: 700; border-color: transparent; background: transparent; padding: 0; }
#nameEdit:hover { border-color: $line; }
#nameEdit:focus { border: 1px solid $chosen; padding: 0; background: $field; }
#plainEdit { border-color: transparent; background: transparent; padding: 0; color: $soft_ink; }
#plainEdit:hover { border-color: $line; }
#plainEdit:focus { border: 1px solid $chosen; padding: 0; background: $field; color: $ink; }
QToolButton[crumb="true"] { border: none; background: transparent; color: $quiet; font-size: 12px; padding: 1px 2px; }
QToolButton[crumb="true"]:hover { color: $chosen_text; text-decoration: underline; }
QToolButton[crumb="true"]:focus { color: $chosen_text; border: 1px solid $chosen; border-radius: 3px; }
QPushButton[cell="true"] {
  background: $control; border: 2px solid $control; border-radius: 4px; padding: 2px 0; color: $soft_ink;
}
QPushButton[cell="true"]:hover { background: $pressed; border-color: $pressed; }
QPushButton[cell="true"][outlined="true"] { border-color: $chosen_text; background: $panel; }
QPushButton[cell="true"]:checked { background: $chosen; border-color: $chosen; color: $chosen_ink; font-weight: 700; }
QPushButton[cell="true"][outlined="true"]:checked { border-color: $ink; }
QPushButton[cell="true"]:disabled { color: $faint; }
QToolButton[handle="true"] {
  border: 1px solid transparent; border-radius: 4px; padding: 1px 5px; color: $quiet; background: transparent;
  font-size: 12px;
}
QToolButton[handle="true"]:hover { background: $control; }
QToolButton[handle="true"]:checked { color: $ink; background: $control; }
QToolButton[handle="true"]:focus { border: 2px solid $chosen; padding: 0 4px; color: $ink; }

#crumbs { background: $panel; border-bottom: 1px solid $line; }
#message { background: $bubble; border-radius: 8px; }
#message QLabel { color: $bubble_ink; background: transparent; }
#message QPushButton {
  background: transparent; border: 1px solid transparent; color: $bubble_ink; font-weight: 600; padding: 3px 8px;
  text-decoration: underline;
}
#message QPushButton:focus { border: 2px solid $bubble_ink; padding: 2px 7px; }
#message QToolButton { border: 2px solid transparent; background: transparent; border-radius: 4px; padding: 2px; }
#message QToolButton:focus { border-color: $bubble_ink; }

#findField { background: $field; padding-left: 30px; padding-right: 56px; }
#palette { background: $panel; border: 1px solid $edge; border-radius: 8px; }
#palette QListView { background: transparent; border-radius: 8px; }
#card { background: $panel; border: 1px solid $line; border-radius: 10px; }
#startPage { background: $window; }
#startPage QListView { background: transparent; }
QPushButton[startCard="true"] {
  text-align: left; border: 1px solid $line; border-radius: 10px; padding: 0; background: $panel;
}
QPushButton[startCard="true"]:hover { border-color: $chosen; background: $panel; }
QPushButton[startCard="true"]:focus { border: 2px solid $chosen; padding: 0; }
QKeySequenceEdit { color: $quiet; }
""")
