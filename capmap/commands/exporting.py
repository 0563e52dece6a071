"""Exporting: the command that writes a map as a picture or as data."""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capmap.commands.importing import kind_named
from capmap.commands.printing import declare_printing, sheets_of, tell_plan, warn
from capmap.commands.sources import make_folder, read
from capmap.commands.telling import facts_out, say
from capmap.errors import UsageError
from capmap.model.map import Map

if TYPE_CHECKING:
    from capmap.model.views import Sight
    from capmap.sharing.overtime import OverTime


def declare_export(command: argparse.ArgumentParser) -> None:
    """The words of ``export``."""
    command.add_argument("file", type=Path, help="a map, or anything that can be read as one")
    command.add_argument("out", type=Path, help="the file to write; its ending says the format")
    command.add_argument("--lens", metavar="NAME", help="what the colours say (maturity gap, if assessed)")
    command.add_argument(
        "--paper", metavar="NAME", help="A5 to A0, Letter, Tabloid, 16:9, or 420x297mm (A3; slides 16:9)"
    )
    command.add_argument("--orientation", choices=("landscape", "portrait"), help="landscape, but for own sizes")
    command.add_argument("--depth", type=_levels, metavar="N", help="show N levels")
    command.add_argument("--root", metavar="CODE|NAME", help="show one branch")
    command.add_argument("--view", metavar="NAME", help="what a view saved in the map shows; the above go before it")
    command.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="the day that is shown (today)")
    time_of = command.add_mutually_exclusive_group()
    time_of.add_argument(
        "--roadmap", action="store_true", help="draw lifecycles and projects as bars over the quarters"
    )
    time_of.add_argument(
        "--flip-book", nargs=2, type=_date, metavar=("FROM", "TO"), help="draw the map day after day, a page each"
    )
    command.add_argument("--from", dest="first", type=_date, metavar="YYYY-MM-DD", help="where the roadmap begins")
    command.add_argument("--to", dest="last", type=_date, metavar="YYYY-MM-DD", help="where the roadmap ends")
    command.add_argument(
        "--every", choices=("quarter", "half", "year"), help="between two pages of a flip-book (quarter)"
    )
    command.add_argument("--table", metavar="KIND", help="of a CSV file: services, projects ... links (capabilities)")
    command.add_argument("--tables", action="store_true", help="write a CSV file for every kind into the folder OUT")
    declare_printing(command)
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_export)


def _export(given: argparse.Namespace) -> int:
    from capmap.model import views
    from capmap.sharing.order import SUFFIXES, TABLE, WORKBOOK, Order, fulfil

    started = time.perf_counter()
    suffix = given.out.suffix.lower()
    if given.tables:
        return _export_tables(given)
    table = kind_named(given.table)
    if table and suffix != TABLE:
        raise UsageError(f"--table writes one table as {TABLE}; a workbook ({WORKBOOK}) holds them all.")
    if suffix not in SUFFIXES:
        raise UsageError(
            f"CapMap cannot write {suffix or 'a file without an ending'}. It writes {' '.join(sorted(SUFFIXES))}"
        )
    current, notices = read(given.file)
    for notice in notices:
        say(notice)
    if not given.plan:
        make_folder(given.out)
    date: dt.date = given.date or dt.date.today()
    sight = _sight(current, given.view)
    only = views.only_of(sight, current, today=date)
    order = Order(
        suffix,
        lens=given.lens or sight.lens or "",
        paper=given.paper or "",
        orientation=given.orientation,
        depth=given.depth or sight.depth,
        root=_root(current, given.root) or sight.root,
        folded=frozenset(sight.folded),
        only=None if only is None else frozenset(only),
        date=date,
        moment=given.date if given.date != dt.date.today() else None,
        over=_over(given),
        table=table,
        language=given.language,
        sheets=sheets_of(given),
        atlas=given.atlas,
        proof=given.proof,
        patterns=given.patterns,
        carries_map=not given.no_map,
    )
    if given.plan:
        facts_out(given, tell_plan(given, order, current))
        return 0
    made = fulfil(order, current, given.out)
    facts: dict[str, Any] = (
        made.facts.as_dict() if made.facts is not None else {"boxes": sum(1 for _ in current.walk())}
    )
    facts["seconds"] = round(time.perf_counter() - started, 3)
    say(f"Wrote {given.out}.")
    if made.facts is not None:
        facts |= warn(given, order, current, made.facts.reading_distance_m)
    facts_out(given, facts)
    return 0


def _export_tables(given: argparse.Namespace) -> int:
    """A CSV file for every kind."""
    from capmap.sharing.order import write_tables

    if given.out.exists() and not given.out.is_dir():
        raise UsageError(f"--tables writes into a folder, and {given.out} is a file.")
    current, notices = read(given.file)
    for notice in notices:
        say(notice)
    made = write_tables(current, given.out)
    say(f"Wrote {len(made.files)} tables into {given.out}.")
    facts_out(given, {"files": [str(file) for file in made.files]})
    return 0


def _over(given: argparse.Namespace) -> OverTime | None:
    """The picture of a stretch of time that is asked for."""
    from capmap.sharing.overtime import OverTime

    if (given.first or given.last) and not given.roadmap:
        raise UsageError("--from and --to say which time a roadmap shows; write --roadmap with them.")
    if given.every and not given.flip_book:
        raise UsageError("--every says how far the pages of a flip-book are apart; write --flip-book FROM TO with it.")
    if given.flip_book:
        first, last = given.flip_book
        return OverTime("flip-book", first, last, given.every or "quarter")
    return OverTime("roadmap", given.first, given.last) if given.roadmap else None


def _sight(current: Map, wanted: str | None) -> Sight:
    """What the saved view of this name shows; the whole map without one."""
    from capmap.lens.catalogue import names_of
    from capmap.model import views

    if not wanted:
        return views.Sight()
    view = views.view_named(current, wanted)
    if view is None:
        known = ", ".join(f"“{view.name}”" for view in views.views_of(current)) or "none"
        raise UsageError(f"There is no saved view “{wanted}” in this map. It has: {known}.")
    sight, missing = views.sight_of(view, current, names_of(current))
    for sentence in missing:
        say(f"The view “{view.name}”: {sentence}.")
    return sight


def _root(current: Map, wanted: str | None) -> str | None:
    """The id of the capability with this code, outline number or name."""
    if not wanted:
        return None
    found = current.by_number(wanted)
    if found is None:
        same = [capability for capability in current.walk() if capability.name.casefold() == wanted.casefold()]
        if len(same) > 1:
            numbers = ", ".join(current.number(capability.id) for capability in same[:5])
            raise UsageError(f"{len(same)} boxes are called “{wanted}”; name one by its number: {numbers}.")
        found = same[0] if same else None
    if found is None:
        raise UsageError(f"There is no box with the code, number or name “{wanted}” in this map.")
    return found.id


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-11-30") from None


def _levels(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of levels; give 1 or more")
    return int(text)
