"""Suggestions: what the find-or-run field offers for some words: a jump, boxes, commands, a score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence

from capmap.model.assessing import assess
from capmap.model.filters import Condition
from capmap.model.filterwords import in_words, typed
from capmap.model.records import Capability, field_table
from capmap.ui.actions.action import Action
from capmap.ui.actions.table import ACTIONS
from capmap.ui.answers.offers import offers
from capmap.ui.find.finding import Suggestion, best, found, jump, rank, score_of
from capmap.ui.views.savedviews import WITH_KEYS

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_BOXES = 7
_COMMANDS = 9
_SAVED_VIEW = "saved view"
_FIRST = (
    "file.new",
    "file.open",
    "file.export",
    "box.add_child",
    "edit.find",
    "edit.history",
    "view.fit",
    "help.shortcuts",
)
"""What is offered before anything is typed."""


def suggestions(window: MainWindow, words: str) -> Sequence[Suggestion]:
    """The lines for these words, each kind under its heading."""
    if not words:
        known = {action.name: action for action in ACTIONS}
        return _headed("Commands", [_command(window, known[name]) for name in _FIRST])
    return [
        *_headed("Go to", list(_jumps(window, words))),
        *_headed("Set", list(_scores(window, words))),
        *_headed("Filter", list(_filters(window, words))),
        *_headed("Boxes", list(_boxes(window, words))),
        *_headed("Linked things", list(offers(window, words))),
        *_headed("Views", list(_views(window, words))),
        *_headed("Commands", list(_commands(window, words))),
    ]


def _headed(heading: str, rows: Sequence[Suggestion]) -> list[Suggestion]:
    import dataclasses

    return [dataclasses.replace(row, heading=heading) if index == 0 else row for index, row in enumerate(rows)]


def _jumps(window: MainWindow, words: str) -> Iterator[Suggestion]:
    if window.desk is None:
        return
    box_id = jump(window.desk.workspace.map, words)
    if box_id is not None:
        yield _box(window, box_id, number=True)


def _boxes(window: MainWindow, words: str) -> Iterator[Suggestion]:
    if window.desk is None:
        return
    current = window.desk.workspace.map
    exact = jump(current, words)
    hits = [hit for hit in found(current, words) if hit != exact]
    # A name that begins with the words is what most people mean; among equals reading order holds.
    hits.sort(key=lambda hit: -rank(words, current.shown(current.capability(hit)).name))
    for hit in hits[:_BOXES]:
        yield _box(window, hit)


def _box(window: MainWindow, box_id: str, *, number: bool = False) -> Suggestion:
    desk = window.map_desk
    current = desk.workspace.map
    box = current.shown(current.capability(box_id))
    path = " › ".join(step.name for step in current.path(box_id)[:-1])
    label = f"{box.code or current.number(box_id)}  {box.name}" if number else box.name
    return Suggestion(label, path or "Area", "corner-down-right" if number else "", lambda: desk.go_to(box_id))


def _scores(window: MainWindow, words: str) -> Iterator[Suggestion]:
    """ "maturity 3" sets the maturity of the selected boxes."""
    told = score_of(words)
    if told is None or window.desk is None:
        return
    desk, (field, value) = window.desk, told
    chosen = desk.workspace.selection
    label = field_table(Capability.kind)[field].label
    said = f"{label}: {value}" if value is not None else f"{label}: not assessed"
    if not chosen:
        yield Suggestion(said, "select a box first", "star", lambda: None, enabled=False)
        return
    current = desk.workspace.map
    aims = list(dict.fromkeys(current.shown(current.capability(key)).id for key in chosen))
    aside = current.capability(aims[0]).name if len(aims) == 1 else f"{len(aims):,} boxes"

    values: dict[str, Any] = {field: value}

    def run() -> None:
        desk.boxes.commit(lambda: assess(desk.workspace.map, aims, dt.date.today(), **values))

    yield Suggestion(said, aside, "star", run)


def _filters(window: MainWindow, words: str) -> Iterator[Suggestion]:
    """ "maturity<=2 pay" leaves the boxes that these conditions hold for and whose names contain the word."""
    if window.desk is None:
        return
    current = window.desk.workspace.map
    wanted, rest = typed(words, current)
    if not wanted:
        return
    for word in rest.split():
        wanted = wanted.and_also(Condition("name", "contains", word))
    said, count = in_words(wanted, current), len(found(current, words))
    aside = "1 box" if count == 1 else f"{count:,} boxes"
    yield Suggestion(f"Dim all but: {said}", aside, "funnel", partial(window.filtering.set, wanted, hides=False))
    yield Suggestion(f"Hide all but: {said}", aside, "eye-off", partial(window.filtering.set, wanted, hides=True))


def _views(window: MainWindow, words: str) -> Iterator[Suggestion]:
    """Those with a key are commands."""
    further = window.views.all[WITH_KEYS:]
    for index in best(words, [(view.name, _SAVED_VIEW) for view in further], _BOXES):
        view = further[index]
        yield Suggestion(view.name, _SAVED_VIEW, "bookmark", partial(window.views.show, view))


def _commands(window: MainWindow, words: str) -> Iterator[Suggestion]:
    actions = [action for action in ACTIONS if action.name != "edit.palette" and action.there(window)]
    labels = [(action.text(window), f"{action.menu} {action.submenu} {action.hint}") for action in actions]
    for index in best(words, labels, _COMMANDS):
        yield _command(window, actions[index])


def _command(window: MainWindow, action: Action) -> Suggestion:
    key = QKeySequence(action.shown_key).toString(QKeySequence.SequenceFormat.NativeText)
    label = f"{action.submenu}: {action.text(window)}" if action.submenu else action.text(window)
    run: Callable[[], object] = lambda: window.actions_set.trigger(action.name)  # noqa: E731
    return Suggestion(label, key, action.icon or _icon_of(action), run, enabled=action.enabled(window))


def _icon_of(action: Action) -> str:
    return {"lens": "palette", "levels": "layers", "chips": "tag", "look": "contrast"}.get(
        action.name.partition(".")[0], "command"
    )
