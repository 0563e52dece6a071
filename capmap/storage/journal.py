"""Journal: the steps of a map from its first to its last, and which of them undo and redo would take."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One edit in the history: its number, when it was made (ISO 8601, UTC), its words, and whether it is taken back
    now.
    """

    seq: int
    at: str
    text: str
    undone: bool = False


class Journal:
    """The steps in order. An undo or redo is an event of its own in the file; replaying the events gives the two
    stacks.
    """

    def __init__(self, events: Iterable[tuple[int, str, str, int, str]] = ()) -> None:
        self._steps: dict[int, Step] = {}
        self._done: list[int] = []
        self._undone: list[int] = []
        self.last = 0
        self.merge = ""
        for seq, at, action, entry, text in events:
            self.record(seq, at, action, entry, text)

    def record(self, seq: int, at: str, action: str, entry: int, text: str) -> None:
        """Take note of an event that is in the file: an edit, or the undo or redo of the edit with the number
        ``entry``.
        """
        self.last = seq
        if action == "edit":
            for dropped in self._undone:
                del self._steps[dropped]
            self._undone.clear()
            self._done.append(seq)
            self._steps[seq] = Step(seq, at, text)
            return
        source, target = (self._done, self._undone) if action == "undo" else (self._undone, self._done)
        if source and source[-1] == entry:
            target.append(source.pop())

    def reword(self, seq: int, at: str, text: str) -> None:
        """Note that the last step has grown by a merged edit."""
        self._steps[seq] = Step(seq, at, text)

    def forget(self, seq: int) -> None:
        """Note that the last step, grown by a merged edit, came to nothing."""
        self._done.remove(seq)
        del self._steps[seq]

    def may_merge(self, merge: str) -> bool:
        """Whether an edit with this key continues the last step."""
        return bool(merge) and merge == self.merge and bool(self._done) and self._done[-1] == self.last

    def end_merge(self) -> None:
        """The next edit starts a step of its own."""
        self.merge = ""

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._steps[self._done[-1]] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would do again."""
        return self._steps[self._undone[-1]] if self._undone else None

    @property
    def undo_text(self) -> str | None:
        """The words of the step that undo would take back."""
        return self.next_undo.text if self.next_undo else None

    @property
    def redo_text(self) -> str | None:
        """The words of the step that redo would do again."""
        return self.next_redo.text if self.next_redo else None

    def steps(self) -> list[Step]:
        """The steps done, then the steps taken back in the order in which redo would do them."""
        done = [self._steps[seq] for seq in self._done]
        return done + [dataclasses.replace(self._steps[seq], undone=True) for seq in reversed(self._undone)]

    def leads_to(self, seq: int, *, redo: bool) -> bool:
        """Whether one more undo (or redo) brings the last step done nearer to this one; 0 is the state before all
        steps.
        """
        if redo:
            return seq in self._undone
        return bool(self._done) and self._done[-1] != seq and (seq == 0 or seq in self._done)
