"""Asking: one question at a time, answered aside on a copy of the map, so that the window never waits."""

from __future__ import annotations

import dataclasses
import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from capmap.analysis.answer import Answer
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.ui.files.background import Background, Job
from capmap.ui.workspace import Workspace

CHEAP = 5_000
"""Records; on a map of not more an answer is asked for again by itself when the map has changed."""
_PAUSE_MS = 350


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the name of the question, its argument, and as of which day (None: today)."""

    question: str
    argument: str = ""
    on: dt.date | None = None


class Asking(QObject):
    """``answered`` carries what was asked, the Answer, and whether it was asked again by itself; ``refused`` a sentence
    that says why there is none. ``changed`` says that it is under way or done now, or that the answer has become old.
    """

    answered = Signal(object, object, bool)
    refused = Signal(str)
    changed = Signal()

    def __init__(self, workspace: Workspace, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._background = background
        self._job: Job | None = None
        self._moved_on = False
        self.asked: Asked | None = None
        self.is_old = False
        """Whether the map has changed since the answer was given."""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._again_by_itself)
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self.forget)

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is being worked out."""
        return self._job is not None

    def ask(self, asked: Asked) -> None:
        """Ask this; what was asked before and not answered yet is dropped."""
        self._start(asked, by_itself=False)

    def again(self) -> None:
        """Ask the same of the map as it is now."""
        if self.asked is not None:
            self.ask(self.asked)

    def stop(self) -> None:
        """Do not wait for the answer."""
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """Another map is open, or nobody looks at the answer any more."""
        self._pause.stop()
        self.stop()
        self.asked, self.is_old = None, False
        self.changed.emit()

    def _start(self, asked: Asked, *, by_itself: bool) -> None:
        from capmap.analysis import QUESTIONS

        self._pause.stop()
        self.stop()
        self.asked, self._moved_on = asked, False
        question = QUESTIONS[asked.question]
        # Records never change, so a list of them is a copy of the map; the map itself is built aside.
        records = list(self._workspace.map)

        def work(_: Job) -> Answer:
            return question.ask(Map(records), asked.argument, asked.on)

        def done(answer: Answer) -> None:
            self._job = None
            self.is_old = False
            self.answered.emit(asked, answer, by_itself)
            if self._moved_on:
                self._look_at_age()
            self.changed.emit()

        def failed(sentence: str) -> None:
            self._job = None
            self.refused.emit(sentence)
            self.changed.emit()

        job = self._background.run(f"{question.title}…", work, done, failed)
        self._job = job
        job.ended.connect(lambda: self._ended(job))
        self.changed.emit()

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.changed.emit()

    # -- following the map ---------------------------------------------------------------------------

    def _map_changed(self, _: Change) -> None:
        if self.asked is None:
            return
        if self._job is not None:
            self._moved_on = True
        else:
            self._look_at_age()

    def _look_at_age(self) -> None:
        """The map is another one than that of the answer."""
        if len(self._workspace.map) <= CHEAP:
            self._pause.start()
        if not self.is_old:
            self.is_old = True
            self.changed.emit()

    def _again_by_itself(self) -> None:
        if self.asked is not None:
            self._start(self.asked, by_itself=True)
