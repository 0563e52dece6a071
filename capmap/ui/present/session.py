"""Session: a room at work on a map: the question that is asked, answers given, taken back and done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from capmap.document import Document
from capmap.errors import CapMapError
from capmap.lens.catalogue import lens_by_name, names_of
from capmap.lens.lens import Lens
from capmap.model.assessing import assess
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.present.progress import Progress
from capmap.ui.present.questions import Question, Value, fill_with, questions_of
from capmap.ui.workspace import Workspace


class Session(QObject):
    """Has a workspace of its own on the document, so that the window's stays where it is; any number of screens can
    show it.

    ``told`` carries a sentence for the room ("" takes the last one back); ``asked`` says that another question is
    asked or another way of going on is chosen.
    """

    told = Signal(str)
    asked = Signal()

    def __init__(self, document: Document, lens: Lens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = Workspace(document, self, guest=True)
        self.workspace.set_lens(lens)
        self.workspace.show_chips(())
        self.auto_advance = False
        self.questions = questions_of(lens)
        self._place = 0
        self._progress: Progress | None = None
        self._first = _last_step(document)
        self._gone = {step.seq for step in document.history() if step.undone}
        self._refused = ""
        self.workspace.changed.connect(self._follow)
        self.workspace.view_changed.connect(self._count_anew)
        self.workspace.lens_changed.connect(self._take_lens)

    def leave(self) -> None:
        """The room is done; the document stays open."""
        self.workspace.leave()

    # -- what is asked -------------------------------------------------------------------------------

    @property
    def map(self) -> Map:
        """The map that is shown."""
        return self.workspace.map

    @property
    def box(self) -> Capability | None:
        """The box that is asked about: of a reference, the box that it shows."""
        box = self.map.get(self.workspace.current)
        return self.map.shown(box) if isinstance(box, Capability) else None

    @property
    def question(self) -> Question | None:
        """What is asked of the box; None where the lens leaves nothing to ask."""
        return self.questions[self._place] if self.questions else None

    @property
    def value(self) -> Value:
        """The answer as it stands."""
        return self.value_of(self.box, self.question)

    def value_of(self, box: Capability | None, question: Question | None) -> Value:
        """The answer of a box to one of the questions; None: not assessed."""
        found: Value = getattr(box, question.field) if box is not None and question is not None else None
        return found

    def fill_with(self, value: Value) -> str:
        """The colour that the box would have with this answer; "" for none."""
        if self.box is None or self.question is None:
            return ""
        return fill_with(self.workspace.lens, self.map, self.box, self.question.field, value)

    @property
    def progress(self) -> Progress:
        """How far the room is with the branch."""
        if self._progress is None:
            self._progress = Progress(self.map, self.workspace.root, self.workspace.lens)
        return self._progress

    @property
    def why_read_only(self) -> str:
        """Why no answer can be kept; empty if it can."""
        return self.workspace.document.why_read_only

    # -- verbs ---------------------------------------------------------------------------------------

    def ask(self, letter: str) -> None:
        """Ask the question that this key stands for, if the lens has it."""
        for place, question in enumerate(self.questions):
            if question.letter == letter and place != self._place:
                self._place = place
                self.asked.emit()

    def ask_other(self) -> None:
        """Ask the other question of the lens."""
        if len(self.questions) > 1:
            self._place = (self._place + 1) % len(self.questions)
            self.asked.emit()

    def next_lens(self, steps: int = 1) -> None:
        """Ask by the next lens, or by the one before (-1)."""
        shown = self.workspace
        names = names_of(shown.map)
        here = names.index(shown.lens.name) if shown.lens.name in names else -1
        lens = lens_by_name(names[(here + steps) % len(names)], shown.map, shown.moment or dt.date.today())
        if lens is not None:
            shown.set_lens(lens)

    def toggle_advance(self) -> None:
        """Go on to the next box after an answer, or stop doing so."""
        self.auto_advance = not self.auto_advance
        self.asked.emit()

    def answer(self, digit: int) -> bool:
        """Give the answer of this digit (0: not assessed) to the question; whether the map is another one now. Why it
        cannot be is told once.
        """
        box, question = self.box, self.question
        if box is None:
            return False
        if question is None:
            self._refuse(f"{self.workspace.lens.title}: nothing to score here. L goes to the next lens.")
            return False
        if digit > len(question.answers):
            self.told.emit(f"Answers are 1 to {len(question.answers)}; 0 takes one away.")
            return False
        if self.why_read_only:
            self._refuse(f"Scores cannot be kept. {self.why_read_only}")
            return False
        value = question.answers[digit - 1].value if digit else None
        if value == self.value_of(box, question):
            return False
        what = question.title[:1].lower() + question.title[1:]
        said = f"Set {what} of {box.name} to {value}" if digit else f"Clear {what} of {box.name}"
        return self._attempt(assess(self.map, [box.id], dt.date.today(), said, **{question.field: value}))

    def undo(self) -> Change | None:
        """Take the last edit back, but nothing from before the session; tell what it was."""
        document = self.workspace.document
        if _last_step(document) <= self._first:
            self.told.emit("Nothing to undo: all is as it was when you began.")
            return None
        said = document.undo_text
        return self._travelled(self.workspace.undo, f"Undone: {said}")

    def redo(self) -> Change | None:
        """Do the edit taken back last again, but nothing from before the session; tell what it was."""
        document = self.workspace.document
        said = document.redo_text
        if said is None or next(step.seq for step in document.history() if step.undone) in self._gone:
            self.told.emit("Nothing to redo.")
            return None
        return self._travelled(self.workspace.redo, f"Done again: {said}")

    def _travelled(self, move: Callable[[], Change | None], said: str) -> Change | None:
        try:
            change = move()
        except CapMapError as problem:
            self.told.emit(str(problem))
            return None
        self.told.emit(said)
        return change

    def _attempt(self, change: Change) -> bool:
        try:
            self.workspace.commit(change)
        except CapMapError as problem:
            self.told.emit(str(problem))
            return False
        return True

    def _refuse(self, sentence: str) -> None:
        """Say why something cannot be, but not again and again before a room."""
        if sentence != self._refused:
            self._refused = sentence
            self.told.emit(sentence)

    # -- following the workspace ---------------------------------------------------------------------

    def _follow(self, change: Change) -> None:
        if self._progress is not None:
            self._progress.follow(change)

    def _count_anew(self) -> None:
        self._progress = None

    def _take_lens(self) -> None:
        """The colours mean something else: so do the digits."""
        self.questions, self._place = questions_of(self.workspace.lens), 0
        self._progress = None
        self._refused = ""
        self.asked.emit()


def _last_step(document: Document) -> int:
    """The number of the last step of the map that is not taken back; 0 for none."""
    return next((step.seq for step in reversed(document.history()) if not step.undone), 0)
