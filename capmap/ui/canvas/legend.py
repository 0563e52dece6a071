"""Legend: what the colours and chips of the map mean, with counts, floating at its lower left corner."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from capmap.drawing.chips import LinkCounts
from capmap.drawing.theme import LIGHT, Theme
from capmap.lens.lens import Heat
from capmap.ui.canvas.legendentries import Entry, Key, entries_of, paint_mark
from capmap.ui.canvas.overlay import accents_of
from capmap.ui.canvas.telling import announce

LEGEND_ROOM = 40.0
"""Pixels that a legend of one row takes at the foot of a fitted map."""

_ROW = 34.0
_SIDE = 14.0
_GAP = 16.0
_SHADOW = 6
_MORE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_BACK, _ON = (Qt.Key.Key_Left, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Down)
_PRESS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN_KEYS = (*_BACK, *_ON, *_PRESS, Qt.Key.Key_Escape)

NOTHING = LinkCounts(0, 0)


class Legend(QWidget):
    """A card that takes as many rows as its width asks for.

    ``pointed_at`` carries what the entry under the pointer is about, or None; ``chosen`` what the entries are about
    that were clicked, or pressed with Space. Arrows go from entry to entry; ``left`` says that the keys should go back
    to the map.
    """

    pointed_at = Signal(object)
    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._theme = LIGHT
        self._pointed: Key | None = None
        self._here = 0
        """The place among the entries about something where the keys are."""
        self._title = ""
        self.kept: frozenset[Key] = frozenset()
        """What the chosen entries are about."""
        self._story = ""
        self._room = 0.0
        self._painted: tuple[object, QPixmap] | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAccessibleName("Legend")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_heat(self, heat: Heat, boxes_with: LinkCounts, theme: Theme) -> None:
        """Explain this heat; ``boxes_with`` is how many boxes show services and projects."""
        self._theme, self._story, self._title = theme, heat.story, heat.lens.title
        self._entries = list(entries_of(heat, boxes_with, theme))
        there = {entry.key for entry in self._entries}
        if not self.kept <= there:
            self._keep(frozenset(key for key in self.kept if key in there))
        self._describe()
        self.update()

    def choose(self, key: Key, *, more: bool = False) -> None:
        """Choose an entry alone, or besides those that are chosen; one that is chosen already is chosen no longer."""
        alone = frozenset() if self.kept == {key} else frozenset({key})
        self._keep(self.kept ^ {key} if more else alone)

    def clear(self) -> None:
        """Choose nothing any more."""
        self._keep(frozenset())

    def _keep(self, keys: frozenset[Key]) -> None:
        if keys != self.kept:
            self.kept = keys
            self._describe()
            self.update()
            self.chosen.emit(keys)

    def _describe(self) -> None:
        told = "; ".join(f"{entry.words}: {entry.count}" for entry in self._entries if entry.count)
        lit = ", ".join(entry.words for entry in self._entries if entry.key is not None and entry.key in self.kept)
        words = f"{self._title}. {told}" if told else self._title
        self.setAccessibleDescription(f"{words}. Lit: {lit}" if lit else words)

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

    @property
    def room_of(self) -> dict[Key, QRectF]:
        """Where the entries stand that can be clicked, in pixels of the widget."""
        corner = self._card().topLeft()
        return {entry.key: rect.translated(corner) for entry, rect in self._spans() if entry.key is not None}

    def _fonts(self) -> tuple[QFont, QFont]:
        regular = QFont(self.font())
        regular.setPixelSize(12)
        bold = QFont(regular)
        bold.setWeight(QFont.Weight.DemiBold)
        return regular, bold

    def _spans(self) -> Iterator[tuple[Entry, QRectF]]:
        """The entries with their places in a card that has so much room, row by row."""
        regular, bold = (QFontMetricsF(font) for font in self._fonts())
        x, y = _SIDE, 0.0
        lengths = [self._length(entry, regular, bold) for entry in self._entries]
        for place, (entry, length) in enumerate(zip(self._entries, lengths, strict=True)):
            # What the bars mean begins a row each.
            begins = entry.kind == "title" and place > 0
            if x > _SIDE and (begins or x + length > self._room - _SIDE):
                x, y = _SIDE, y + _ROW - 10
            yield entry, QRectF(x, y, length, _ROW)
            x += length + _GAP

    def _length(self, entry: Entry, regular: QFontMetricsF, bold: QFontMetricsF) -> float:
        if entry.kind == "title":
            return bold.horizontalAdvance(entry.words)
        mark = entry.mark_width + 6 if entry.mark_width else 0.0
        count = 6 + bold.horizontalAdvance(entry.count) if entry.count else 0.0
        return mark + regular.horizontalAdvance(entry.words) + count

    def _size(self) -> QSize:
        places = [rect for _, rect in self._spans()]
        if not places:
            return QSize(0, 0)
        right = max(rect.right() for rect in places) + _SIDE
        return QSize(round(right), round(max(rect.bottom() for rect in places)))

    def _card(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        """The card as it was painted last: it is painted again with every change of the map below it."""
        told = (
            self._entries,
            self._theme,
            self._pointed,
            self._current if self.hasFocus() else None,
            self.kept,
            self._room,
            self.font(),
            self.size(),
            self.devicePixelRatioF(),
        )
        if self._painted is None or self._painted[0] != told:
            card = QPixmap(self.size() * self.devicePixelRatioF())
            card.setDevicePixelRatio(self.devicePixelRatioF())
            card.fill(Qt.GlobalColor.transparent)
            painter = QPainter(card)
            self._paint(painter)
            painter.end()
            self._painted = told, card
        QPainter(self).drawPixmap(0, 0, self._painted[1])

    def _paint(self, painter: QPainter) -> None:
        """The card, its shadow, and the entries."""
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

    def _paint_entry(self, painter: QPainter, entry: Entry, rect: QRectF, regular: QFont, bold: QFont) -> None:
        theme = self._theme
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if entry.kind in ("title", "total"):
            painter.setFont(bold if entry.kind == "title" else regular)
            painter.setPen(QColor(theme.ink if entry.kind == "title" else theme.quiet_ink))
            painter.drawText(rect, left, entry.words)
            return
        chosen = entry.key is not None and entry.key in self.kept
        has_keys = self.hasFocus() and self._current is entry
        if chosen or has_keys:
            accents = accents_of(theme)
            frame = rect.adjusted(-6, 6, 6, -6)
            painter.setPen(QPen(QColor(accents.found), 2 if has_keys else 1.2))
            painter.setBrush(QColor(theme.container_fills[0]) if chosen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 6, 6)
        paint_mark(painter, entry, rect, theme, bold)
        faint = bool(self.kept) and entry.key is not None and not chosen
        pointed = entry.key is not None and entry.key == self._pointed
        painter.setFont(regular)
        painter.setPen(QColor(theme.ink if pointed or chosen else theme.quiet_ink if faint else theme.container_ink))
        painter.drawText(rect.adjusted(entry.mark_width + 6, 0, 0, 0), left, entry.words)
        if entry.count:
            painter.setFont(bold)
            painter.setPen(QColor(theme.quiet_ink if faint and not pointed else theme.ink))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.count)

    # -- the mouse -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at an entry."""
        found = self._at(event.position())
        self._point(found.key if found else None)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._pointed is not None else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose an entry; Ctrl or Shift choose several."""
        found = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None and found.key is not None:
            self._here = self._choices().index(found)
            self.choose(found.key, more=bool(event.modifiers() & _MORE))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self._point(None)

    def _at(self, position: QPointF) -> Entry | None:
        place = position - self._card().topLeft()
        return next((entry for entry, rect in self._spans() if rect.adjusted(-6, 4, 6, -4).contains(place)), None)

    def event(self, event: QEvent) -> bool:
        """What an entry counts, or the story of the picture, as a tool tip; Esc is not the window's while here."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            words = self._story[:1].upper() + self._story[1:] + "." if self._story else ""
            if found is not None and found.count:
                words = f"{found.told[:1].upper()}{found.told[1:]}. Click to light its boxes and dim the others."
            QToolTip.showText(event.globalPos(), words)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def _point(self, key: Key | None) -> None:
        if key != self._pointed:
            self._pointed = key
            self.pointed_at.emit(key)
            self.update()

    # -- the keyboard --------------------------------------------------------------------------------

    def _choices(self) -> list[Entry]:
        return [entry for entry in self._entries if entry.key is not None]

    @property
    def _current(self) -> Entry | None:
        choices = self._choices()
        return choices[min(self._here, len(choices) - 1)] if choices else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Space and Enter choose (with Ctrl or Shift besides), Esc takes all back or leaves."""
        key, current = event.key(), self._current
        if key in (*_BACK, *_ON) and current is not None:
            count = len(self._choices())
            self._here = (min(self._here, count - 1) + (1 if key in _ON else -1)) % count
            self._tell_current()
        elif key in _PRESS and current is not None and current.key is not None:
            self.choose(current.key, more=bool(event.modifiers() & _MORE))
            self._tell_current()
        elif key == Qt.Key.Key_Escape:
            if self.kept:
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell_current(self) -> None:
        self.update()
        current = self._current
        if current is not None:
            announce(self, f"{current.told}{', lit' if current.key in self.kept else ''}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keys are."""
        super().focusInEvent(event)
        self._tell_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        super().focusOutEvent(event)
        self.update()
