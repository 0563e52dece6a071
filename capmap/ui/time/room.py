"""TimeRoom: what a desk does with time: the strip under its map, made when it is first wanted, and its exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from capmap.ui.canvas.canvas import Canvas
from capmap.ui.parts.appearance import Appearance
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.ui.time.strip import TimeStrip
    from capmap.ui.time.timing import Timing


class TimeRoom(QObject):
    """``refused`` carries a sentence for the message bar; ``changed`` says that other actions can be done."""

    refused = Signal(str)
    changed = Signal()

    def __init__(
        self, workspace: Workspace, canvas: Canvas, appearance: Appearance, column: QVBoxLayout, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._canvas, self._appearance = workspace, canvas, appearance
        self._column = column
        self._told = (False, False, False, False)
        self._timing: Timing | None = None
        self._strip: TimeStrip | None = None

    @property
    def is_open(self) -> bool:
        """Whether the strip is there."""
        return self._timing is not None and self._timing.is_on

    @property
    def timing(self) -> Timing:
        """Which day is shown, and what follows from it."""
        if self._timing is None:
            from capmap.ui.time.timing import Timing

            self._timing = Timing(self._workspace, self._canvas, self)
        return self._timing

    @property
    def strip(self) -> TimeStrip:
        """The strip under the map."""
        if self._strip is None:
            from capmap.ui.time.signs import ChangeSigns
            from capmap.ui.time.strip import TimeStrip

            self._strip = TimeStrip(self.timing, self._appearance)
            self._strip.hide()
            self._strip.closed.connect(self.close)
            self._strip.refused.connect(self.refused)
            self._column.addWidget(self._strip)
            ChangeSigns(self.timing, self._workspace, self._canvas)
            self.timing.changed.connect(self._follow)
        return self._strip

    @property
    def shows_another_day(self) -> bool:
        """Whether the map shows another day than today, or compares two."""
        return self._timing is not None and (self._timing.moment is not None or self._timing.between is not None)

    @property
    def compares(self) -> bool:
        """Whether only what changes between two days is lit."""
        return self._timing is not None and self._timing.between is not None

    @property
    def walks(self) -> bool:
        """Whether the days go by themselves."""
        return self._timing is not None and self._timing.is_walking

    def toggle(self) -> None:
        """Open the strip, or close it."""
        if self.is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Show the strip and let the keys go to its line of days."""
        strip = self.strip
        if not self.is_open:
            self.timing.begin()
        self._canvas.taken_below = float(strip.sizeHint().height())
        strip.show()
        strip.track.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Give the present back."""
        if self.is_open:
            self.timing.end()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        if not self.timing.is_on:
            self._canvas.taken_below = 0.0
            self.strip.hide()
        told = (self.is_open, self.shows_another_day, self.compares, self.walks)
        if told != self._told:
            self._told = told
            self.changed.emit()

    def compare(self) -> None:
        """Light only what changes between two days, or show one day again."""
        wanted = not self.compares
        self.open()
        self.timing.compare(wanted)

    def walk(self) -> None:
        """Let the quarters go by, or stop."""
        wanted = not self.walks
        self.open()
        self.timing.walk(wanted)

    def go_to_change(self, by: int) -> None:
        """To the next day that matters (1), or to the one before (-1)."""
        self.open()
        self.timing.go_to_change(by)
