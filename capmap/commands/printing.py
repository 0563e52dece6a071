"""Printing: the words of the command line for posters, atlases and proofs, and what it says of legibility."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from capmap.commands.telling import say, tell
from capmap.errors import UsageError
from capmap.model.map import Map

if TYPE_CHECKING:
    from capmap.drawing.legibility import Legibility
    from capmap.sharing.onsheets import OnSheets
    from capmap.sharing.order import Order

_FARTHEST = 50.0


def declare_printing(command: argparse.ArgumentParser) -> None:
    """The words that ``export`` takes for paper."""
    command.add_argument("--poster", metavar="PAPER", help="spread the map over sheets of this paper, no box cut")
    command.add_argument("--sheets", metavar="COLUMNSxROWS", help="how many sheets the poster has, such as 3x2")
    command.add_argument("--atlas", action="store_true", help="overview, a page an area, details, index")
    command.add_argument(
        "--distance", type=_metres, metavar="METRES", help="from how far it is to be read (0.4; posters 0.7)"
    )
    command.add_argument("--plan", action="store_true", help="say how legible it would be, and write nothing")
    command.add_argument(
        "--proof", action="store_true", help="add the pages as the colour-blind and a grey copy see them"
    )
    command.add_argument("--patterns", action="store_true", help="number the steps of the colours in box and legend")
    command.add_argument("--no-map", action="store_true", help="do not put the map itself into the PDF")
    command.add_argument("--language", metavar="CODE", help="names in this language of the map, such as de")


def sheets_of(given: argparse.Namespace) -> OnSheets | None:
    """The poster that is asked for."""
    from capmap.drawing.legibility import ON_THE_WALL
    from capmap.sharing.onsheets import OnSheets, grid_named

    if given.sheets and not given.poster:
        raise UsageError("--sheets says how many sheets a poster has; write --poster A4 with it.")
    if given.poster and given.atlas:
        raise UsageError("--poster and --atlas are two ways to print a map; choose one.")
    if not given.poster:
        return None
    return OnSheets(given.poster, grid_named(given.sheets) if given.sheets else None, given.distance or ON_THE_WALL)


def tell_plan(given: argparse.Namespace, order: Order, current: Map) -> dict[str, Any]:
    """Say how legible a page would be and what would be better; the facts of it."""
    found = _planned(given, order, current)
    if not given.json:
        tell([found.sentence, *_told(found)])
    return _facts(found)


def warn(given: argparse.Namespace, order: Order, current: Map, reached: float) -> dict[str, Any]:
    """Say it where the names of a page that can be read from ``reached`` metres are too small, with what would be
    better; more facts.
    """
    from capmap.drawing.legibility import IN_THE_HAND, TOO_NEAR
    from capmap.sharing.planning import can_be_planned

    too_small = reached < (given.distance or TOO_NEAR)
    if not can_be_planned(order) or not (too_small or (given.json and reached < IN_THE_HAND)):
        return {"proposals": []} if can_be_planned(order) else {}
    found = _planned(given, order, current)
    if too_small:
        for line in [found.sentence, *_told(found)]:
            say(line)
    return {"proposals": _facts(found)["proposals"]}


def _planned(given: argparse.Namespace, order: Order, current: Map) -> Legibility:
    from capmap.drawing.legibility import IN_THE_HAND
    from capmap.sharing.planning import planned

    return planned(order, current, given.distance or IN_THE_HAND)


def _told(found: Legibility) -> list[str]:
    from capmap.drawing.legibility import metres, reading_distance

    if not found.proposals:
        return []
    return [
        f"For {metres(found.wanted)} take one of these:",
        *(
            f"    {each.words}, names of about {each.smallest_name:.0f} points, to be read from"
            f" {metres(reading_distance(each.smallest_name))}: {' '.join(each.options)}"
            for each in found.proposals
        ),
    ]


def _facts(found: Legibility) -> dict[str, Any]:
    return {
        "smallest_name_pt": round(found.smallest_name, 2),
        "reading_distance_m": round(found.distance, 2),
        "wanted_distance_m": found.wanted,
        "legible": found.is_enough,
        "proposals": [proposal.as_dict() for proposal in found.proposals],
    }


def _metres(text: str) -> float:
    try:
        distance = float(text.strip().casefold().removesuffix("m"))
    except ValueError:
        distance = 0.0
    if not 0.1 <= distance <= _FARTHEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no distance in metres; give one like 0.4 or 2")
    return distance
