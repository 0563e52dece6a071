"""AskSide: the question beside the map, its answers with their keys and colours, and what helps to answer it."""

from __future__ import annotations

from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import ink_on
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.lens.lens import Heat
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.present.badges import number_of
from capmap.ui.present.flow import Flow, baseline_in, elided, fitting_size
from capmap.ui.present.headfoot import HEAD_TOP
from capmap.ui.present.questions import Answer, Question
from capmap.ui.present.session import Session
from capmap.ui.present.stagelook import AMBER, AMBER_INK, StageLook

_ROOM, _FOOT = 40.0, 32.0
_KEY, _ROW = 56.0, 70.0
_SMALL_ROW = 38.0
_TWO = 2


def ask_marks(
    session: Session, look: StageLook, size: tuple[float, float], unit: float, place: tuple[int, int], heat: Heat
) -> list[Mark]:
    """The marks of a side of so many pixels; ``place`` is which of how many boxes is asked about."""
    width, height = size
    flow = Flow(_ROOM * unit, HEAD_TOP * unit, width - 2 * _ROOM * unit)
    bottom = height - _FOOT * unit
    box, question = session.box, session.question
    if box is None:
        flow.say("Nothing to ask", "semibold", 36 * unit, look.ink)
        flow.say("There are no boxes here yet.", "regular", 26 * unit, look.quiet, lines=3)
        return flow.marks
    shown = session.workspace.current or box.id
    title = question.title if question is not None else session.workspace.lens.title
    _headline(flow, f"{place[0]} of {place[1]} · {title}", number_of(session.map, shown), look, unit)
    flow.skip(4 * unit)
    if question is None:
        _nothing_asked(session, flow, box, look, unit)
    else:
        flow.fit(question.asked_of(box.name), "bold", 40 * unit, look.ink, lines=5, least=25 * unit)
        flow.skip(22 * unit)
        if len(session.questions) > 1:
            _sides(session, flow, box, question, look, unit)
        _answers(session, flow, question, look, unit)
        _meaning(session, flow, shown, box, heat, look, unit)
    _facts(session.map, flow, shown, box, look, unit, bottom)
    if len(session.questions) > 1:
        _legend(flow, heat, look, unit, bottom)
    return flow.marks


def _headline(flow: Flow, words: str, number: str, look: StageLook, unit: float) -> None:
    """Which box it is and what is asked, its number at the right."""
    size = 25 * unit
    wide = fonts.width(number, "regular", size)
    top, right = flow.y, flow.x + flow.width
    flow.say(elided(words, "regular", size, flow.width - wide - size), "regular", size, look.quiet)
    flow.marks.append(Text(right, baseline_in(top, flow.y - top, size), number, "regular", size, look.quiet, "end"))


def _nothing_asked(session: Session, flow: Flow, box: Capability, look: StageLook, unit: float) -> None:
    flow.fit(box.name, "bold", 40 * unit, look.ink, lines=5, least=25 * unit)
    flow.skip(22 * unit)
    flow.say(f"{session.workspace.lens.title}: nothing to score here.", "regular", 26 * unit, look.ink, lines=3)
    flow.say("L goes to the next lens.", "regular", 26 * unit, look.ink, lines=2)


def _sides(session: Session, flow: Flow, box: Capability, asked: Question, look: StageLook, unit: float) -> None:
    """Both questions of the lens with their answers and their keys; the one that the digits answer is amber."""
    gap, height, size = 12 * unit, 60 * unit, 26 * unit
    wide = (flow.width - gap * (len(session.questions) - 1)) / len(session.questions)
    for place, question in enumerate(session.questions):
        left = flow.x + place * (wide + gap)
        chosen = question is asked
        fill, ink = (AMBER, AMBER_INK) if chosen else (look.control, look.control_ink)
        value = session.value_of(box, question)
        flow.marks.append(Rect(left, flow.y, wide, height, fill, radius=8 * unit))
        baseline = baseline_in(flow.y, height, size)
        said = "–" if value is None else str(value)
        right = left + wide - 16 * unit
        word = f"{question.letter} · {question.word}"
        room = wide - 44 * unit - fonts.width(said, "bold", 30 * unit)
        weight: Weight = "bold" if chosen else "regular"
        small = fitting_size(word, "bold", size, room, 1, 17 * unit)
        flow.marks.append(Text(left + 16 * unit, baseline, elided(word, "bold", small, room), weight, small, ink))
        flow.marks.append(Text(right, baseline, said, "bold", 30 * unit, ink, "end"))
    flow.skip(height + 22 * unit)


def _answers(session: Session, flow: Flow, question: Question, look: StageLook, unit: float) -> None:
    now = session.value
    for digit, answer in enumerate(question.answers, 1):
        _answer(flow, str(digit), answer, session.fill_with(answer.value), answer.value == now, look, unit)
    size = 24 * unit
    baseline = baseline_in(flow.y, _SMALL_ROW * unit, size)
    middle = flow.x + _KEY * unit / 2
    weight: Weight = "bold" if now is None else "regular"
    ink = look.ink if now is None else look.quiet
    flow.marks.append(Text(middle, baseline, "0", weight, size, ink, "middle"))
    flow.marks.append(Text(flow.x + (_KEY + 20) * unit, baseline, "not assessed", weight, size, ink))
    flow.skip(_SMALL_ROW * unit)


