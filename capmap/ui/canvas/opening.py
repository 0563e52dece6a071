"""Opening: the first arrangement of a large map, made aside while the window stays awake."""

from __future__ import annotations

import dataclasses
from typing import Any, Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from capmap.drawing.theme import Theme
from capmap.layout import arrange
from capmap.layout.boxes import Layout
from capmap.lens.lens import Heat
from capmap.model.records import Capability
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.colouring import Colouring
from capmap.ui.canvas.keeping import LARGE, Keeping, Known
from capmap.ui.canvas.news import News
from capmap.ui.canvas.painting import Painting
from capmap.ui.files.background import Background, Job
from capmap.ui.workspace import Workspace


class Surface(Protocol):
    """What is seen of the canvas."""

    painting: Painting
    legend: QWidget

    @property
    def theme(self) -> Theme: ...
    def update(self) -> None: ...
    def rect(self) -> QRect: ...


@dataclasses.dataclass(frozen=True, slots=True)
class _Prospect:
    """An arrangement that will be."""

    layout: Layout
    heat: Heat

    def take_news(self) -> News:
        """All is new."""
        return News()


class Opening(QLabel):
    """Says that the map is being arranged while that is so. ``given_up`` says that it will not be: why, in a
    sentence, or an empty text if nobody wants to wait for it.

    Without ``background`` every map is arranged at once.
    """

    given_up = Signal(str)

    def __init__(self, canvas: Surface, parent: QWidget, arrangement: Arrangement, workspace: Workspace) -> None:
        super().__init__(parent)
        self.background: Background | None = None
        self.keeping = Keeping(arrangement, workspace, self)
        arrangement.known = self.keeping.known
        self._canvas = canvas
        self._workspace = workspace
        self._job: Job | None = None
        self._state: object = None
        self._edits = 0
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()
        workspace.changed.connect(self._count_edit)
        workspace.opened.connect(self._stop)

    @property
    def busy(self) -> bool:
        """Whether a map is being arranged."""
        return self._job is not None

    def is_ready(self, aspect: float) -> bool:
        """Whether the map can be arranged now without anyone waiting for it; if not, that begins aside."""
        boxes = self._workspace.map.count(Capability)
        if self.background is None or boxes <= LARGE or self.keeping.is_prepared:
            return True
        if self._job is None:
            self._begin(self.background, boxes, aspect)
        return False

    def _begin(self, background: Background, boxes: int, aspect: float) -> None:
        shown, keeping = self._workspace, self.keeping
        current, root, depth, collapsed = shown.map, shown.root, shown.depth, shown.collapsed
        only, shows_all, theme = shown.only, keeping.shows_all, self._canvas.theme
        self._state = state = self._state_now()

        def work(job: Job) -> Known | None:
            try:
                kept = keeping.from_file(aspect) if shows_all else None
                layout = kept or arrange(current, root=root, depth=depth, collapsed=collapsed, only=only, aspect=aspect)
                colouring = Colouring(shown)
                colouring.count(layout)
                # To load numpy takes a while as well.
                from capmap.ui.canvas.groundwork import Groundwork

                ground = Groundwork(layout, _Prospect(layout, colouring.heat), current, theme)
                return Known(layout, kept is not None, colouring, ground)
            except Exception:
                # An edit meanwhile pulls the map away under the arranging: it is of no use then.
                if job.cancelled or state != self._state_now():
                    return None
                raise

        self._job = background.run(f"Arranging {boxes:,} boxes", work, self._done, self._failed)
        self._job.ended.connect(self._ended)
        self.setText(f"Arranging {boxes:,} boxes…")
        self.resize(self.sizeHint())
        self.move(self._canvas.rect().center() - self.rect().center())
        self._canvas.legend.hide()
        self.show()

    def _state_now(self) -> tuple[object, ...]:
        shown = self._workspace
        return (
            self._edits,
            shown.document,
            shown.lens,
            shown.root,
            shown.depth,
            shown.collapsed,
            shown.only,
            shown.chips,
        )

    def _count_edit(self) -> None:
        self._edits += 1

    def _done(self, known: Any) -> None:
        self._job = None
        if self._state == self._state_now() and isinstance(known, Known):
            self.keeping.prepare(known)
            self._canvas.painting.prepared = known.ground
        self.hide()
        self._canvas.update()

    def _failed(self, sentence: str) -> None:
        self._job = None
        self.given_up.emit(sentence)

    def _ended(self) -> None:
        if self._job is not None and self._job.cancelled:
            self._job = None
            self.hide()
            self.given_up.emit("")

    def _stop(self) -> None:
        """Another map is shown."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self.hide()
