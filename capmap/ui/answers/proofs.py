"""Proofs: how a row of an answer is known: its words in full, and the path that proves it, a line a leg."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from capmap.analysis.answer import Row
from capmap.analysis.named import label
from capmap.analysis.proof import Leg, legs
from capmap.model.map import Map
from capmap.ui.parts.labels import plain_label

_LONG = 28
"""Shorter texts can be read in the table."""
_MOST = 12


class Proofs(QScrollArea):
    """``wanted`` carries the id of a record on the path that somebody wants to look at."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("How it is known")
        self.viewport().setAutoFillBackground(False)
        self.legs: list[QToolButton] = []
        self.show_row(None, (), Map())

    def show_row(self, row: Row | None, texts: Sequence[tuple[str, str]], current: Map) -> None:
        """Tell of this row; nothing for None."""
        page = QWidget(self)
        page.setAutoFillBackground(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(2)
        self.legs = []
        if row is not None:
            for heading, text in texts:
                if len(text) > _LONG:
                    column.addWidget(plain_label(heading, page, "quiet"))
                    column.addWidget(plain_label(text, page, wrap=True))
            found = legs(current, row.path)
            if found:
                column.addSpacing(4)
                column.addWidget(plain_label("How it is known", page, "quiet"))
                self._leg(page, column, found[0].source, label(current[found[0].source]), "")
                for leg in found[:_MOST]:
                    self._leg(page, column, leg.target, leg.words, _note(leg))
        column.addStretch(1)
        self.setWidget(page)
        self.setVisible(row is not None)

    def _leg(self, page: QWidget, column: QVBoxLayout, record: str, words: str, note: str) -> None:
        button = QToolButton(page)
        first = not self.legs
        button.setText(("" if first else "→ ") + words.replace("&", "&&"))
        button.setProperty("crumb", True)
        button.setToolTip(note or "Press to see it on the map")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wanted.emit(record))
        self.legs.append(button)
        column.addWidget(button)
        if note:
            column.addWidget(plain_label(f"    {note}", page, "quiet", wrap=True))


def _note(leg: Leg) -> str:
    return " ".join(leg.note.split())
