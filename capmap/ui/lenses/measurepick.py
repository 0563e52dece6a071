"""MeasurePick: what a lens measures, chosen step by step: whence, which field, of which linked things, how together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from capmap.analysis import QUESTIONS
from capmap.analysis.linkedmeasures import linked_fields
from capmap.analysis.reckonedmeasures import COLUMNS
from capmap.model.lensrules import LINKS, By, Measure
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability
from capmap.model.traits import traits_of
from capmap.ui.lenses.pick import Pick
from capmap.ui.panels.picker import Choice
from capmap.ui.parts.labels import plain_label

_SOURCES: tuple[Choice, ...] = (
    ("A field of the box", "field"),
    ("The gap between two fields", "gap"),
    ("What is linked to it", "linked"),
    ("What it costs", "cost"),
    ("The answer to a question", "answer"),
)
_LINKED_WORDS = {
    "supports": "IT services",
    "improves": "Projects",
    "needs": "Objectives",
    "uses": "Business units",
    "asks for": "Demands",
}
_BY_WORDS: dict[By, str] = {
    "worst": "the worst",
    "best": "the best",
    "mean": "the mean",
    "sum": "the sum",
    "most": "the most common",
    "count": "how many",
}
_COSTS: tuple[Choice, ...] = (("To run, a year", "run"), ("To change, this year", "change"), ("Both", "both"))
_QUESTION_WORDS = {
    "coverage": "What hangs on nothing",
    "overlap": "What is done twice",
    "timeline": "What changes when",
}
_COUNT = ""


class MeasurePick(QWidget):
    """``edited`` says that another measure is chosen."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = Map()
        self.source = self._picker("Colour by", _SOURCES)
        self.field = self._picker("Field")
        self.less = self._picker("Less")
        self.link = self._picker("Of which", [(_LINKED_WORDS[link], link) for link in LINKS])
        self.linked_field = self._picker("Field of them")
        self.by = self._picker("Put together by")
        self.cost = self._picker("Cost", _COSTS)
        self.question = self._picker("Question")
        self.about = self._picker("About")
        self.column = self._picker("Coloured by")
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(10)
        self._form.setVerticalSpacing(6)
        self._labels: dict[Pick, QLabel] = {}
        for picker in self._pickers:
            label = plain_label(picker.accessibleName(), self)
            label.setBuddy(picker)
            self._labels[picker] = label
            self._form.addRow(label, picker)
            picker.picked.connect(self._picked)
        self._show_fitting()

    def _picker(self, label: str, choices: Sequence[Choice] = ()) -> Pick:
        return Pick(label, self, choices)

    @property
    def _pickers(self) -> list[Pick]:
        return [
            self.source,
            self.field,
            self.less,
            self.link,
            self.linked_field,
            self.by,
            self.cost,
            self.question,
            self.about,
            self.column,
        ]

    def offer(self, current: Map) -> None:
        """Let what there is in this map be chosen from."""
        self._map = current
        self._offer_rest()

    def _offer_rest(self) -> None:
        """The choices that depend on others."""
        gap = self.source.value == "gap"
        traits = traits_of(self._map)
        numbers = [(trait.label, trait.name) for trait in traits.values() if trait.type == "number"]
        self.field.offer_and_keep(numbers if gap else [(trait.label, trait.name) for trait in traits.values()])
        self.less.offer_and_keep(numbers)
        link = str(self.link.value or LINKS[0])
        fields = linked_fields(self._map, link)
        self.linked_field.offer_and_keep(
            [("How many there are", _COUNT), *((field.label, field.name) for field in fields.values())]
        )
        field = fields.get(str(self.linked_field.value or ""))
        self.by.offer_and_keep(
            [(_BY_WORDS[by], by) for by in field.ways] if field is not None else [("how many", "count")]
        )
        self.question.offer_and_keep([(_QUESTION_WORDS.get(name) or QUESTIONS[name].asks, name) for name in COLUMNS])
        question = QUESTIONS[str(self.question.value or "coverage")]
        about: list[Choice] = [("everything", "")] if question.may_lack else []
        about += [(choice, choice) for choice in question.choices]
        for kind in question.kinds if not question.may_lack else ():
            records = [record for record in self._map.all(CLASS_OF[kind]) if not isinstance(record, Capability)]
            named = sorted((str(getattr(record, "name", record.id)), record.id) for record in records)
            about += [(name if kind == "service" else f"{name} ({kind})", key) for name, key in named]
        self.about.offer_and_keep(about)
        columns = COLUMNS[question.name]
        self.column.offer_and_keep([(column or "whether it is named", column) for column in columns])
        self._show_fitting()

    def _show_fitting(self) -> None:
        source = self.source.value
        there = {
            "field": [self.field],
            "gap": [self.field, self.less],
            "linked": [self.link, self.linked_field, self.by],
            "cost": [self.cost],
            "answer": [self.question, self.about, self.column],
        }.get(str(source), [])
        if self.about.count() < 2 and self.about in there and not self.about.value:
            there.remove(self.about)
        if self.by.count() < 2 and self.by in there:
            there.remove(self.by)
        self._labels[self.field].setText("Wanted" if source == "gap" else "Field")
        self._labels[self.less].setText("Less what is reached")
        for picker in self._pickers[1:]:
            self._form.setRowVisible(picker, picker in there)

    def _picked(self, _: object) -> None:
        self._offer_rest()
        self.edited.emit()

    # -- the measure -----------------------------------------------------------------------------------

    @property
    def measure(self) -> Measure:
        """What is chosen."""
        source = str(self.source.value or "field")
        if source == "gap":
            return Measure("gap", _word(self.field), _word(self.less))
        if source == "linked":
            by = self.by.value if isinstance(self.by.value, str) else "count"
            field = _word(self.linked_field)
            return Measure("linked", field, link=_word(self.link), by=_BY[by] if field else "count")
        if source == "cost":
            return Measure("cost", _word(self.cost))
        if source == "answer":
            return Measure("answer", _word(self.column), question=_word(self.question), argument=_word(self.about))
        return Measure("field", _word(self.field))

    def show_measure(self, measure: Measure) -> None:
        """Show this one; what the map does not have is left blank."""
        self.source.keep(measure.of)
        self._offer_rest()
        if measure.of in ("field", "gap"):
            self.field.keep(measure.field)
            self.less.keep(measure.less or "maturity")
        elif measure.of == "linked":
            self.link.keep(measure.link)
            self._offer_rest()
            self.linked_field.keep(_COUNT if measure.by == "count" else measure.field)
            self._offer_rest()
            self.by.keep(measure.by)
        elif measure.of == "cost":
            self.cost.keep(measure.field)
        else:
            self.question.keep(measure.question)
            self._offer_rest()
            self.about.keep(measure.argument)
            self.column.keep(measure.field)
        self._show_fitting()


_BY: dict[str, By] = {by: by for by in _BY_WORDS}


def _word(picker: Pick) -> str:
    return str(picker.value or "")
