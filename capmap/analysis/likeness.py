"""Likeness: which services support the same capabilities, and which capabilities look alike."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from capmap.model.map import Map
from capmap.model.records import Capability, Service

_FIRST_LOOK = 60
CROWD = 60
"""A capability that more services support, or a pair of word stems that more names share, tells nothing of overlap."""
ALIKE = 84.0
"""From this likeness of their names on, of 100, two capabilities are taken for the same thing."""
ALIKE_WITH_LINKS = 62.0
"""The likeness that is enough where two services or more, and at least half of all, are the same."""

_FILLERS = frozenset(("a", "an", "and", "of", "the", "for", "to", "in", "on", "with", "by", "management", "managing"))
_STEM = 4
_SAME_WORD = 80
"""From this likeness on, of 100, two words are forms of one, or one of them is mistyped."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Two records that overlap: by how many percent, by what they share, and of how many that either has."""

    one: str
    other: str
    percent: float
    shared: tuple[str, ...]
    united: int


def similar_services(
    services: Iterable[Service], shares: Mapping[str, Sequence[tuple[str, float]]], least: float
) -> list[Pair]:
    """The pairs of services that overlap by at least so many percent. ``shares`` says who takes which part of them.

    The overlap is Renkonen's percentage similarity: for each capability the smaller of the two parts that the services
    give to it, of all that they give to capabilities. Where the two are known to be of different archetypes, half of
    that.
    """
    archetypes = {service.id: service.archetype for service in services}
    given = {service: _given(shares, service) for service in archetypes}
    by_box: dict[str, list[str]] = {}
    for service, boxes in given.items():
        for box in boxes:
            by_box.setdefault(box, []).append(service)
    common: dict[tuple[str, str], float] = {}
    for box, together in by_box.items():
        if 1 < len(together) <= CROWD:
            for pair in combinations(together, 2):
                common[pair] = common.get(pair, 0.0) + min(given[pair[0]][box], given[pair[1]][box])
    pairs = []
    for (one, other), part in common.items():
        apart = archetypes[one] and archetypes[other] and archetypes[one] != archetypes[other]
        percent = part * (50 if apart else 100)
        if percent >= least - 1e-9:
            shared = tuple(box for box in given[one] if box in given[other])
            pairs.append(Pair(one, other, percent, shared, len({*given[one], *given[other]})))
    return pairs


def similar_capabilities(current: Map) -> Iterator[Pair]:
    """The pairs of capabilities that look alike, by their names and, where these leave a doubt, by their services. The
    percentage is that of the names.
    """
    from rapidfuzz import fuzz

    boxes = {box.id: box for box in current.walk() if not box.alias_of}
    words = {box_id: _words(box.name) for box_id, box in boxes.items()}
    texts = {box_id: " ".join(sorted(found)) for box_id, found in words.items()}
    for one, other in _candidates(words):
        # A quick look at the whole names spares a slow one at most of them.
        if fuzz.ratio(texts[one], texts[other], score_cutoff=_FIRST_LOOK) == 0:
            continue
        likeness = _likeness(words[one], words[other])
        if likeness < ALIKE_WITH_LINKS or _one_in_the_other(current, boxes[one], boxes[other]):
            continue
        mine, theirs = _services(current, one), _services(current, other)
        shared = tuple(service for service in mine if service in theirs)
        united = len({*mine, *theirs})
        if likeness >= ALIKE or (len(shared) > 1 and 2 * len(shared) >= united):
            yield Pair(one, other, likeness, shared, united)


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How many of the words of two names mean the same, of 100 (Dice's coefficient, over words that are nearly
    equal).
    """
    from rapidfuzz import fuzz

    if one == other:
        return 100.0
    left, found = list(other), 0.0
    for word in one:
        if word in left:
            best, score = word, 100.0
        else:
            scored = ((fuzz.ratio(word, candidate, score_cutoff=_SAME_WORD), candidate) for candidate in left)
            score, best = max(scored, default=(0.0, ""))
        if score:
            left.remove(best)
            found += score
    return 2 * found / (len(one) + len(other))


def _given(shares: Mapping[str, Sequence[tuple[str, float]]], service: str) -> dict[str, float]:
    """The capabilities that a service supports, each with its part of 1 of all that the service gives to
    capabilities.
    """
    boxes: dict[str, float] = {}
    for taker, part in shares[service]:
        if taker not in shares:
            boxes[taker] = boxes.get(taker, 0.0) + part
    whole = sum(boxes.values())
    return {box: part / whole if whole else 1 / len(boxes) for box, part in boxes.items()}


def _services(current: Map, box: str) -> dict[str, None]:
    return {link.source: None for link in current.links_to(box) if link.type == "supports"}


def _words(name: str) -> list[str]:
    """The words of a name that say what it is about; all of them where none does."""
    found = re.findall(r"\w+", name.casefold())
    return [word for word in found if word not in _FILLERS] or found


def _candidates(words: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The pairs worth comparing: names that begin the same in two words, or in their only word."""
    by_stems: dict[tuple[str, ...], list[str]] = {}
    by_name: dict[tuple[str, ...], list[str]] = {}
    for box, found in words.items():
        stems = sorted({word[:_STEM] for word in found})
        keys: Iterable[tuple[str, ...]] = combinations(stems, 2) if len(stems) > 1 else [tuple(stems)]
        for key in keys:
            by_stems.setdefault(key, []).append(box)
        by_name.setdefault(tuple(sorted(found)), []).append(box)
    seen: set[tuple[str, str]] = set()
    for namesakes in by_name.values():
        # A crowd with one name is told as a chain, each with the next.
        crowd = len(namesakes) > CROWD
        for pair in pairwise(namesakes) if crowd else combinations(namesakes, 2):
            seen.add(pair)
            yield pair
    for together in by_stems.values():
        for pair in combinations(together, 2) if len(together) <= CROWD else ():
            if pair not in seen:
                seen.add(pair)
                yield pair


def _one_in_the_other(current: Map, one: Capability, other: Capability) -> bool:
    """Whether one of the boxes stands inside the other."""
    return any(step.id == other.id for step in current.path(one.id)) or any(
        step.id == one.id for step in current.path(other.id)
    )
