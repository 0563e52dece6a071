"""LensEditor: a lens in the making, beside the map that shows it: what it measures, its steps, colours and bars."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from capmap.analysis.measured import measured
from capmap.analysis.measures import Measured, Value
from capmap.errors import CapMapError
from capmap.lens.catalogue import entries, lens_by_name
from capmap.lens.lens import Lens
from capmap.lens.ruled import lens_of
from capmap.lens.thresholds import suggested
from capmap.model.lensrules import MOST_STRIPES, YEAR, Measure, Rule, Scale
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS
from capmap.ui.lenses.colourpick import ColourPick
from capmap.ui.lenses.measurepick import MeasurePick
from capmap.ui.lenses.pick import Pick
from capmap.ui.lenses.steplist import EVEN, OWN, StepList
from capmap.ui.panels.picker import Choice
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

PREVIEW = "lens in the making"
"""The name of a lens that is not kept yet."""

Take = Callable[[Callable[[Map], Measured], Callable[[Measured], None], Callable[[str], None]], None]
"""Takes a measure, at once or aside, and hands over what it made, or a sentence that says why it cannot be taken."""


class LensEditor(QWidget):
    """``previewed`` carries the lens as it stands, ``save_wanted`` its name and rule; ``left`` says that nothing is to
    be kept.
    """

    previewed = Signal(object)
    save_wanted = Signal(str, object)
    left = Signal()

    def __init__(self, workspace: Workspace, appearance: Appearance, take: Take, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._appearance, self._take = workspace, appearance, take
        self._rule = Rule(Measure("field", "maturity"), Scale("terracotta", (2.0, 3.0, 4.0, 5.0)))
        self._made: Measured | None = None
        self._values: list[Value] = []
        self._asked = 0
        self.lens_id: str | None = None
        """The saved lens that is edited; None for a new one."""
        self.setObjectName("lensEditor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Lens")
        self.name = QLineEdit(self)
        self.name.setAccessibleName("Name of the lens")
        self.name.setMaxLength(100)
        self.measure = MeasurePick(self)
        self.steps = StepList(self)
        self.colours = ColourPick(appearance, self)
        self.old_after = Pick("Scores are old after", self, _ages(YEAR))
        self.bars = [Pick(f"Bar {place + 1}", self) for place in range(MOST_STRIPES)]
        self.sentence = plain_label("", self, "quiet", wrap=True)
        self.save = QPushButton("Save", self)
        self.save.setProperty("primary", True)
        self.cancel = QPushButton("Cancel", self)
        for button in (self.save, self.cancel):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._look()

    def _lay_out(self) -> None:
        self._title = plain_label("New lens", self)
        self._title.setObjectName("panelTitle")
        self.close_button = QToolButton(self)
        self.close_button.setProperty("quietButton", True)
        self.close_button.setAccessibleName("Close without keeping it")
        self.close_button.setToolTip("Close without keeping it (Esc)")
        self.close_button.setIconSize(QSize(16, 16))
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 8, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self.close_button)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(14, 4, 14, 10)
        self._column.setSpacing(8)
        self._column.addWidget(self.name)
        self._column.addWidget(self.measure)
        self._section("Steps", self.steps)
        self._section("Colours", self.colours)
        old = QWidget(inner)
        row = QHBoxLayout(old)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(plain_label("Scores are old after", old), 1)
        row.addWidget(self.old_after)
        self._old = old
        self._section("Doubt", old)
        bars = QWidget(inner)
        grid = QVBoxLayout(bars)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for bar in self.bars:
            grid.addWidget(bar)
        self._section("Bars in the boxes", bars)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 10)
        foot.setSpacing(8)
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(area, 1)
        said = QVBoxLayout()
        said.setContentsMargins(14, 6, 14, 0)
        said.addWidget(self.sentence)
        column.addLayout(said)
        column.addLayout(foot)
        self.setFocusProxy(self.name)

    def _section(self, title: str, content: QWidget) -> None:
        self._column.addSpacing(6)
        heading = plain_label(title, self)
        heading.setStyleSheet("font-weight: 600;")
        self._column.addWidget(heading)
        self._column.addWidget(content)
        if title == "Doubt":
            self._doubt_heading = heading

    def _connect(self) -> None:
        self.measure.edited.connect(lambda: self._take_measure(None))
        self.steps.edited.connect(self._scale_edited)
        self.steps.refused.connect(self._refuse)
        self.colours.edited.connect(self._colours_edited)
        self.old_after.picked.connect(self._rest_edited)
        for bar in self.bars:
            bar.picked.connect(self._rest_edited)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        self.close_button.clicked.connect(self.left)
        self._appearance.changed.connect(self._look)

    # -- what is edited --------------------------------------------------------------------------------

    @property
    def rule(self) -> Rule:
        """The rule as it stands."""
        return self._rule

    def begin(self, rule: Rule, name: str, lens_id: str | None) -> None:
        """Edit a saved lens, or begin a new one from this rule."""
        self.lens_id = lens_id
        self._title.setText("Edit the lens" if lens_id is not None else "New lens")
        self.name.setText(name)
        current = self._workspace.map
        self.measure.offer(current)
        self.measure.show_measure(rule.measure)
        others = [(entry.title, entry.name) for entry in entries(current) if entry.name not in ("plain", lens_id)]
        for place, bar in enumerate(self.bars):
            bar.offer([("no bar", ""), *others])
            bar.setCurrentIndex(0)
            if place < len(rule.stripes):
                bar.keep(rule.stripes[place])
        self.old_after.offer(_ages(rule.old_after))
        self.old_after.keep(rule.old_after)
        self._rule = rule
        self._take_measure(rule.scale)

    def _take_measure(self, scale: Scale | None) -> None:
        """Take the measure that is chosen; None: on the scale that suits it."""
        measure, on = self.measure.measure, self._on
        self._asked += 1
        asked = self._asked

        def done(made: Measured) -> None:
            if asked == self._asked:
                self._measured(measure, made, scale)

        def failed(sentence: str) -> None:
            if asked == self._asked:
                self._made = None
                self._refuse(sentence)
                self.save.setEnabled(False)

        self._refuse("")
        self._take(lambda current: measured(measure, current, on), done, failed)

    def _measured(self, measure: Measure, made: Measured, scale: Scale | None) -> None:
        current = self._workspace.map
        leaves = [box for box in current.walk() if not box.alias_of and not current.has_children(box.id)]
        self._made, self._values = made, [made.value_of(current, leaf) for leaf in leaves]
        found = scale if scale is not None else suggested(made, current)
        self._rule = dataclasses.replace(self._rule, measure=measure, scale=found)
        self.name.setPlaceholderText(made.title)
        judged = bool(made.fields) and set(made.fields) <= set(ASSESSED_FIELDS)
        self._old.setVisible(judged)
        self._doubt_heading.setVisible(judged)
        self._show(OWN if scale is not None else EVEN)

    def _scale_edited(self, scale: Scale) -> None:
        self._rule = dataclasses.replace(self._rule, scale=scale)
        self._show(None)

    def _colours_edited(self) -> None:
        scale = dataclasses.replace(self._rule.scale, palette=self.colours.chosen, turned=self.colours.is_turned)
        self._rule = dataclasses.replace(self._rule, scale=scale)
        self._show(None)

    def _rest_edited(self, _: object = None) -> None:
        stripes = tuple(str(bar.value) for bar in self.bars if bar.value)
        months = self.old_after.value
        months = months if isinstance(months, int) else YEAR
        self._rule = dataclasses.replace(self._rule, old_after=months, stripes=stripes)
        self._show(None)

    def _show(self, way: str | None) -> None:
        """Show the rule as it stands, here and on the map."""
        made, scale = self._made, self._rule.scale
        if made is None:
            return
        try:
            lens = lens_of(self._rule, made, self.lens_id or PREVIEW, self.final_name, self._stripes())
        except CapMapError as problem:
            self._refuse(str(problem))
            self.save.setEnabled(False)
            return
        self.save.setEnabled(not self._workspace.document.why_read_only)
        counts = Counter(scale.step(value) for value in self._values)
        self.colours.show_colours(scale.palette, scale.count, turned=scale.turned)
        numbers = [value for value in self._values if isinstance(value, int | float)]
        self.steps.show_scale(scale, made, numbers, way)
        self.steps.show_counts([step.fill for step in lens.steps], [counts[step] for step in range(scale.count)])
        self._say(lens.story({step: counts[step] for step in (*range(scale.count), None)}))
        self.previewed.emit(lens)

    @property
    def final_name(self) -> str:
        """What the lens will be called: what was typed, or what it measures."""
        return " ".join(self.name.text().split()) or (self._made.title if self._made is not None else "")

    @property
    def _on(self) -> dt.date:
        return self._workspace.moment or dt.date.today()

    def _stripes(self) -> dict[str, Lens]:
        found = {name: lens_by_name(name, self._workspace.map, self._on) for name in self._rule.stripes}
        return {name: lens for name, lens in found.items() if lens is not None}

    def _save(self) -> None:
        if self._made is not None and self.save.isEnabled():
            self.save_wanted.emit(self.final_name, self._rule)

    # -- words -----------------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        self._put(f"{words[:1].upper()}{words[1:]}.", "quiet")

    def _refuse(self, sentence: str) -> None:
        if sentence:
            self._put(sentence, "problem")

    def _put(self, words: str, role: str) -> None:
        self.sentence.setText(words)
        if self.sentence.property("role") != role:
            self.sentence.setProperty("role", role)
            self.sentence.style().unpolish(self.sentence)
            self.sentence.style().polish(self.sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, wherever the keys go in here."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self.close_button.setIcon(self._appearance.icon("x"))
        self.setStyleSheet(f"#lensEditor {{ background: {self._appearance.look.panel}; }}")


def _ages(held: int) -> list[Choice]:
    """After how many months scores may be old, the one that is held among them."""
    ages = sorted({3, 6, YEAR, 18, 24, 36, held} - {0})
    return [("never", 0), *((f"{months} months", months) for months in ages)]
