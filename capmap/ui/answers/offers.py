"""Offers: what the find-or-run field offers for services, projects and all else that is no box."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from capmap.analysis.named import label
from capmap.model.records import CLASS_OF, Record
from capmap.ui.find.finding import Suggestion, best

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_MOST = 5
_CAN_STOP = ("service", "provider", "unit")
_ICONS = {
    "service": "server",
    "project": "briefcase",
    "provider": "factory",
    "unit": "users",
    "objective": "target",
    "demand": "lightbulb",
}


def offers(window: MainWindow, words: str) -> Iterator[Suggestion]:
    """Things to light, by their names and codes; of the first that can stop, what happens then."""
    desk = window.desk
    if desk is None or len(words) < 2:
        return
    records: list[Record] = [record for kind in _ICONS for record in desk.workspace.map.all(CLASS_OF[kind])]
    names = [(label(record), f"{record.kind} {getattr(record, 'code', '')}") for record in records]
    found = [records[place] for place in best(words, names, _MOST)]
    for record in found:
        aside = f"{record.kind}: light what it touches"
        yield Suggestion(label(record), aside, _ICONS[record.kind], partial(desk.spotlight.show, [record.id]))
    for record in [record for record in found if record.kind in _CAN_STOP][:1]:
        ask = partial(window.answering.ask_about, "impact", record)
        yield Suggestion(f"Switch off {label(record)}", "what stops?", "power", ask)
