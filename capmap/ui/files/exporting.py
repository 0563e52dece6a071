"""Exporting: which picture or list of the map to write, and where."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from capmap.drawing.paper import PAPERS
from capmap.lens.catalogue import entries
from capmap.sharing.order import WORKBOOK, Order
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_KEY = "export"
_PICTURES = {
    ".pdf": "PDF, for paper and mail",
    ".pptx": "PowerPoint, shapes on slides",
    ".html": "Web page, to work with",
    ".svg": "SVG, a drawing",
    ".png": "PNG, a picture",
    ".drawio": "draw.io, nested containers",
}
_ONLY_PART = (".html",)
"""Those that have no paper."""


class ExportDialog(QDialog):
    """Asks for format, paper, levels, colours. After ``accept``, ``order`` says what was chosen."""

    def __init__(self, workspace: Workspace, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._settings = settings
        self.setWindowTitle("Export")
        self.setModal(True)
        self.setMinimumWidth(440)
        self.format = self._choice("Format", _formats())
        self.paper = self._choice("Paper", {name: name for name in PAPERS})
        self.orientation = self._choice("Orientation", {"landscape": "Landscape", "portrait": "Portrait"})
        deepest = max((workspace.map.level(box.id) for box in workspace.map.capabilities), default=1)
        self.levels = self._choice(
            "Levels", {0: "All levels"} | {n: f"{n} level{'' if n == 1 else 's'}" for n in range(1, deepest)}
        )
        self.lens = self._choice("Colours", {entry.name: entry.title for entry in entries(workspace.map)})
        self.part = self._choice("Part", self._parts())
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        self._picture_rows: list[QWidget] = []
        for choice in (self.format, self.paper, self.orientation, self.part, self.levels, self.lens):
            label = plain_label(choice.accessibleName(), self)
            label.setBuddy(choice)
            form.addRow(label, choice)
            if choice is not self.format:
                self._picture_rows += [label, choice]
        heading = plain_label("Export the map", self, "heading")
        hidden = " It shows only the boxes that the filter leaves." if workspace.only is not None else ""
        words = f"What is printed stays light, whatever the window looks like.{hidden}"
        note = plain_label(words, self, "quiet", wrap=True)
        go = QPushButton("Choose a file…", self)
        go.setProperty("primary", True)
        go.setDefault(True)
        go.clicked.connect(self.accept)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(note)
        column.addStretch(1)
        column.addLayout(foot)
        self._restore()
        self.format.currentIndexChanged.connect(self._format_changed)
        self._format_changed()

    def _choice(self, label: str, options: dict[str, str] | dict[int, str]) -> QComboBox:
        choice = QComboBox(self)
        choice.setAccessibleName(label)
        for value, words in options.items():
            choice.addItem(words, value)
        return choice

    def _parts(self) -> dict[str, str]:
        current = self._workspace.map
        parts = {"": "The whole map"}
        for key in (self._workspace.root, self._workspace.current):
            if key is not None and current.has_children(key):
                parts[key] = f"Only {current.capability(key).name[:50]}"
        return parts

    def _restore(self) -> None:
        """What was chosen the last time, and what the window shows now."""
        for choice, key in ((self.format, "format"), (self.paper, "paper"), (self.orientation, "orientation")):
            default = {"format": ".pdf", "paper": "A3", "orientation": "landscape"}[key]
            place = choice.findData(self._settings.value(f"{_KEY}/{key}", default))
            choice.setCurrentIndex(max(place, choice.findData(default)))
        self.lens.setCurrentIndex(max(self.lens.findData(self._workspace.lens.name), 0))
        self.levels.setCurrentIndex(max(self.levels.findData(self._workspace.depth or 0), 0))
        self.part.setCurrentIndex(max(self.part.findData(self._workspace.root or ""), 0))

    def _format_changed(self) -> None:
        suffix = self.format.currentData()
        for widget in self._picture_rows:
            widget.setEnabled(suffix in _PICTURES)
        for choice in (self.paper, self.orientation):
            choice.setEnabled(suffix in _PICTURES and suffix not in _ONLY_PART)
        self.lens.setEnabled(suffix in _PICTURES or suffix == WORKBOOK)

    @property
    def order(self) -> Order:
        """What is chosen now."""
        return Order(
            suffix=str(self.format.currentData()),
            paper=str(self.paper.currentData()),
            orientation="portrait" if self.orientation.currentData() == "portrait" else "landscape",
            depth=int(self.levels.currentData()) or None,
            lens=str(self.lens.currentData()),
            root=str(self.part.currentData()) or None,
            only=self._workspace.only,
            moment=self._workspace.moment,
        )

    def accept(self) -> None:
        """Keep the choice for the next time."""
        order = self.order
        self._settings.setValue(f"{_KEY}/format", order.suffix)
        self._settings.setValue(f"{_KEY}/paper", order.paper)
        self._settings.setValue(f"{_KEY}/orientation", order.orientation)
        super().accept()


def _formats() -> dict[str, str]:
    """Every format that can be written, by suffix: pictures first, then lists."""
    from capmap.exchange.formats import FORMATS

    lists = {item.suffixes[0]: f"{item.name}, a list" for item in FORMATS if item.write is not None}
    return {**_PICTURES, WORKBOOK: "Excel workbook, all tables", **lists}
