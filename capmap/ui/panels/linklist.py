"""LinkList: what a box is linked to, a row each with its one telling figure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Link, Objective, Project, Record, Service, Unit
from capmap.ui.panels import figures
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label

_SHOWN = 12
_ROW = 28


@dataclasses.dataclass(frozen=True, slots=True)
class LinkedThing:
    """One row: the record at the other end, its name, its figure, and the boxes it is linked to."""

    record_id: str
    kind: str
    name: str
    figure: str
    boxes: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class LinkGroup:
    """The rows under one heading."""

    heading: str
    rows: Sequence[LinkedThing]


_GROUPS = {
    "supports": ("Supported by {}", "IT service", "IT services"),
    "improves": ("Changed by {}", "project", "projects"),
    "needs": ("Serves {}", "objective", "objectives"),
    "uses": ("Used by {}", "unit", "units"),
    "asks for": ("Asked for by {}", "demand", "demands"),
}


def link_groups(current: Map, record_ids: Iterable[str]) -> list[LinkGroup]:
    """What is linked to these boxes and to all inside them, each thing once."""
    found: dict[str, dict[str, list[Link]]] = {link_type: {} for link_type in _GROUPS}
    for link in _links_into(current, set(record_ids)):
        if link.type in found:
            found[link.type].setdefault(link.source, []).append(link)
    groups = []
    for link_type, things in found.items():
        rows = sorted(_rows(current, things), key=lambda row: row.name.casefold())
        if rows:
            groups.append(LinkGroup(_heading(current, link_type, things), rows))
    return groups


def _links_into(current: Map, chosen: set[str]) -> Iterator[Link]:
    """The links that end at these boxes or inside them."""
    if not any(current.has_children(key) for key in chosen):
        for key in chosen:
            yield from current.links_to(key)
        return
    # There are fewer links than boxes in a big map, so each link looks upwards instead of each box downwards.
    inside: dict[str | None, bool] = {None: False, **dict.fromkeys(chosen, True)}
    for link in current.all(Link):
        passed = []
        step: str | None = link.target
        while step not in inside:
            passed.append(step)
            box = current.get(step)
            step = box.parent if isinstance(box, Capability) else None
        inside.update(dict.fromkeys(passed, inside[step]))
        if inside[link.target]:
            yield link


def _rows(current: Map, things: dict[str, list[Link]]) -> Iterator[LinkedThing]:
    currency = current.settings.currency
    for record_id in things:
        record = current.get(record_id)
        if record is not None:
            ends = (current.get(link.target) for link in current.links_from(record_id))
            linked = tuple(box.id for box in ends if isinstance(box, Capability))
            yield LinkedThing(record_id, record.kind, getattr(record, "name", ""), _figure(record, currency), linked)


def _figure(record: Record, currency: str) -> str:
    if isinstance(record, Service):
        return figures.of_service(record, currency)
    if isinstance(record, Project):
        return figures.of_project(record)
    if isinstance(record, Objective):
        return figures.of_objective(record)
    if isinstance(record, Unit):
        return figures.of_unit(record)
    return (record.stage or "") if isinstance(record, Demand) else ""


def _heading(current: Map, link_type: str, things: dict[str, list[Link]]) -> str:
    """Supported by 2 services in IT · € 410k a year."""
    words, one, many = _GROUPS[link_type]
    heading = words.format(f"{len(things):,} {one if len(things) == 1 else many}")
    if link_type == "supports":
        cost = _cost(current, things)
        if cost:
            heading += f" · {figures.money(cost, current.settings.currency)} a year"
    return heading


def _cost(current: Map, things: dict[str, list[Link]]) -> int:
    """What these boxes cost a year, in cents: of each service the share that its links take, all of it where no share
    is known.
    """
    total = 0.0
    for record_id, links in things.items():
        service = current.get(record_id)
        if isinstance(service, Service) and service.run_cost is not None:
            shares = [link.share for link in links if link.share is not None]
            total += service.run_cost * (min(sum(shares), 100.0) / 100 if shares else 1.0)
    return round(total)


class LinkList(QWidget):
    """The groups of a selection. ``lit`` carries the boxes that a chosen row is linked to, or None."""

    lit = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._groups: list[LinkGroup] = []
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        appearance.changed.connect(self.update)

    def show_links(self, groups: list[LinkGroup]) -> None:
        """Show these rows. What a chosen row has lit is lit no longer once the rows are others."""
        if groups == self._groups:
            return
        self._groups = groups
        # Only what was lit from here: the hits of finding stay lit while one walks through them.
        was_lit = any(row.isChecked() for row in self._rows)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for group in groups:
            self._column.addSpacing(10)
            heading = plain_label(group.heading, self, "quiet")
            self._column.addWidget(heading)
            self._column.addSpacing(2)
            for thing in group.rows[:_SHOWN]:
                row = _Row(thing, self._appearance, self)
                row.toggled.connect(lambda on, row=row: self._light(row, on))
                self._rows.append(row)
                self._column.addWidget(row)
            if len(group.rows) > _SHOWN:
                more = plain_label(f"and {len(group.rows) - _SHOWN:,} more", self, "quiet")
                self._column.addWidget(more)
        if was_lit:
            self.lit.emit(None)

    @property
    def rows(self) -> Sequence[QAbstractButton]:
        """The rows that are shown."""
        return self._rows

    @property
    def lit_record(self) -> str | None:
        """The id of the thing whose row is pressed."""
        return next((row.thing.record_id for row in self._rows if row.isChecked()), None)

    def _light(self, row: _Row, on: bool) -> None:
        if on:
            for other in self._rows:
                if other is not row:
                    other.setChecked(False)
        self.lit.emit(row.thing.boxes if on else None)


class _Row(QAbstractButton):
    """A mark, the name, the figure; pressed it lights the boxes that the thing is linked to."""

    def __init__(self, thing: LinkedThing, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.thing = thing
        self._appearance = appearance
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{thing.kind} {thing.name}, {thing.figure}")
        count = len(set(thing.boxes))
        told = f"Press to light {'the box' if count == 1 else f'all {count:,} boxes'} it is linked to"
        self.setToolTip(f"<qt><b>{escape(thing.name)}</b><br>{escape(thing.figure)}<br>{told}</qt>")

    def sizeHint(self) -> QSize:
        return QSize(120, _ROW)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.wash if self.isChecked() else look.hover))
            painter.drawRoundedRect(rect.adjusted(-4, 1, 4, -1), 4, 4)
        painter.setPen(QColor(look.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        colour = {"service": look.quiet, "project": look.ink, "objective": look.good}.get(self.thing.kind, look.faint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        mark = QRect(2, rect.center().y() - 4, 9, 9)
        if self.thing.kind == "project":
            painter.drawEllipse(mark)
        else:
            painter.drawRoundedRect(mark, 3, 3)
        metrics = QFontMetrics(self.font())
        figure = metrics.elidedText(self.thing.figure, Qt.TextElideMode.ElideRight, int(rect.width() * 0.55))
        room = rect.width() - 22 - metrics.horizontalAdvance(figure) - 12
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(look.ink))
        painter.drawText(
            rect.adjusted(20, 0, 0, 0), vertical, metrics.elidedText(self.thing.name, Qt.TextElideMode.ElideRight, room)
        )
        painter.setPen(QColor(look.quiet))
        painter.drawText(rect.adjusted(0, 0, -2, 0), vertical | Qt.AlignmentFlag.AlignRight, figure)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.chosen), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
