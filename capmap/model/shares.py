"""Shares: whether those who take a part of the cost of a service or project take all of it, and how they would."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Link, Project, Record, Service

WHOLE = 100
_GRAINS = 10_000
"""Shares are balanced in hundredths of a percent."""
_ROUNDING = 0.005
"""A sum this near to 100 % is 100 %, written with fewer digits than it has."""


def claims(current: Map, record_id: str) -> list[Link]:
    """The links over which the cost of a service or project goes: the capabilities that a service supports and the
    services that depend on it, the capabilities that a project improves and the services that it changes. Nothing
    else has shares.
    """
    record = current.get(record_id)
    if isinstance(record, Service):
        supported = [link for link in current.links_from(record_id) if link.type == "supports"]
        return supported + [link for link in current.links_to(record_id) if link.type == "depends on"]
    if isinstance(record, Project):
        return [link for link in current.links_from(record_id) if link.type in ("improves", "changes")]
    return []


def giver(link: Link) -> str | None:
    """The id of the service or project whose cost a link takes a share of; None where it takes none."""
    if link.type == "depends on":
        return link.target
    return link.source if link.type in ("supports", "improves", "changes") else None


def total(shares: Iterable[float | None]) -> float:
    """The sum of the shares that are known."""
    return math.fsum(share for share in shares if share is not None)


def is_off(shares: Sequence[float | None]) -> bool:
    """Whether the shares say something else than 100 %: more, or less with no link left to take the rest."""
    if not shares:
        return False
    beyond = total(shares) - WHOLE
    return beyond > _ROUNDING or (beyond < -_ROUNDING and None not in shares)


def balanced(shares: Sequence[float | None]) -> list[float | None]:
    """The shares made to add up to 100 % exactly, in hundredths of a percent.

    Where the known ones leave a rest and there are links without a share, these get the rest, equally. Else the known
    ones are brought to 100 % in proportion (equally, where all are 0), and links without a share stay without: nothing
    is left for them.
    """
    # By the digits that somebody wrote: 33.3 is not the binary fraction next to it.
    known = [Fraction(repr(float(share))) for share in shares if share is not None]
    sum_known, blanks = sum(known, Fraction(0)), len(shares) - len(known)
    if not shares:
        return []
    if blanks and sum_known < WHOLE:
        rest, given = (WHOLE - sum_known) / blanks, iter(known)
        return list(_in_hundredths([rest if share is None else next(given) for share in shares]))
    scaled = [share * WHOLE / sum_known if sum_known else Fraction(WHOLE, len(known)) for share in known]
    fresh = iter(_in_hundredths(scaled))
    return [None if share is None else next(fresh) for share in shares]


def why_off(current: Map, record_id: str) -> str:
    """What is wrong with the shares of a service or project and what it means, in a sentence; empty where they add up
    to 100 %, or where links without a share take what is left.
    """
    shares = [link.share for link in claims(current, record_id)]
    if not is_off(shares):
        return ""
    name = getattr(current[record_id], "name", "")
    said = in_percent(total(shares))
    if total(shares) < WHOLE:
        return f"The shares of {name} add up to {said}; the rest of its cost goes nowhere."
    blanks = sum(share is None for share in shares)
    tail = ""
    if blanks:
        tail = f", and the {'link' if blanks == 1 else f'{blanks:,} links'} without a share take nothing"
        tail = tail.replace("take nothing", "takes nothing") if blanks == 1 else tail
    return f"The shares of {name} add up to {said}; sums of cost scale them down to 100 %{tail}."


def balance(current: Map, record_ids: Iterable[str]) -> Change:
    """The shares of these services and projects brought to 100 %, as ``balanced`` says; an empty change where nothing
    need be done.
    """
    puts: dict[str, Record] = {}
    named: list[str] = []
    for record_id in dict.fromkeys(record_ids):
        links = claims(current, record_id)
        fresh = balanced([link.share for link in links])
        changed = [
            dataclasses.replace(link, share=share)
            for link, share in zip(links, fresh, strict=True)
            if link.share != share
        ]
        if changed:
            named.append(str(getattr(current[record_id], "name", "")))
            puts.update({link.id: link for link in changed})
    whose = named[0] if len(named) == 1 else f"{len(named):,} services and projects"
    return Change.of(f"Balance the shares of {whose}", current, puts.values())


def in_percent(share: float) -> str:
    """A share with no more than two decimals: 97.5 %."""
    return f"{round(share, 2):.10g} %"


def _in_hundredths(wanted: Sequence[Fraction]) -> list[float]:
    """Shares that add up to 100, rounded so that they still do: what is left goes to those that lost most."""
    grains = [share * _GRAINS / WHOLE for share in wanted]
    whole = [math.floor(grain) for grain in grains]
    left = _GRAINS - sum(whole)
    for place in sorted(range(len(grains)), key=lambda place: whole[place] - grains[place])[:left]:
        whole[place] += 1
    return [grain * WHOLE / _GRAINS for grain in whole]
