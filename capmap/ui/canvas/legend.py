"""Legend: what the colours and chips of the map mean, with counts, floating at its lower left corner."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from capmap.drawing.chips import LinkCounts
from capmap.drawing.theme import LIGHT, Theme, edge_of, ink_on
from capmap.lens.lens import Heat

LEGEND_ROOM = 40.0
"""Pixels that a legend of one row takes at the foot of a fitted map."""

_ROW = 34.0
_SIDE = 14.0
_GAP = 16.0
_SWATCH = QSize(22, 13)
_CHIP = 17.0
_SHADOW = 6

NOTHING = LinkCounts(0, 0)


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    """One thing to tell: a swatch or chip (fill, dashed edge), its words and its count."""

    kind: str
    words: str
    count: str
    fill: str = ""
    step: int | None = None


class Legend(QWidget):
    """A card that takes as many rows as its width asks for.

    ``pointed_at`` carries the index of the step under the pointer (-1: not assessed), or None, so that the canvas can
    light its boxes.
    """

    pointed_at = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[_Entry] = []
        self._theme = LIGHT
        self._pointed: int | None = None
        self._story = ""
        self._room = 0.0
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAccessibleName("Legend")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_heat(self, heat: Heat, boxes_with: LinkCounts, theme: Theme) -> None:
        """Explain this heat; ``boxes_with`` is how many boxes show services and projects."""
        self._theme, self._story = theme, heat.story
        entries = [_Entry("title", heat.lens.title, "")] if heat.lens.steps or any(boxes_with) else []
        for index, entry in enumerate(heat.legend):
            if entry.step is not None:
                entries.append(_Entry("swatch", entry.step.label, f"{entry.count:,}", entry.step.fill, index))
            elif heat.lens.steps:
                entries.append(_Entry("unknown", "not assessed", f"{entry.count:,}", step=-1))
        if boxes_with.services:
            entries.append(_Entry("chip", "services", "", theme.service_fill))
        if boxes_with.projects:
            entries.append(_Entry("chip", "projects", "", theme.project_fill))
        self._entries = entries
        told = "; ".join(f"{entry.words}: {entry.count}" for entry in entries if entry.count)
        self.setAccessibleDescription(f"{heat.lens.title}. {told}" if told else heat.lens.title)
        self.update()

    def place(self, width: float, bottom: float, *, shown: bool) -> None:
        """Stand at the lower left corner of a parent that is ``width`` wide and ends at ``bottom``, if there is
        something to explain.
        """
        self.setVisible(shown and bool(self._entries))
        self._room = width - 2 * _SIDE
        size = self._size()
        self.setGeometry(
            round(_SIDE) - _SHADOW + 2, round(bottom - size.height() - _SIDE) - _SHADOW + 2,
            size.width() + 2 * _SHADOW, size.height() + 2 * _SHADOW,
        )  # fmt: skip
        self.update()

    @property
    def further_rows(self) -> float:
        """Pixels by which the card is higher than one of a single row."""
        return max(self._size().height() - _ROW, 0.0)

    def _fonts(self) -> tuple[QFont, QFont]:
        regular = QFont(self.font())
        regular.setPixelSize(12)
        bold = QFont(regular)
        bold.setWeight(QFont.Weight.DemiBold)
        return regular, bold

    def _spans(self) -> Iterator[tuple[_Entry, QRectF]]:
        """The entries with their places in a card that has so much room, row by row."""
        regular, bold = (QFontMetricsF(font) for font in self._fonts())
        x, y = _SIDE, 0.0
        for entry in self._entries:
            if entry.kind == "title":
                length = bold.horizontalAdvance(entry.words)
            else:
                mark = _CHIP if entry.kind == "chip" else _SWATCH.width()
                length = mark + 6 + regular.horizontalAdvance(entry.words)
                length += 6 + bold.horizontalAdvance(entry.count) if entry.count else 0.0
            if x > _SIDE and x + length > self._room - _SIDE:
                x, y = _SIDE, y + _ROW - 10
            yield entry, QRectF(x, y, length, _ROW)
            x += length + _GAP

    def _size(self) -> QSize:
        places = [rect for _, rect in self._spans()]
        if not places:
            return QSize(0, 0)
        right = max(rect.right() for rect in places) + _SIDE
        return QSize(round(right), round(max(rect.bottom() for rect in places)))

    def _card(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)

    # -- events --------------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        """The card, its shadow, and the entries."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card, theme = self._card(), self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(_SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5))
            painter.drawRoundedRect(card.adjusted(-spread, 1 - spread, spread, spread), 7 + spread, 7 + spread)
        painter.setBrush(QColor(theme.area_fill))
        painter.setPen(QPen(QColor(theme.area_edge), 1))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.translate(card.topLeft())
        regular, bold = self._fonts()
        for entry, rect in self._spans():
            self._paint_entry(painter, entry, rect, regular, bold)

    def _paint_entry(self, painter: QPainter, entry: _Entry, rect: QRectF, regular: QFont, bold: QFont) -> None:
        theme, middle = self._theme, rect.center().y()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if entry.kind == "title":
            painter.setFont(bold)
            painter.setPen(QColor(theme.ink))
            painter.drawText(rect, left, entry.words)
            return
        if entry.kind == "chip":
            mark = QRectF(rect.x(), middle - _CHIP / 2 + 1, _CHIP, _CHIP - 2)
            edge = edge_of(entry.fill, theme.area_fill)
            painter.setBrush(QColor(entry.fill))
            painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(mark, mark.height() / 2, mark.height() / 2)
            small = QFont(bold)
            small.setPixelSize(10)
            painter.setFont(small)
            painter.setPen(QColor(ink_on(entry.fill)))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "n")
        else:
            mark = QRectF(QPointF(rect.x(), middle - _SWATCH.height() / 2), _SWATCH.toSizeF())
            edge = edge_of(entry.fill, theme.area_fill) if entry.fill else theme.unknown_edge
            dashed = Qt.PenStyle.SolidLine if entry.fill else Qt.PenStyle.DashLine
            painter.setBrush(QColor(entry.fill or theme.unknown_fill))
            painter.setPen(QPen(QColor(edge), 1, dashed) if edge else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(mark, 3, 3)
        words = rect.adjusted(mark.width() + 6, 0, 0, 0)
        painter.setFont(regular)
        pointed = entry.step is not None and entry.step == self._pointed
        painter.setPen(QColor(theme.ink if pointed else theme.container_ink))
        painter.drawText(words, left, entry.words)
        if entry.count:
            painter.setFont(bold)
            painter.setPen(QColor(theme.ink))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.count)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a step."""
        place = event.position() - self._card().topLeft()
        found = next((entry for entry, rect in self._spans() if rect.contains(place)), None)
        self._point(found.step if found else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self._point(None)

    def event(self, event: QEvent) -> bool:
        """The story of the picture as a tool tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._story[:1].upper() + self._story[1:] + "." if self._story else "")
            return True
        return super().event(event)

    def _point(self, step: int | None) -> None:
        if step != self._pointed:
            self._pointed = step
            self.pointed_at.emit(step)
            self.update()
