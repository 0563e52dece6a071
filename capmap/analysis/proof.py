"""Proof: the path of an answer's row, leg by leg, in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import pairwise

from capmap.analysis.named import label
from capmap.analysis.touches import WORDS
from capmap.graph import ASKED, BECAME, DELIVERED, FUNDED
from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Project, Record, Service

_HOLDS, _STANDS_IN = "holds {}", "stands in {}"


@dataclasses.dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a path: from a record to the next, in words ("supports Quotation"), and what the link notes."""

    source: str
    target: str
    words: str
    note: str = ""


def legs(current: Map, path: Sequence[str]) -> list[Leg]:
    """The legs of a path as the map holds them now; of records that are gone there are none."""
    return [leg for here, there in pairwise(path) if (leg := _leg(current, here, there)) is not None]


def proof(current: Map, path: Sequence[str]) -> str:
    """The path as one sentence: "Quillhaven delivers Letter Factory, which supports Policy Issuance."; "" for none."""
    found = legs(current, path)
    if not found:
        return ""
    return f"{label(current[found[0].source])} {', which '.join(leg.words for leg in found)}."


def _leg(current: Map, here: str, there: str) -> Leg | None:
    one, other = current.get(here), current.get(there)
    if one is None or other is None:
        return None
    for link in current.links_from(here):
        if link.target == there:
            return Leg(here, there, WORDS[link.type][0].format(label(other)), link.note)
    for link in current.links_to(here):
        if link.source == there:
            return Leg(here, there, WORDS[link.type][1].format(label(other)), link.note)
    for words in (*_by_field(one, other, 0), *_by_field(other, one, 1), *_by_place(one, other)):
        return Leg(here, there, words.format(label(other)))
    return Leg(here, there, f"bears on {label(other)}")


def _by_field(source: Record, target: Record, side: int) -> Iterator[str]:
    """What a field of the source says of the target; ``side`` 1 tells it from the target."""
    if isinstance(source, Service) and source.provider == target.id:
        yield WORDS[DELIVERED][side]
    if isinstance(source, Project) and source.funding_unit == target.id:
        yield WORDS[FUNDED][side]
    if isinstance(source, Demand) and source.unit == target.id:
        yield WORDS[ASKED][side]
    if isinstance(source, Demand) and source.project == target.id:
        yield WORDS[BECAME][side]


def _by_place(one: Record, other: Record) -> Iterator[str]:
    if isinstance(one, Capability) and isinstance(other, Capability):
        if other.parent == one.id:
            yield _HOLDS
        if one.parent == other.id:
            yield _STANDS_IN
