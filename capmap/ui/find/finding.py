"""Finding: the boxes that some words mean, and the things to do that they could mean."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from capmap.model.filters import judge
from capmap.model.filterwords import typed
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Capability, field_table

_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
_SCORE = re.compile(r"(.+?)\s*[:=]?\s+(?:([1-5])|(none|clear|empty|-))")


def found(current: Map, words: str) -> list[str]:
    """The ids of the boxes that hold every one of the words in name, code, owner or tags; a code or outline number
    finds its box first. Of conditions such as ``maturity<=2`` all must hold besides.

    Those whose name holds them come before the others, and boxes before references to them; else in reading order.
    """
    conditions, words = typed(words, current)
    wanted = words.casefold().split()
    if not wanted and not conditions:
        return []
    holds = judge(current, conditions, today=dt.date.today())
    # Boxes by name, references by name, then boxes and references by anything else.
    ranks: tuple[list[str], ...] = ([], [], [], [])
    for box in current.walk():
        if conditions and not holds(box):
            continue
        shown = current.shown(box)
        named = _named(shown, wanted)
        if named or _holds(shown, wanted):
            ranks[(0 if named else 2) + (1 if box.alias_of else 0)].append(box.id)
    hits = [hit for alike in ranks for hit in alike]
    exact = jump(current, words) if not conditions else None
    return [exact, *(hit for hit in hits if hit != exact)] if exact is not None else hits


def _named(box: Capability, wanted: Sequence[str]) -> bool:
    name = box.name.casefold()
    return all(word in name for word in wanted)


def _holds(box: Capability, wanted: Sequence[str]) -> bool:
    if not (box.code or box.owner or box.tags):
        return False
    told = " ".join(
        (box.name.casefold(), box.code.casefold(), box.owner.casefold(), *(tag.casefold() for tag in box.tags))
    )
    return all(word in told for word in wanted)


def jump(current: Map, words: str) -> str | None:
    """The box with this code or outline number, such as 4.2; None if the words are neither."""
    words = words.strip()
    if not words or " " in words or (not _NUMBER.fullmatch(words) and not any(char.isdigit() for char in words)):
        return None
    box = current.by_number(words)
    return box.id if box is not None else None


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the palette: its words, what stands at its end (a key, a path), its icon and what it does."""

    label: str
    aside: str
    icon: str
    run: Callable[[], object]
    heading: str = ""
    enabled: bool = True


def score_of(words: str) -> tuple[str, int | None] | None:
    """The field and value that words such as "maturity 3" or "target none" set; None if they set nothing."""
    told = _SCORE.fullmatch(words.strip())
    if told is None:
        return None
    name = told[1].casefold().strip()
    table = field_table(Capability.kind)
    for field in ASSESSED_FIELDS:
        label = table[field].label.casefold()
        if len(name) >= 3 and (field.startswith(name) or label.startswith(name)):
            return field, int(told[2]) if told[2] else None
    return None


def rank(words: str, label: str, aside: str = "") -> float:
    """How well a label answers the words, higher is better; 0 for not at all.

    Words at the beginnings of words count most, then letters inside, then letters in order with gaps.
    """
    wanted = words.casefold().split()
    text = label.casefold()
    if not wanted:
        return 1.0
    total = 0.0
    for word in wanted:
        place = text.find(word)
        starts = [match.start() for match in re.finditer(r"\w+", text) if text.startswith(word, match.start())]
        if starts:
            total += 10.0 - min(starts[0], 40) / 10
        elif place >= 0:
            total += 4.0
        elif word in aside.casefold():
            total += 2.0
        elif len(word) >= 3 and _in_order(word, text):
            total += 1.0
        else:
            return 0.0
    return total / len(wanted) - len(text) / 1000


def best(words: str, labels: Iterable[tuple[str, str]], most: int) -> list[int]:
    """The places of the labels (each with its aside) that answer the words, the best first."""
    ranked = [(rank(words, label, aside), index) for index, (label, aside) in enumerate(labels)]
    return [index for value, index in sorted(ranked, key=lambda pair: (-pair[0], pair[1])) if value > 0][:most]


def _in_order(letters: str, text: str) -> bool:
    place = -1
    for letter in letters:
        place = text.find(letter, place + 1)
        if place < 0:
            return False
    return True
