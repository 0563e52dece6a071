"""Timing: which day the map shows, or which two days are compared, and what follows from that for its boxes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from capmap.analysis.moments import (
    Happening,
    Tick,
    by_box,
    counted_on,
    happenings,
    reason,
    ticks,
    told_between,
    told_on,
    told_too_long,
    used_too_long,
)
from capmap.analysis.reach import lit_boxes
from capmap.analysis.words import capital, counted, day, verb
from capmap.drawing.flipbook import months_later
from capmap.model.change import Change
from capmap.model.records import Capability, Link, Project, Provider, Service
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.canvas.glide import motion_wanted
from capmap.ui.workspace import Workspace

NEAR = dt.timedelta(days=45)
"""What changes so near to the day that is shown has a sign on its box: half a quarter, so that a walk by quarters shows
each change once.
"""

_YEARS_BACK, _YEARS_ON = 2, 2
_STEP_MS, _STEP_MS_AT_REST = 1_100, 1_900
"""How long a day of a walk is shown; longer where the system asks for less motion."""

_QUARTER = 3
_MOST_TOLD = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Timing(QObject):
    """While it ``is_on``, the map shows ``moment`` (None: the present), or with ``between`` what changes from one day
    to another. ``changed`` says that one of these, or what follows from them, is different.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._canvas = workspace, canvas
        self.clock: Callable[[], dt.date] = dt.date.today
        """Says which day it is."""
        self.is_on = False
        self._day = self._since = self.clock()
        self._compares = False
        self._warns = False
        self._ticks: Sequence[Tick] = ()
        self._found: Sequence[Happening] = ()
        self._too_long: Mapping[str, Sequence[str]] = {}
        self._walk = QTimer(self, interval=_STEP_MS)
        self._walk.timeout.connect(self._walk_on)
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self._opened)
        workspace.selection_changed.connect(self._selection_changed)

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        """The day it is."""
        return self.clock()

    @property
    def day(self) -> dt.date:
        """The day that is shown, the later one where two are compared."""
        return self._day

    @property
    def moment(self) -> dt.date | None:
        """The day that is shown, if it is not today."""
        return self._day if self.is_on and self._day != self.today else None

    @property
    def between(self) -> tuple[dt.date, dt.date] | None:
        """The two days that are compared."""
        return (self._since, self._day) if self.is_on and self._compares else None

    @property
    def is_walking(self) -> bool:
        """Whether the days go by themselves."""
        return self._walk.isActive()

    @property
    def ticks(self) -> Sequence[Tick]:
        """The days that matter."""
        return self._ticks

    @property
    def range(self) -> tuple[dt.date, dt.date]:
        """The first and last day to choose from: around today, as far as something changes, and what is shown."""
        today = self.today
        dates = [tick.date for tick in self._ticks]
        first = today.year - _YEARS_BACK
        if dates and dates[-1].year < first:
            first = dates[-1].year - _YEARS_BACK
        last = max([today.year + _YEARS_ON, *(date.year for date in dates)])
        first = min(first, self._since.year if self._compares else first, self._day.year)
        return dt.date(first, 1, 1), dt.date(min(max(last, self._day.year), _LAST_YEAR), 12, 31)

    @property
    def happenings(self) -> Sequence[Happening]:
        """What changes near the day, or between the two days."""
        return self._found

    @property
    def too_long(self) -> Mapping[str, Sequence[str]]:
        """The services that are used on the day after their end, each with the boxes that lean on it."""
        return self._too_long

    @property
    def warns(self) -> bool:
        """Whether the boxes that lean on something after its end are lit."""
        return self._warns and bool(self._too_long)

    # -- in words ------------------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        """What is shown; of the selected box, what changes in it."""
        current = self._workspace.map
        box = current.get(self._workspace.current)
        if isinstance(box, Capability) and (told := self._told_of(current.shown(box))):
            return told
        if self.warns:
            return self.warning
        if self.between is not None:
            return told_between(self._since, self._day, self._found)
        if self.moment is None:
            return f"Today, {day(self._day)}: boxes count all that is linked to them."
        return f"On {day(self._day)}: {told_on(current, self._day)}"

    def _told_of(self, box: Capability) -> str:
        inside = set(self._workspace.map.subtree_ids([box.id]))
        found = [each for each in self._found if inside.intersection(each.boxes)]
        if not found:
            return ""
        told = [reason(self._workspace.map, each, box.id) for each in found[:_MOST_TOLD]]
        if len(found) > _MOST_TOLD:
            told.append(f"{len(found) - _MOST_TOLD:,} more")
        return f"{box.name}: {'; '.join(told)}."

    @property
    def warning(self) -> str:
        """What is used after its end, in a sentence."""
        return told_too_long(self._workspace.map, self._too_long)

    @property
    def short_warning(self) -> str:
        """The same in a few words."""
        number = len(self._too_long)
        return f"{counted(number, 'service')} {verb(number, 'is', 'are')} used after the end" if number else ""

    def told_at(self, date: dt.date) -> list[str]:
        """What happens on a day, a line each."""
        current = self._workspace.map
        around = happenings(current, date - dt.timedelta(days=2), date + dt.timedelta(days=2))
        lines = [capital(reason(current, each)) for each in around if each.date == date]
        return lines or [f"On {day(date)} a stage of a lifecycle begins"]

    # -- verbs ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show today, ready to show other days."""
        self.is_on = True
        self._day = self.today
        self._since, self._compares, self._warns = self._day, False, False
        self._ticks = ticks(self._workspace.map)
        self._look()

    def end(self) -> None:
        """Give the present back."""
        self._walk.stop()
        self.is_on = self._compares = self._warns = False
        self._found, self._too_long = (), {}
        self._canvas.lighting.ask("time", None)
        self._workspace.show_moment(None, None)
        self.changed.emit()

    def go_to(self, date: dt.date) -> None:
        """Show this day; the later one, where two are compared."""
        self._day = _sensible(date)
        if self._compares and self._since > self._day:
            self._since = self._day
        self._look()

    def go_since(self, date: dt.date) -> None:
        """Compare with this day."""
        self._since = _sensible(date)
        self._day = max(self._day, self._since)
        self._look()

    def step(self, months: int) -> None:
        """So many months on (or back)."""
        self.go_to(months_later(self._day, months))

    def go_to_change(self, by: int) -> None:
        """To the next day that matters (1), or to the one before (-1)."""
        dates = [tick.date for tick in self._ticks if (tick.date > self._day if by > 0 else tick.date < self._day)]
        if dates:
            self.go_to(dates[0] if by > 0 else dates[-1])

    def go_to_today(self) -> None:
        """Show the present."""
        self._walk.stop()
        self._compares = False
        self.go_to(self.today)

    def compare(self, wanted: bool) -> None:
        """Show only what changes between two days: from today, or the day that is shown, to the last that matters."""
        if wanted == self._compares:
            return
        self._walk.stop()
        self._compares = wanted
        if wanted:
            self._since = min(self._day, self.today)
            if self._day <= self._since:
                self._day = self.range[1]
        self._look()

    def warn(self, wanted: bool) -> None:
        """Light the boxes that lean on something after its end."""
        self._warns = wanted
        self._look()

    def walk(self, wanted: bool) -> None:
        """Let the days go by themselves, quarter by quarter, up to the last; from the end they begin again today."""
        if not wanted:
            self._walk.stop()
            self.changed.emit()
            return
        if months_later(self._day, _QUARTER) > self.range[1]:
            self._day = self._since if self._compares else self.today
            self._look()
        self._walk.start(_STEP_MS if motion_wanted(self._canvas) else _STEP_MS_AT_REST)
        self.changed.emit()

    def _walk_on(self) -> None:
        following = months_later(self._day, _QUARTER)
        if following > self.range[1]:
            self._walk.stop()
            self.changed.emit()
        else:
            self.go_to(following)

    # -- what follows --------------------------------------------------------------------------------

    def _look(self) -> None:
        """The days are others, or the map: find out what follows from them."""
        current, date = self._workspace.map, self._day
        first, last = (self._since, date) if self._compares else (date - NEAR, date + NEAR)
        nothing = not self._compares and self.moment is None
        self._found = [] if nothing else happenings(current, first, last)
        self._too_long = used_too_long(current, date, self.today)
        self._workspace.show_moment(self.moment, None if self.moment is None else counted_on(current, date))
        lit: set[str] | None = None
        if self.warns:
            lit = lit_boxes(current, [box for boxes in self._too_long.values() for box in boxes])
        elif self._compares:
            boxes = by_box(self._found)
            lit = {*boxes, *(alias for box in boxes for alias in current.aliases_of(box))}
        self._canvas.lighting.ask("time", lit)
        self.changed.emit()

    def _map_changed(self, change: Change) -> None:
        if self.is_on and any(
            isinstance(record, Service | Project | Provider | Link)
            for side in (change.before, change.after)
            for record in side.values()
        ):
            self._ticks = ticks(self._workspace.map)
            self._look()

    def _opened(self) -> None:
        if self.is_on:
            self.end()

    def _selection_changed(self) -> None:
        if self.is_on:
            self.changed.emit()


def _sensible(date: dt.date) -> dt.date:
    return min(max(date, dt.date(_FIRST_YEAR, 1, 1)), dt.date(_LAST_YEAR, 12, 31))
