"""BoxPage: everything about the selected boxes, edited in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.assessing import assess
from capmap.model.records import CATEGORIES, Capability, field_table
from capmap.ui.panels.fieldeditors import MIXED, DateField, LineField, TextArea, Value, WordsField
from capmap.ui.panels.layoutsection import LayoutSection
from capmap.ui.panels.linklist import LinkList
from capmap.ui.panels.ownfields import OwnFields
from capmap.ui.panels.scorerow import Score, ScoreRow
from capmap.ui.panels.typingin import TypingIn
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_FIELDS = field_table(Capability.kind)


class BoxPage(QWidget):
    """The page for one or several boxes. ``refused`` carries why an edit cannot be, ``lit`` boxes to light."""

    refused = Signal(str)
    lit = Signal(object)

    def __init__(self, workspace: Workspace, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._ids: tuple[str, ...] = ()
        self.typing = TypingIn(workspace, self)
        self.typing.refused.connect(self.refused)
        self._path = ElidedLabel(self)
        self._path.setProperty("role", "quiet")
        self.name = TextArea("Name", self, one_line=True, flush=True)
        self.name.setObjectName("nameEdit")
        self._colour = _ColourLine(appearance, self)
        self.description = TextArea("Description", self, flush=True)
        self.description.setObjectName("plainEdit")
        self.description.set_hint("Add a description")
        self.scores = self._score_rows()
        self.category = _Category(self)
        self.category.picked.connect(lambda value: self._put_now("category", value))
        self.owner = LineField("Owner", self, known=self._owners)
        self.tags = WordsField("Tags", self, limit=2000, known=None)
        self.code = LineField("Code", self, limit=_FIELDS["code"].limit)
        self.assessed_on = DateField("Assessed on", appearance, self)
        self.assessed_on.picked.connect(lambda value: self._put_now("assessed_on", value))
        self.assessed_on.refused.connect(self.refused)
        self.reason = TextArea("Reason for the scores", self, least=2)
        self.arranging = LayoutSection(workspace, self)
        self.arranging.refused.connect(self.refused)
        self.links = LinkList(workspace, self.typing, appearance, self)
        self.links.lit.connect(self.lit)
        self.links.refused.connect(self.refused)
        self.own = OwnFields(workspace, self.typing, appearance, self)
        self.own.refused.connect(self.refused)
        for field, editor, read in (
            ("name", self.name, _as_is),
            ("description", self.description, _as_is),
            ("owner", self.owner, _as_is),
            ("tags", self.tags, WordsField.words_of),
            ("code", self.code, _as_is),
            ("reason", self.reason, _as_is),
        ):
            editor.typed.connect(lambda text, field=field, read=read: self._put_typed(field, read(text)))
            editor.left.connect(self._left)
        self.tags.set_hint("Words, with commas between them")
        self._lay_out()
        workspace.changed.connect(self._refresh)
        workspace.lens_changed.connect(self._refresh)

    def _score_rows(self) -> list[ScoreRow]:
        def score(field: str, word: str, lens: str = "") -> Score:
            steps = tuple(step.label for step in LENSES[lens].steps) if lens else ()
            return Score(field, word, _FIELDS[field].label, steps)

        rows = [
            ScoreRow("Importance to the business", [score("importance", "", "importance")], self),
            ScoreRow("Maturity", [score("maturity", "now", "maturity"), score("target", "target", "maturity")], self),
            ScoreRow(
                "Confidence in IT",
                [score("confidence", "now", "confidence"), score("expectation", "expected")],
                self,
            ),
        ]
        for row in rows:
            row.scored.connect(self._put_now)
        return rows

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(0)
        column.addWidget(self._path)
        for widget, gap in ((self.name, 2), (self._colour, 4), (self.description, 4)):
            column.addSpacing(gap)
            column.addWidget(widget)
        for row in self.scores:
            column.addSpacing(10)
            column.addWidget(row)
        for label, field in (("Category", self.category), ("Owner", self.owner)):
            self._labelled(column, label, field)
        pair = QHBoxLayout()
        pair.setSpacing(10)
        halves: list[tuple[str, QWidget, int]] = [("Code", self.code, 2), ("Assessed on", self.assessed_on, 3)]
        for words, editor, stretch in halves:
            half = QVBoxLayout()
            half.setSpacing(3)
            self._labelled(half, words, editor, gap=0)
            pair.addLayout(half, stretch)
        column.addSpacing(10)
        column.addLayout(pair)
        self._labelled(column, "Tags", self.tags)
        self._labelled(column, "Reason for the scores", self.reason)
        column.addWidget(self.own)
        column.addWidget(self.links)
        column.addWidget(self.arranging)
        column.addStretch(1)

    def _labelled(self, column: QVBoxLayout, label: str, field: QWidget, gap: int = 10) -> None:
        title = plain_label(label, self, "quiet")
        column.addSpacing(gap)
        column.addWidget(title)
        column.addSpacing(3)
        column.addWidget(field)

    # -- show ----------------------------------------------------------------------------------------

    def show_boxes(self, record_ids: Sequence[str]) -> None:
        """Show these boxes; references show what they refer to."""
        self.typing.end()
        self._ids = tuple(record_ids)
        self._refresh()

    @property
    def record_ids(self) -> list[str]:
        """The capabilities that an edit here changes."""
        current = self._workspace.map
        boxes = (current.get(key) for key in self._ids)
        return list(dict.fromkeys(current.shown(box).id for box in boxes if isinstance(box, Capability)))

    def _refresh(self, *_: object) -> None:
        # An edit that removes boxes is told before the selection loses them.
        self._ids = tuple(key for key in self._ids if key in self._workspace.map)
        ids = self.record_ids
        if not ids:
            return
        current = self._workspace.map
        boxes = [current.capability(key) for key in ids]
        self._path.set_text(self._place(boxes))
        shared = {field: _common(boxes, field) for field in _FIELDS}
        if not (self.typing.waits and self.name.hasFocus()):
            self.name.show_value(shared["name"] if len(boxes) == 1 else f"{len(boxes):,} boxes")
        self._colour.show_step(*self._colour_of(boxes))
        for field in ("description", "owner", "tags", "code", "reason", "assessed_on", "category"):
            editor: Any = getattr(self, field)
            if not (self.typing.waits and editor.hasFocus()):
                editor.show_value(shared[field])
        for row in self.scores:
            row.show_values(shared)
        self._allow(not self._workspace.document.why_read_only, single=len(boxes) == 1)
        self.arranging.show_boxes(self._ids)
        self.own.show_boxes(ids)
        self.links.show_boxes(ids)

    def _place(self, boxes: Sequence[Capability]) -> str:
        current = self._workspace.map
        if len(boxes) > 1:
            return "What you change here changes in all of them"
        path = [step.name for step in current.path(boxes[0].id)[:-1]]
        own = self._workspace.map.capability(self._ids[0])
        place = " › ".join(path) if path else "Area"
        return f"Reference to a box in {place}" if own.alias_of else place

    def _colour_of(self, boxes: Sequence[Capability]) -> tuple[str, str]:
        """The colour of a box under the lens and what it says; nothing for several boxes or a container."""
        lens, current = self._workspace.lens, self._workspace.map
        if len(boxes) > 1 or not lens.steps or current.has_children(boxes[0].id):
            return "", ""
        step = lens.step_of(current, boxes[0])
        words = f"{lens.title}: {lens.label_of(current, boxes[0])}"
        return (lens.steps[step].fill if step is not None else ""), words

    def _allow(self, editable: bool, *, single: bool) -> None:
        for text in (self.description, self.owner, self.tags, self.code, self.reason, self.assessed_on):
            text.setReadOnly(not editable)
        self.name.setReadOnly(not (editable and single))
        for row in self.scores:
            row.setEnabled(editable)
        self.category.setEnabled(editable)

    # -- edit ----------------------------------------------------------------------------------------

    def _put_typed(self, field: str, value: Any) -> None:
        ids = self.record_ids
        self.typing.put(field, ids, lambda: self._change(ids, field, value))

    def _put_now(self, field: str, value: Any) -> None:
        """A press of a button is a step of undo of its own."""
        self.typing.end()
        ids = self.record_ids
        self.typing.put(field, ids, lambda: self._change(ids, field, value))
        self.typing.end()

    def _change(self, ids: Sequence[str], field: str, value: Any) -> Any:
        current = self._workspace.map
        there = [key for key in ids if key in current]
        if field == "name":
            return edits.rename(current, there[0], value)
        return assess(current, there, dt.date.today(), **{field: value})

    def _left(self) -> None:
        self.typing.end()
        self._refresh()

    def _owners(self) -> set[str]:
        return {capability.owner for capability in self._workspace.map.capabilities if capability.owner}


class _ColourLine(QWidget):
    """The colour of the box and what it stands for."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._fill = self._words = ""
        self.setFixedHeight(20)

    def show_step(self, fill: str, words: str) -> None:
        self._fill, self._words = fill, words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, 20)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if self._fill else Qt.PenStyle.DashLine)
        if not self._fill:
            painter.setPen(look.faint)
        painter.setBrush(self._fill if self._fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(2, 4, 12, 12, 3, 3)
        painter.setPen(look.soft_ink)
        painter.drawText(self.rect().adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)


class _Category(QWidget):
    """Strategic, core or supporting, as three buttons; pressing the chosen one lets it go."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value: Value = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        for name in CATEGORIES:
            button = QPushButton(name, self)
            button.setProperty("cell", True)
            button.setCheckable(True)
            button.setFixedHeight(26)
            button.setAccessibleName(f"Category {name}")
            button.clicked.connect(lambda _=False, name=name: self._press(name))
            row.addWidget(button, 1)
            self.buttons[name] = button

    def show_value(self, value: Value) -> None:
        self._value = value
        for name, button in self.buttons.items():
            button.setChecked(value == name)

    def _press(self, name: str) -> None:
        self.picked.emit(None if self._value == name else name)
        self.show_value(self._value)


def _common(boxes: Sequence[Capability], field: str) -> Value:
    values = [getattr(box, field) for box in boxes]
    return values[0] if all(value == values[0] for value in values) else MIXED


def _as_is(text: str) -> str:
    return text
