"""Telling: a box in words, for tool tips and for people who listen to the map."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from capmap.lens.lens import Lens
from capmap.model.map import Map
from capmap.model.records import Capability


def in_words(current: Map, lens: Lens, capability: Capability) -> str:
    """The name of a box, what its colour says or how many boxes stand inside, and where it stands."""
    return ", ".join([current.shown(capability).name, *_facts(current, lens, capability), _place(current, capability)])


def as_tip(current: Map, lens: Lens, capability: Capability) -> str:
    """The same as rich text for a tool tip."""
    lines = [f"<b>{escape(current.shown(capability).name)}</b>"]
    lines += [escape(fact) for fact in _facts(current, lens, capability)]
    lines.append(f"<span style='color: gray'>{escape(_place(current, capability))}</span>")
    return "<br>".join(lines)


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say this, if one is listening."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def _facts(current: Map, lens: Lens, capability: Capability) -> list[str]:
    inside = len(current.child_ids(capability.id))
    if inside:
        return [f"{inside:,} {'box' if inside == 1 else 'boxes'} inside"]
    label = lens.label_of(current, current.shown(capability))
    facts = [f"{lens.title}: {label}"] if label else []
    if capability.alias_of:
        facts.append("shown here a second time")
    return facts


def _place(current: Map, capability: Capability) -> str:
    path = current.path(capability.id)[:-1]
    return " › ".join(step.name for step in path) if path else "top level"
