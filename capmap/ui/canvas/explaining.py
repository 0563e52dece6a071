"""Explaining: what binds the legend to the map: boxes that it points at or that are chosen in it, counts put off."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.legend import Legend
from capmap.ui.canvas.legendentries import Key, boxes_about
from capmap.ui.canvas.lighting import Lighting
from capmap.ui.workspace import Workspace

_LATER_MS = 250
"""Until doubts are counted that are too many to count while one waits for the colours."""


class Explained(Protocol):
    """What is seen of the map on screen."""

    @property
    def redrawn(self) -> SignalInstance: ...

    arrangement: Arrangement
    lighting: Lighting
    workspace: Workspace

    def setFocus(self) -> None: ...
    def show_counts(self) -> None: ...
    def stay_fitted(self) -> None: ...


class Explaining(QObject):
    """Lights what the legend points at, and for as long as they are chosen the boxes of its chosen entries."""

    def __init__(self, view: Explained, legend: Legend, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._legend = view, legend
        self._lens = view.workspace.lens.name
        self._lit: frozenset[str] | None = None
        self._rows: float | None = None
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._count)
        legend.pointed_at.connect(self._point_at)
        legend.chosen.connect(self._light)
        legend.left.connect(view.setFocus)
        view.redrawn.connect(self._redrawn)
        view.workspace.lens_changed.connect(self._lens_changed)
        view.workspace.opened.connect(self._opened)

    def _point_at(self, key: Key | None) -> None:
        about = None if key is None else boxes_about(key, self._view.arrangement.heat)
        self._view.lighting.ask("pointed", about)

    def _light(self, keys: frozenset[Key]) -> None:
        heat = self._view.arrangement.heat
        lit = frozenset(box for key in keys for box in boxes_about(key, heat)) if keys else None
        if lit != self._lit:
            self._lit = lit
            self._view.lighting.ask("chosen", lit)

    def _lens_changed(self) -> None:
        """What was chosen belonged to another lens."""
        name = self._view.workspace.lens.name
        if name != self._lens:
            self._lens = name
            self._legend.clear()

    def _opened(self) -> None:
        # The light is out already: all who asked for it have been forgotten.
        self._lit = None
        self._legend.clear()

    def _redrawn(self) -> None:
        if self._legend.kept:
            self._light(self._legend.kept)
        rows, before = self._legend.further_rows, self._rows
        self._rows = rows
        if before is not None and rows != before:
            # A map that is fitted stands above the legend, which takes more or less room now.
            self._view.stay_fitted()
        if not self._view.arrangement.doubts_are_counted:
            self._later.start(_LATER_MS)

    def _count(self) -> None:
        if self._view.arrangement.count_doubts():
            self._view.show_counts()
        else:
            self._later.start(0)