def _answer(flow: Flow, key: str, answer: Answer, fill: str, chosen: bool, look: StageLook, unit: float) -> None:
    """A key in the colour that the box would get, and what it stands for; the answer given on an amber plate."""
    side, size = _KEY * unit, 30 * unit
    row = _ROW * unit
    ink = look.ink
    if chosen:
        reach = 8 * unit
        flow.marks.append(
            Rect(flow.x - reach, flow.y, flow.width + 2 * reach, side + 2 * reach, AMBER, radius=10 * unit)
        )
        ink = AMBER_INK
    top = flow.y + (row - side) / 2
    ground = fill or look.control
    key_ink = ink_on(fill) if fill else look.control_ink
    edge = AMBER_INK if chosen else look.rule
    flow.marks.append(Rect(flow.x, top, side, side, ground, edge, 1.5 * unit, 8 * unit))
    flow.marks.append(Text(flow.x + side / 2, baseline_in(top, side, size), key, "bold", size, key_ink, "middle"))
    left = flow.x + side + 20 * unit
    weight: Weight = "bold" if chosen else "regular"
    label = elided(_opened(answer.label), "bold", size, flow.x + flow.width - left)
    flow.marks.append(Text(left, baseline_in(top, side, size), label, weight, size, ink))
    flow.skip(row)


def _meaning(
    session: Session, flow: Flow, shown: str, box: Capability, heat: Heat, look: StageLook, unit: float
) -> None:
    """What the colour of the box says, where it is not the answer itself."""
    step = heat.steps.get(shown)
    own = session.workspace.lens.step_of(session.map, box)
    if step is None or (own is not None and len(session.questions) < _TWO):
        return
    said = session.workspace.lens.label_of(session.map, box) if own is not None else "middle of the boxes inside"
    row, size = 44 * unit, 24 * unit
    flow.skip(10 * unit)
    fill = heat.lens.steps[step].fill
    flow.marks.append(
        Rect(flow.x, flow.y + row / 2 - 14 * unit, _KEY * unit, 28 * unit, fill, look.rule, 1.5 * unit, 5 * unit)
    )
    left = flow.x + (_KEY + 20) * unit
    room = flow.x + flow.width - left
    size = fitting_size(said, "semibold", size, room, 1, 17 * unit)
    words = elided(said, "semibold", size, room)
    flow.marks.append(Text(left, baseline_in(flow.y, row, size), words, "semibold", size, look.ink))
    flow.skip(row)


def _legend(flow: Flow, heat: Heat, look: StageLook, unit: float, bottom: float) -> None:
    """What the colours of the map mean where they are not those of the answers, with counts."""
    row, size = 36 * unit, 22 * unit
    if flow.y + 22 * unit + row * len(heat.legend) > bottom:
        return
    flow.skip(8 * unit)
    flow.marks.append(Rect(flow.x, flow.y, flow.width, max(1.0, 1.5 * unit), look.rule))
    flow.skip(14 * unit)
    for entry in heat.legend:
        middle = flow.y + row / 2
        swatch = (flow.x, middle - 11 * unit, 36 * unit, 22 * unit)
        if entry.step is None:
            fill, edge, words = look.theme.unknown_fill, look.theme.unknown_edge, "not assessed"
        else:
            fill, edge, words = entry.step.fill, look.rule, entry.step.label
        flow.marks.append(Rect(*swatch, fill, edge, 1.5 * unit, 4 * unit))
        baseline = baseline_in(flow.y, row, size)
        flow.marks.append(Text(flow.x + 52 * unit, baseline, words, "regular", size, look.ink))
        right = flow.x + flow.width
        flow.marks.append(Text(right, baseline, f"{entry.count:,}", "bold", size, look.ink, "end"))
        flow.skip(row)


def _facts(current: Map, flow: Flow, shown: str, box: Capability, look: StageLook, unit: float, bottom: float) -> None:
    """What the capability is and what it stands on, as far as there is room."""
    size = 24 * unit
    flow.skip(20 * unit)
    for text, most in ((box.description, 5), (_links(current, shown, box), 2)):
        lines = min(most, int((bottom - flow.y) / (size * 1.3)))
        if text and lines > 0:
            flow.say(text, "regular", size, look.quiet, lines=lines)
            flow.skip(10 * unit)


def _links(current: Map, shown: str, box: Capability) -> str:
    """ "8 boxes inside" for a closed box, "2 services, 1 project" for any other."""
    inside = len(current.child_ids(shown))
    if inside:
        return f"{_counted(inside, 'box', 'boxes')} inside: Enter goes in."
    found = [link.type for link in current.links_to(box.id)]
    counts = ((found.count("supports"), "IT service"), (found.count("improves"), "project"))
    parts = [_counted(count, word, f"{word}s") for count, word in counts if count]
    return f"Linked: {', '.join(parts)}" if parts else ""


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _opened(label: str) -> str:
    return label[:1].upper() + label[1:]
