"""HeadFoot: where the room is, above the map; what was said, the keys, how far one is, below it."""

from __future__ import annotations

from capmap.drawing.marks import Mark, Rect, Text
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.ui.present.flow import Flow, baseline_in, elided, fitting_size, keys_marks, keys_width
from capmap.ui.present.session import Session
from capmap.ui.present.stagelook import AMBER, StageLook

_SIDE = 48.0
HEAD_TOP = 38.0
"""Where the first words stand on the screen, in the side too."""

_HINTS = (("1–5", "score"), ("← →", "step"), ("Enter", "in"), ("Backspace", "out"), ("Z", "undo"), ("?", "keys"))
_BEHIND_HINT, _GAP = 34.0, 40.0


def head_marks(session: Session, look: StageLook, width: float, unit: float) -> list[Mark]:
    """The way to the branch, small, and its name, large."""
    flow = Flow(_SIDE * unit, HEAD_TOP * unit, width - (_SIDE + 16) * unit)
    current, root = session.map, session.workspace.root
    title = current.settings.title or "Capability map"
    path = [box.name for box in current.path(root)] if root is not None else []
    above = [title, *path[:-1]] if path else [current.settings.subtitle or current.settings.organisation]
    flow.say(_way(above, 25 * unit, flow.width), "regular", 25 * unit, look.quiet)
    flow.fit(path[-1] if path else title, "bold", 54 * unit, look.ink, lines=1, least=30 * unit)
    return flow.marks


def _way(steps: list[str], size: float, width: float) -> str:
    """The steps in one line; the first ones are left out where it is too long."""
    shown = steps
    while len(shown) > 1 and fonts.width(" › ".join(shown), "regular", size) > width:
        shown = ["…", *shown[2 if shown[0] == "…" else 1 :]]
        if shown == ["…"]:
            shown = steps[-1:]
    return elided(" › ".join(shown), "regular", size, width)


def foot_marks(
    session: Session, look: StageLook, size: tuple[float, float], unit: float, said: str, flags: list[str], clock: str
) -> list[Mark]:
    """What was said, or else the keys that are used most; how far the room is; the time."""
    width, height = size
    marks: list[Mark] = []
    type_size = 25 * unit
    baseline = baseline_in(0.0, height, type_size)
    right = width - _SIDE * unit
    parts: list[tuple[str, Weight, str]] = [(clock, "regular", look.quiet)] if clock else []
    if session.questions:
        progress = session.progress
        parts.append((f"{progress.assessed:,} of {progress.total:,} assessed", "bold", look.ink))
        share = progress.assessed / progress.total if progress.total else 0.0
        marks.append(Rect(0.0, 0.0, width, 5 * unit, look.rule))
        if share:
            marks.append(Rect(0.0, 0.0, width * share, 5 * unit, AMBER))
    parts += [(flag, "regular", look.quiet) for flag in flags]
    for words, weight, ink in parts:
        marks.append(Text(right, baseline, words, weight, type_size, ink, "end"))
        right -= fonts.width(words, weight, type_size) + _GAP * unit
    room = right - _SIDE * unit
    if said:
        told = fitting_size(said, "bold", 28 * unit, room, 1, 20 * unit)
        words = elided(said, "bold", told, room)
        marks.append(Text(_SIDE * unit, baseline_in(0.0, height, told), words, "bold", told, look.ink))
    else:
        marks += _hints(look, unit, _SIDE * unit, baseline, room, type_size)
    return marks


def _hints(look: StageLook, unit: float, left: float, baseline: float, room: float, size: float) -> list[Mark]:
    """As many of the keys as there is room for; the last, which shows all, is always there."""
    widths = [
        keys_width(key, size) + 10 * unit + fonts.width(words, "regular", size) + _BEHIND_HINT * unit
        for key, words in _HINTS
    ]
    marks: list[Mark] = []
    spare = room - widths[-1]
    for (key, words), width in zip(_HINTS, widths, strict=True):
        last = (key, words) == _HINTS[-1]
        if not last and width > spare:
            continue
        spare -= 0.0 if last else width
        marks += keys_marks(key, left, baseline, size, look.ink)
        after = left + keys_width(key, size) + 10 * unit
        marks.append(Text(after, baseline, words, "regular", size, look.quiet))
        left += width
    return marks
