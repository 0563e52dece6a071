"""FilterStrip: the line above the map that says which filter is on, how much it leaves, and takes it away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from capmap.model.filterwords import in_words
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.filters.panel import count_words
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_HEIGHT = 34


class FilterStrip(QWidget):
    """There while a filter is on. ``edit_wanted`` asks for the panel."""

    edit_wanted = Signal()

    def __init__(self, workspace: Workspace, appearance: Appearance) -> None:
        super().__init__()
        self._workspace, self._appearance = workspace, appearance
        self.setObjectName("crumbs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self._mark = plain_label("", self)
        self._count = plain_label("", self)
        self._count.setStyleSheet("font-weight: 600;")
        self._words = ElidedLabel(self)
        self.other_way = self._button("", self._turn)
        self.edit = self._button("Edit", self.edit_wanted.emit)
        self.clear = self._button("Clear", lambda: workspace.set_filter(type(workspace.filter)()))
        self.edit.setAccessibleName("Edit the filter")
        self.clear.setAccessibleName("Clear the filter")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(8)
        for widget in (self._mark, self._count):
            row.addWidget(widget)
        row.addWidget(self._words, 1)
        for button in (self.other_way, self.edit, self.clear):
            row.addWidget(button)
        workspace.filter_changed.connect(self.refresh)
        workspace.changed.connect(self.refresh)
        appearance.changed.connect(self._repaint)
        self._repaint()
        self.refresh()

    def _button(self, words: str, run: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setProperty("handle", True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(run)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        return button

    @property
    def sentence(self) -> str:
        """What is said, as a screen reader says it."""
        return f"{self._count.text()} {self._words.full_text}"

    def refresh(self, *_: object) -> None:
        """Say how things are now."""
        workspace = self._workspace
        self.setVisible(bool(workspace.filter))
        if not workspace.filter:
            return
        self._count.setText(count_words(workspace))
        self._words.set_text(in_words(workspace.filter, workspace.map))
        self.other_way.setText("Dim others" if workspace.hides else "Hide others")
        self.setAccessibleName(f"Filter: {self.sentence}")

    def _turn(self) -> None:
        self._workspace.set_filter(self._workspace.filter, hides=not self._workspace.hides)

    def _repaint(self) -> None:
        icon = self._appearance.icon("funnel", self._appearance.look.chosen_text)
        self._mark.setPixmap(icon.pixmap(QSize(16, 16), self.devicePixelRatioF()))


class NothingMatches(ElidedLabel):
    """What stands on the canvas where a filter hides every box."""

    def __init__(self, workspace: Workspace, canvas: Canvas) -> None:
        super().__init__(canvas, "No box matches the filter.")
        self._workspace, self._canvas = workspace, canvas
        self.setProperty("role", "heading")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for signal in (workspace.changed, workspace.view_changed, workspace.filter_changed, workspace.opened):
            signal.connect(self.refresh)
        canvas.scale_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Be there or not, in the middle."""
        shown = self._workspace.only is not None
        if shown:
            self._canvas.ensure_arranged()
            shown = not self._canvas.arrangement.layout.boxes
        self.setVisible(shown)
        if shown:
            self.adjustSize()
            self.move(self._canvas.rect().center() - self.rect().center())
