"""Legendentries: what a legend has to tell of a heat, one thing after the other, how each is painted, and which boxes
it is about.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from capmap.drawing.besides import doubt_marks
from capmap.drawing.chips import LinkCounts
from capmap.drawing.legend import told_doubts
from capmap.drawing.theme import Theme, edge_of, ink_on
from capmap.lens.lens import Doubt, Heat
from capmap.render import qt

SWATCH = QSize(22, 13)
CHIP = 17.0
UNKNOWN = -1

Key = int | tuple[int, int] | Doubt
"""What an entry is about: a step (UNKNOWN: none), a bar with its step, a kind of doubt."""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell: its mark (a swatch, a chip ...), its words, its count, and what can be lit by it."""

    kind: str
    words: str
    count: str = ""
    fill: str = ""
    key: Key | None = None
    of: int = 0
    """How many capabilities there are."""

    @property
    def mark_width(self) -> float:
        """Pixels that the mark before the words takes."""
        return {"title": 0.0, "total": 0.0, "chip": CHIP}.get(self.kind, float(SWATCH.width()))

    @property
    def told(self) -> str:
        """The entry in words: on target, 7 of 42."""
        return f"{self.words}, {self.count} of {self.of:,}" if self.count else self.words


def entries_of(heat: Heat, boxes_with: LinkCounts, theme: Theme) -> Iterator[Entry]:
    """The entries of a heat; ``boxes_with`` is how many boxes show services and projects."""
    if heat.lens.steps or any(boxes_with):
        yield Entry("title", heat.lens.title)
    if heat.lens.steps:
        yield from _steps(heat, None)
        yield Entry("total", f"of {heat.total:,}")
    for doubt, words, count in told_doubts(heat):
        yield Entry("doubt", words, f"{count:,}", theme.plain_fills[0], doubt, heat.total)
    for place, stripe in enumerate(heat.stripes):
        yield Entry("title", f"Bar {place + 1}: {stripe.lens.title}")
        yield from _steps(stripe, place)
    if boxes_with.services:
        yield Entry("chip", "services", fill=theme.service_fill)
    if boxes_with.projects:
        yield Entry("chip", "projects", fill=theme.project_fill)


def _steps(heat: Heat, bar: int | None) -> Iterator[Entry]:
    for index, entry in enumerate(heat.legend):
        step = UNKNOWN if entry.step is None else index
        key: Key = step if bar is None else (bar, step)
        if entry.step is None:
            yield Entry("unknown", heat.lens.unknown, f"{entry.count:,}", "", key, heat.total)
        else:
            yield Entry("swatch", entry.step.label, f"{entry.count:,}", entry.step.fill, key, heat.total)


def boxes_about(key: Key, heat: Heat) -> list[str]:
    """The ids of the boxes that an entry of a heat is about."""
    if isinstance(key, Doubt):
        doubts = ((box, heat.doubt_of(box)) for box in heat.steps)
        return [box for box, doubt in doubts if doubt and ((key.old and doubt.old) or (key.single and doubt.single))]
    if isinstance(key, tuple):
        bar, step = key
        return boxes_about(step, heat.stripes[bar]) if bar < len(heat.stripes) else []
    wanted = None if key == UNKNOWN else key
    return [box for box, step in heat.steps.items() if step == wanted]


def paint_mark(painter: QPainter, entry: Entry, rect: QRectF, theme: Theme, bold: QFont) -> None:
    """What stands before the words of an entry in a row of this place."""
    middle = rect.center().y()
    if entry.kind == "chip":
        mark = QRectF(rect.x(), middle - CHIP / 2 + 1, CHIP, CHIP - 2)
        _fill(painter, mark, entry.fill, edge_of(entry.fill, theme.area_fill), mark.height() / 2)
        small = QFont(bold)
        small.setPixelSize(10)
        painter.setFont(small)
        painter.setPen(QColor(ink_on(entry.fill)))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "n")
        return
    mark = QRectF(QPointF(rect.x(), middle - SWATCH.height() / 2), SWATCH.toSizeF())
    if entry.fill:
        _fill(painter, mark, entry.fill, edge_of(entry.fill, theme.area_fill), 3)
    else:
        _fill(painter, mark, theme.unknown_fill, theme.unknown_edge, 3, dashed=True)
    if isinstance(entry.key, Doubt):
        colours = entry.fill, ink_on(entry.fill)
        qt.paint(painter, doubt_marks(mark.x(), mark.y(), mark.width(), entry.key, colours))


def _fill(painter: QPainter, mark: QRectF, fill: str, edge: str, radius: float, *, dashed: bool = False) -> None:
    line = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setBrush(QColor(fill))
    painter.setPen(QPen(QColor(edge), 1, line) if edge else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(mark, radius, radius)
