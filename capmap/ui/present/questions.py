"""Questions: what a lens lets a room answer about a box, in words, with the answers that the digits give."""

from __future__ import annotations

import dataclasses

from capmap.lens.builtin import LENSES
from capmap.lens.lens import Lens
from capmap.model.fields import Field
from capmap.model.map import Map
from capmap.model.records import Capability, fields_of

Value = int | str | None

_FIELDS = {field.name: field for field in fields_of("capability")}
_FEWEST, _MOST = 2, 9
"""Answers: a digit for each of them."""

_ASKS = {
    "maturity": ("M", "Now", "How well do we do {} today?"),
    "target": ("T", "Target", "How well should we do {}?"),
    "importance": ("I", "Importance", "How much does the business depend on {}?"),
    "confidence": ("C", "Now", "How far does the business trust IT with {}?"),
    "expectation": ("E", "Expected", "How much trust in IT does {} need?"),
    "category": ("K", "Category", "What is {} to the business?"),
}
"""Field -> the key that asks for it where a lens reads two, what it is called beside the other, the question."""

_STEPS_OF = {"target": "maturity", "expectation": "confidence"}
"""Fields whose steps have the names of another one's."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What one digit means: the value that it sets, and that in words."""

    value: int | str
    label: str


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a box: the field that the answer is kept in, what people call it, the key that asks for it
    where there is another question (``letter``), its name beside that other one (``word``).
    """

    field: str
    title: str
    letter: str
    word: str
    sentence: str
    answers: tuple[Answer, ...]

    def asked_of(self, name: str) -> str:
        """The question about the box of this name."""
        return self.sentence.replace("{}", name)

    def label_of(self, value: Value) -> str:
        """A value in words: "2 repeatable", "not assessed"."""
        found = next((answer for answer in self.answers if answer.value == value), None)
        if found is None:
            return "not assessed"
        return f"{found.value} {found.label}".strip() if isinstance(found.value, int) else found.label


def questions_of(lens: Lens) -> tuple[Question, ...]:
    """The questions whose answers make the colours of this lens: how it is now before how it should be. None for a
    lens that reads no field that a digit can set.
    """
    asked = (_FIELDS[name] for name in reversed(lens.fields) if name in _FIELDS)
    return tuple(_question(field) for field in asked if _FEWEST <= len(_values(field)) <= _MOST)


def fill_with(lens: Lens, current: Map, capability: Capability, field: str, value: Value) -> str:
    """The colour ("#rrggbb") that the box would have with this value in this field; "" for none."""
    step = lens.step_of(current, dataclasses.replace(capability, **{field: value}))  # type: ignore[arg-type]
    return lens.steps[step].fill if step is not None else ""


def _question(field: Field) -> Question:
    letter, word, sentence = _ASKS.get(field.name, (field.label[:1].upper(), field.label, f"{field.label} of {{}}?"))
    return Question(field.name, field.label, letter, word, sentence, _answers(field))


def _values(field: Field) -> tuple[int | str, ...]:
    return (1, 2, 3, 4, 5) if field.type == "score" else field.choices


def _answers(field: Field) -> tuple[Answer, ...]:
    """The steps of the scale of the field's own lens, their numbers left to the keys."""
    lens = LENSES.get(_STEPS_OF.get(field.name, field.name))
    labels = [step.label for step in lens.steps] if lens is not None else [str(value) for value in _values(field)]
    if field.type == "score":
        labels = [label.partition(" ")[2] for label in labels]
    return tuple(Answer(value, label) for value, label in zip(_values(field), labels, strict=True))
