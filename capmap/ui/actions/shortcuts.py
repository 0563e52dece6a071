"""Shortcuts: the sheet of all keys, made of the table of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from capmap.ui.actions.action import Action
from capmap.ui.actions.table import MENUS
from capmap.ui.parts.labels import plain_label

MOUSE_AND_MORE: tuple[tuple[str, str], ...] = (
    ("Type", "Name the selected box anew"),
    ("Arrows", "Walk to the next box"),
    ("Shift+arrows", "Select several"),
    ("Ctrl+click", "Add a box to the selection, or take it away"),
    ("Shift+drag", "Select with a rubber band"),
    ("Drag", "Move boxes; with Ctrl copy them"),
    ("Space+drag", "Move the map under the window"),
    ("Ctrl+wheel", "Zoom at the pointer"),
    ("Esc", "Out of it: the gesture, the name, the selection"),
    ("1 to 5", "Set the score that has the focus; 0 clears it"),
    ("4.2 in the find field", "Go to the box with that number or code"),
    ("maturity 3 in the field", "Set a score of the selected boxes"),
)
"""Keys and gestures that are no actions."""


class ShortcutSheet(QDialog):
    """All keys by menu; typing narrows the list down."""

    def __init__(self, labels: Sequence[tuple[Action, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(1160, 720)
        self._rows: list[tuple[str, QWidget, QWidget]] = []
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a key or a command")
        self.search.setAccessibleName("Find a key or a command")
        self.search.textChanged.connect(self._narrow)
        sheet = QWidget(self)
        columns = QGridLayout(sheet)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setHorizontalSpacing(36)
        columns.setVerticalSpacing(18)
        groups = [
            (menu, [(", ".join(keys_of(action)), label) for action, label in labels if action.menu == menu])
            for menu in MENUS
        ]
        groups.append(("On the map", list(MOUSE_AND_MORE)))
        heights = [0, 0, 0]
        places: list[QVBoxLayout] = []
        for place in range(len(heights)):
            column = QVBoxLayout()
            column.setSpacing(16)
            columns.addLayout(column, 0, place)
            places.append(column)
        told = [(heading, [row for row in rows if row[0]]) for heading, rows in groups]
        # The longest groups first, each into the shortest column: so all fit on one page.
        for heading, rows in sorted(told, key=lambda group: -len(group[1])):
            shortest = heights.index(min(heights))
            heights[shortest] += len(rows) + 2
            places[shortest].addWidget(self._group(heading, rows))
        for column in places:
            column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 16)
        body.setSpacing(14)
        body.addWidget(self.search)
        body.addWidget(area, 1)
        self.search.setFocus()

    def _group(self, heading: str, rows: Sequence[tuple[str, str]]) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        title = plain_label(heading, box, "heading")
        grid.addWidget(title, 0, 0, 1, 2)
        for number, (key, label) in enumerate(rows, 1):
            words = plain_label(label, box)
            keys = plain_label(key, box, "quiet")
            keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, number, 0)
            grid.addWidget(keys, number, 1)
            self._rows.append((f"{label} {key}".casefold(), words, keys))
        return box

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for text, *widgets in self._rows:
            for widget in widgets:
                widget.setVisible(all(word in text for word in wanted))


def keys_of(action: Action) -> list[str]:
    """The keys of an action as this system writes them, those of one part with its name."""
    native = QKeySequence.SequenceFormat.NativeText
    told = [QKeySequence(key).toString(native) for key in (*action.canvas_keys, *action.keys)]
    told += [f"{QKeySequence(key).toString(native)} in the outline" for key in action.outline_keys]
    return list(dict.fromkeys(told))
