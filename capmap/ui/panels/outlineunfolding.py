"""OutlineUnfolding: branches that the outline unfolds to show a chosen box, folded again when others have followed.

Qt looks through all unfolded rows at every edit. On a large map where one goes from box to box all over they would
soon be thousands that nobody looks at.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QTreeView

from capmap.model.records import Capability
from capmap.ui.panels.outlinemodel import Index, OutlineModel
from capmap.ui.workspace import Workspace

_LARGE_MAP = 2_000
"""Boxes; on a smaller map what is unfolded stays unfolded."""

_MOST = 8
"""So many branches unfolded for a box stay so, beside those that somebody unfolded by hand."""


class Unfolding:
    """Remembers which branches nobody unfolded by hand."""

    def __init__(self, view: QTreeView, model: OutlineModel, workspace: Workspace) -> None:
        self._view = view
        self._model = model
        self._workspace = workspace
        self._branches: deque[list[str]] = deque()
        self._at_work = False
        view.expanded.connect(self._by_hand)
        view.collapsed.connect(self._by_hand)
        workspace.opened.connect(self._branches.clear)

    @contextlib.contextmanager
    def showing(self, index: QModelIndex) -> Iterator[None]:
        """What hides this row is unfolded in the block, and not by hand."""
        self._at_work = True
        try:
            if index.isValid() and self._workspace.map.count(Capability) > _LARGE_MAP:
                self._fold_others(index)
            yield
        finally:
            self._at_work = False

    def _fold_others(self, index: QModelIndex) -> None:
        above = list(self._above(index))
        folded = [key for step, key in above if not self._view.isExpanded(step)]
        if folded:
            self._branches.append(folded)
        kept = {key for _, key in above}
        while len(self._branches) > _MOST:
            for key in self._branches.popleft():
                step = self._model.index_of(key)
                if key not in kept and step.isValid():
                    self._view.collapse(step)

    def _above(self, index: Index) -> Iterator[tuple[QModelIndex, str]]:
        """The rows above one, with their ids."""
        step = self._model.parent(index)
        while step.isValid():
            yield step, self._model.id_at(step) or ""
            step = self._model.parent(step)

    def _by_hand(self, index: QModelIndex) -> None:
        """What somebody folds or unfolds, and all around it, is theirs from now on."""
        if self._at_work or not self._branches:
            return
        theirs = {self._model.id_at(index), *(key for _, key in self._above(index))}
        for branch in self._branches:
            branch[:] = [key for key in branch if key not in theirs]
