"""Answering: what the window does with questions: the pane beside the map, what its rows light, files of answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from capmap.model.map import Map
from capmap.model.records import Capability, Record

if TYPE_CHECKING:
    from capmap.analysis.answer import Answer, Row
    from capmap.ui.answers.asking import Asked, Asking
    from capmap.ui.answers.pane import AnswersPane
    from capmap.ui.desk import Desk
    from capmap.ui.mainwindow import MainWindow

_WIDTH = 460
_PART = 0.36
"""The pane is so many pixels wide at first, but no more than this part of the window."""
_FILTERS = {
    "PDF, a page to print (*.pdf)": ".pdf",
    "XLSX, a workbook (*.xlsx)": ".xlsx",
    "CSV, comma separated values (*.csv)": ".csv",
    "PNG, a picture (*.png)": ".png",
    "SVG, a drawing (*.svg)": ".svg",
}
_MOST_PROOFS = 4
_LIGHTS_ALL = ("impact", "touches")
"""The answers to these are a part of the map, which is lit as soon as they are there."""


class Answering(QObject):
    """The pane of a desk is made when something is first asked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        self._pane: AnswersPane | None = None
        self._asking: Asking | None = None

    def watch(self) -> None:
        """Another desk stands in the window, or none."""
        self._desk, self._pane, self._asking = self._window.desk, None, None

    @property
    def pane(self) -> AnswersPane:
        """The pane with the question and its answer."""
        if self._pane is None:
            from capmap.ui.answers.asking import Asking
            from capmap.ui.answers.pane import AnswersPane

            desk = self._window.map_desk
            self._asking = Asking(desk.workspace, self._window.background, desk)
            pane = AnswersPane(desk.workspace, self._asking, self._window.appearance, desk)
            pane.hide()
            pane.row_chosen.connect(self._light_row)
            pane.all_wanted.connect(self.light_all)
            pane.wanted.connect(self.look_at)
            pane.go_wanted.connect(self._go)
            pane.copied.connect(self._told_copied)
            pane.save_wanted.connect(self.ask_save)
            pane.close_wanted.connect(self.close)
            pane.left.connect(self._leave)
            self._asking.answered.connect(self._answered)
            desk.put_beside(pane, min(_WIDTH, round(desk.width() * _PART)))
            self._pane = pane
        return self._pane

    @property
    def is_open(self) -> bool:
        """Whether the pane is open."""
        return self._pane is not None and not self._pane.isHidden()

    # -- verbs ---------------------------------------------------------------------------------------

    def open(self) -> AnswersPane:
        """Open the pane, in the place of the inspector."""
        pane = self.pane
        self._window.map_desk.open_beside(pane)
        return pane

    def close(self) -> None:
        """Close the pane; the inspector is back if it was there."""
        if self._pane is None or self._desk is None:
            return
        if self._asking is not None:
            self._asking.forget()
        self._pane.show_answer(None)
        self._desk.close_beside(self._pane)
        self._desk.spotlight.end()
        self._window.focus_map()

    def toggle(self) -> None:
        """Open the pane and let the keys go there, or close it."""
        if self.is_open:
            self.close()
        else:
            self.open().ask_bar.focus_subject()

    def begin(self, question: str) -> None:
        """Choose a question: ask it at once where that can be, else let the keys go to what it is about."""
        from capmap.analysis import QUESTIONS

        pane = self.open()
        found = QUESTIONS[question]
        pane.ask_bar.prepare(question, self._at_hand(question))
        if found.may_lack or pane.ask_bar.subject.text():
            pane.ask_bar.ask()
        pane.ask_bar.focus_subject()

    def ask_about(self, question: str, record: Record) -> None:
        """Ask a question about a record."""
        from capmap.analysis import QUESTIONS
        from capmap.ui.answers.subjects import argument_for

        bar = self.open().ask_bar
        bar.prepare(question, argument_for(self._window.map_desk.workspace.map, QUESTIONS[question], record))
        bar.ask()

    def why(self) -> None:
        """Ask why the selected box has its colour."""
        workspace = self._window.map_desk.workspace
        box = workspace.map.get(workspace.current)
        if box is not None:
            self.ask_about("why", box)
            self._window.focus_map()

    def look_at(self, record_id: str) -> None:
        """Go to a box, or light what anything else touches."""
        desk = self._window.map_desk
        if isinstance(desk.workspace.map.get(record_id), Capability):
            desk.go_to(record_id)
        else:
            desk.spotlight.show([record_id])

    def _at_hand(self, question: str) -> str:
        """What the question is most likely about: what is lit, or for boxes what is selected."""
        from capmap.analysis import QUESTIONS
        from capmap.ui.answers.subjects import argument_for

        desk, kinds = self._window.map_desk, QUESTIONS[question].kinds
        current = desk.workspace.map
        near = [*desk.spotlight.subjects, current.get(desk.workspace.current)]
        fitting = [record for record in near if record is not None and record.kind in kinds]
        if not fitting or QUESTIONS[question].may_lack:
            return ""
        return argument_for(current, QUESTIONS[question], fitting[0])

    # -- light ---------------------------------------------------------------------------------------

    def light_all(self) -> None:
        """Light all boxes that the rows are about."""
        answer = self.pane.answer
        if answer is None:
            return
        desk = self._window.map_desk
        current = desk.workspace.map
        boxes = list(dict.fromkeys(box for row in answer.rows for box in boxes_of(current, row)))

        def explain(box: str) -> Sequence[str]:
            return _proofs(desk.workspace.map, [row for row in answer.rows if box in row.records])

        desk.spotlight.tell(answer.sentence, boxes, explain)

    def _answered(self, asked: Asked, answer: Answer, by_itself: bool) -> None:
        if asked.question in _LIGHTS_ALL and not by_itself and answer.rows:
            self.light_all()

    def _light_row(self, row: Row | None) -> None:
        desk = self._window.map_desk
        if row is None:
            desk.spotlight.lost()
            return
        from capmap.analysis.named import label
        from capmap.analysis.proof import proof

        current = desk.workspace.map
        known = [record for key in row.records if (record := current.get(key)) is not None]
        if not known:
            return
        sentence = proof(current, row.path) or f"{label(known[0])}."
        desk.spotlight.tell(sentence, boxes_of(current, row), lambda _: _proofs(desk.workspace.map, [row]))

    def _go(self) -> None:
        """Bring the first box of the chosen row into sight."""
        row = self.pane.view.current_row
        if row is not None:
            desk = self._window.map_desk
            for box in boxes_of(desk.workspace.map, row)[:1]:
                desk.canvas.open_up(desk.workspace.map.capability(box).parent)
                desk.canvas.reveal(box)

    def _leave(self) -> None:
        """Esc: first the map is given back, then the keys go to it."""
        desk = self._window.map_desk
        if desk.spotlight.is_on:
            desk.spotlight.end()
        else:
            self._window.focus_map()

    # -- files ---------------------------------------------------------------------------------------

    def ask_save(self) -> None:
        """Ask where to write the answer, and as what."""
        pane = self.pane
        if pane.answer is None:
            return
        folder = self._window.map_desk.workspace.document.path.parent
        words = " ".join(part for part in (pane.answer.question, self._asked_about()) if part)
        name = "".join(letter if letter.isalnum() or letter in " -." else "-" for letter in words)[:80]
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, "Save the answer", str(folder / f"{name}.pdf"), ";;".join(_FILTERS)
        )
        if chosen:
            target = Path(chosen)
            known = target.suffix.lower() in _FILTERS.values()
            self.save(target if known else target.with_name(target.name + _FILTERS.get(kind, ".pdf")))

    def save(self, target: Path) -> None:
        """Write the answer that is shown into a file, aside."""
        answer, asking = self.pane.answer, self._asking
        if answer is None or asking is None:
            return
        from capmap.sharing.answerfiles import write_answer

        records = list(self._window.map_desk.workspace.map)
        date = (asking.asked.on if asking.asked is not None else None) or dt.date.today()
        self._window.background.run(
            f"Writing {target.name}",
            lambda _: write_answer(answer, Map(records), target, date),
            lambda written: self._window.tell(
                f"Wrote {target.name}.", offer="Open it", act=lambda: _open_outside(written[0])
            ),
            self._window.refuse,
        )

    def _asked_about(self) -> str:
        asking = self._asking
        return asking.asked.argument if asking is not None and asking.asked is not None else ""

    def _told_copied(self, count: int) -> None:
        self._window.tell(f"Copied {count:,} {'row' if count == 1 else 'rows'} with their headings.")


def boxes_of(current: Map, row: Row) -> list[str]:
    """The boxes that a row is about: those it names, else those on its path, else those that its records touch."""
    from capmap.analysis.reach import reach

    for ids in (row.records, row.path):
        boxes = _boxes(current, ids)
        if boxes:
            return boxes
    return list(reach(current, [key for key in row.records[:1] if key in current]).routes)


def _boxes(current: Map, ids: Iterable[str]) -> list[str]:
    return [key for key in ids if isinstance(current.get(key), Capability)]


def _proofs(current: Map, rows: Sequence[Row]) -> list[str]:
    from capmap.analysis.proof import proof

    sentences = [sentence for row in rows if (sentence := proof(current, row.path))]
    return list(dict.fromkeys(sentences))[:_MOST_PROOFS]


def _open_outside(path: Path) -> None:
    from capmap.ui.files.mapfiles import open_outside

    open_outside(path)
