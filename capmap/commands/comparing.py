"""Comparing: the command that says what is different between two maps, and draws it."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capmap.analysis.compared import KINDS
from capmap.commands.sources import make_folder, read
from capmap.commands.telling import facts_out, say, tell
from capmap.errors import UsageError

if TYPE_CHECKING:
    from capmap.analysis.compared import Changed, Comparison


def declare_compare(command: argparse.ArgumentParser) -> None:
    """The words of ``compare``."""
    command.add_argument("old", type=Path, help="a map, or anything that can be read as one")
    command.add_argument("new", type=Path, help="the map as it is later, or another one")
    command.add_argument("out", type=Path, nargs="?", help="the picture of the changes to write, such as changes.pdf")
    command.add_argument("--paper", metavar="NAME", help="of the picture (A3)")
    command.add_argument("--orientation", choices=("landscape", "portrait"), help="of the picture (landscape)")
    command.add_argument("--depth", type=int, metavar="N", help="draw N levels")
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_compare)


def _compare(given: argparse.Namespace) -> int:
    from capmap.analysis.compared import compared
    from capmap.sharing.order import PICTURES, Order, Since, fulfil

    suffix = given.out.suffix.lower() if given.out else ""
    if given.out and (suffix not in PICTURES or suffix == ".html"):
        raise UsageError(f"CapMap draws changes as .pdf, .pptx, .svg or .png, not as {suffix or 'that'}.")
    old, old_notices = read(given.old)
    new, new_notices = read(given.new)
    for notice in (*old_notices, *new_notices):
        say(notice)
    found = compared(old, new)
    facts: dict[str, Any] = {
        "same": found.is_same,
        "sentence": found.sentence,
        **{kind: [_fact(found, each) for each in found.of(kind)] for kind in KINDS},
        "others": found.others,
    }
    if given.out:
        make_folder(given.out)
        since = Since(old, given.old.stem, given.new.stem)
        order = Order(
            suffix,
            paper=given.paper or "",
            orientation=given.orientation,
            depth=given.depth,
            date=dt.date.today(),
            since=since,
        )
        made = fulfil(order, new, given.out)
        if made.facts is not None:
            facts |= {"pages": made.facts.pages, "smallest_text_pt": round(made.facts.smallest_text_pt, 2)}
        say(f"Wrote {given.out}.")
    if given.json:
        facts_out(given, facts)
    else:
        tell([found.sentence, *_told(found)])
    return 0 if found.is_same else 1


def _told(found: Comparison) -> list[str]:
    lines: list[str] = []
    for kind in KINDS:
        group = found.of(kind)
        if group:
            lines += ["", f"{kind.capitalize()}:"]
            lines += [
                f"    {_number(found, each)} {each.name}{': ' + each.words if each.words else ''}" for each in group
            ]
    return lines


def _number(found: Comparison, each: Changed) -> str:
    if each.after is not None:
        return found.new.number(each.after.id)
    return found.old.number(each.before.id) if each.before is not None else ""


def _fact(found: Comparison, each: Changed) -> dict[str, Any]:
    one = each.after or each.before
    return {
        "id": one.id if one is not None else "",
        "number": _number(found, each),
        "name": each.name,
        "differences": [{"what": label, "before": before, "after": after} for label, before, after in each.details],
    }
