"""Stage: the room's screen: a branch of the map, the question beside it, what was said below; all of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QSettings, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from capmap.model.change import Change
from capmap.model.records import Capability
from capmap.ui.canvas.telling import announce
from capmap.ui.present.askside import ask_marks
from capmap.ui.present.covers import Blank, KeyCard
from capmap.ui.present.headfoot import foot_marks, head_marks
from capmap.ui.present.jump import Jump
from capmap.ui.present.keys import Verb, verb_of
from capmap.ui.present.keysheet import sheet_marks
from capmap.ui.present.pane import Pane
from capmap.ui.present.session import Session
from capmap.ui.present.stagelook import StageLook, stage_look
from capmap.ui.present.stagemap import StageMap
from capmap.ui.present.walk import Walk

_DARK = "present/dark"
_ROWS, _COLUMNS = 1080.0, 1500.0
"""On a screen of so many pixels a unit is a pixel."""

_HEAD, _FOOT = 154.0, 84.0
_SIDE, _NARROWEST, _WIDEST = 0.275, 430.0, 640.0
_CLOCK_MS = 2_000


class Stage(QWidget):
    """A window without anything in it but the session. ``left`` says that the room is done with it."""

    left = Signal()

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        self._settings = settings
        self._dark = bool(settings.value(_DARK, True, bool))
        self._said = ""
        self._run = 0
        """How many scores the digits gave that were pressed just now: a point makes them a number after all."""
        self._typed = ""
        self.jump = Jump()
        self.setWindowTitle("CapMap")
        self.setAccessibleName("Presentation")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.map = StageMap(session, self)
        self.walk = Walk(session, self.map)
        self.head = Pane("Branch", self)
        self.side = Pane("Question", self)
        self.foot = Pane("Progress", self)
        self.keys = KeyCard(self)
        self.blank = Blank(self)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._time = ""
        shown = session.workspace
        shown.changed.connect(self._map_changed)
        shown.selection_changed.connect(self._box_changed)
        for signal in (shown.view_changed, shown.lens_changed, session.asked):
            signal.connect(self.refresh)
        session.asked.connect(self._say_question)
        session.told.connect(self.tell)
        self.map.pressed.connect(lambda key: self.walk.go_to(key))
        self._verbs = self._table()

    def _table(self) -> dict[Verb, Callable[[], object]]:
        session, walk = self.session, self.walk
        return {
            "next": lambda: walk.step(1),
            "previous": lambda: walk.step(-1),
            "up": lambda: walk.towards("up"),
            "down": lambda: walk.towards("down"),
            "first": lambda: walk.to_end(first=True),
            "last": lambda: walk.to_end(first=False),
            "in": walk.go_in,
            "out": walk.go_out,
            "clear": lambda: session.answer(0),
            "ask other": session.ask_other,
            "undo": lambda: self._travelled(session.undo()),
            "redo": lambda: self._travelled(session.redo()),
            "advance": self._toggle_advance,
            "larger": lambda: self.map.enlarge(1),
            "smaller": lambda: self.map.enlarge(-1),
            "fit": lambda: self.map.enlarge(0),
            "more": lambda: self._show_levels(1),
            "fewer": lambda: self._show_levels(-1),
            "lens": session.next_lens,
            "lens before": lambda: session.next_lens(-1),
            "look": self._toggle_look,
            "blank": self.blank.show,
            "keys": self._show_keys,
            "go to": lambda: self._begin_number(""),
            "leave": self.close,
        }

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def look(self) -> StageLook:
        """The colours on this screen."""
        return stage_look(dark=self._dark)

    @property
    def said(self) -> str:
        """The sentence in the foot; empty while it shows the keys."""
        return self.jump.sentence(self.session.map) if self.jump.text is not None else self._said

    @property
    def unit(self) -> float:
        """A pixel of a screen of 1,080 rows, in pixels of this one."""
        return max(min(self.height() / _ROWS, self.width() / _COLUMNS), 0.3)

    def tell(self, sentence: str) -> None:
        """Say something quietly in the foot, until the next key."""
        self._said = sentence
        self._show_foot()
        if sentence:
            announce(self, sentence)

    def refresh(self, *_: object) -> None:
        """Show how things are now."""
        look, unit = self.look, self.unit
        self.map.ensure_arranged()
        self.head.show_marks(head_marks(self.session, look, self.head.width(), unit), look.theme.page)
        stops, current = self.map.stops, self.session.workspace.current
        place = stops.index(current) + 1 if current in stops else 0
        size = (float(self.side.width()), float(self.side.height()))
        heat = self.map.arrangement.heat
        self.side.show_marks(ask_marks(self.session, look, size, unit, (place, len(stops)), heat), look.side)
        self._show_foot()

    def _show_foot(self) -> None:
        flags = ["goes on after a score"] if self.session.auto_advance else []
        if self.session.why_read_only:
            flags.append("read only")
        size = (float(self.foot.width()), float(self.foot.height()))
        marks = foot_marks(self.session, self.look, size, self.unit, self.said, flags, self._time)
        self.foot.show_marks(marks, self.look.foot)

    def show_time(self, time: str) -> None:
        """Show a time of day in the foot; empty for none."""
        if time != self._time:
            self._time = time
            self._show_foot()

    def _tick(self) -> None:
        self.show_time(QLocale.system().toString(QTime.currentTime(), QLocale.FormatType.ShortFormat))

    def _lay_out(self) -> None:
        width, height, unit = self.width(), self.height(), self.unit
        side = round(min(max(width * _SIDE, _NARROWEST * unit), _WIDEST * unit, width * 0.45))
        head, foot = round(_HEAD * unit), round(_FOOT * unit)
        self.head.setGeometry(0, 0, width - side, head)
        self.side.setGeometry(width - side, 0, side, height - foot)
        self.foot.setGeometry(0, height - foot, width, foot)
        inset = round(32 * unit)
        below = round(16 * unit)
        self.map.setGeometry(inset, head, width - side - inset - below, height - head - foot - below)
        for cover in (self.keys, self.blank):
            cover.setGeometry(self.rect())
        self.map.show_look(self.look, unit)
        self.keys.show_marks(sheet_marks(self.look, width, height, unit), self.look.foot)

    # -- verbs ---------------------------------------------------------------------------------------

    def _toggle_look(self) -> None:
        self._dark = not self._dark
        self._settings.setValue(_DARK, self._dark)
        self._lay_out()
        self.update()
        self.refresh()

    def _toggle_advance(self) -> None:
        self.session.toggle_advance()
        on = self.session.auto_advance
        self.tell("A score leads on to the next box." if on else "A score stays at its box.")

    def _show_levels(self, steps: int) -> None:
        if self.map.show_levels(steps):
            levels = self.map.levels
            self.tell(f"{levels} {'level' if levels == 1 else 'levels'}")
        else:
            self.tell("No more levels can be shown." if steps > 0 else "One level is the least.")

    def _show_keys(self) -> None:
        self.keys.show()
        announce(self, self.keys.accessibleDescription())

    def _answer(self, digit: int) -> None:
        """Score; a digit that is no answer begins a number."""
        question = self.session.question
        if question is not None and digit > len(question.answers):
            self._begin_number(str(digit))
            return
        done = self.session.answer(digit)
        self._typed += str(digit)
        self._run += done
        if done and self.session.auto_advance:
            typed, run = self._typed[-1:], 1
            self.walk.step(1)
            self._typed, self._run = typed, run

    def _point(self) -> None:
        """A point behind digits: they were the beginning of a number and no scores."""
        typed = self._typed
        for _ in range(self._run):
            self.session.undo()
        if self._run:
            self.tell("")
        self._begin_number(f"{typed}." if typed else "")

    def _travelled(self, change: Change | None) -> None:
        """Look at what an undo or redo altered."""
        current = self.session.workspace.current
        if change is not None and current is not None:
            self.walk.go_to(current)

    # -- a number being typed ------------------------------------------------------------------------

    def _begin_number(self, text: str) -> None:
        self.jump.begin(text)
        self._show_number()

    def _show_number(self) -> None:
        self.map.show_numbers(self.jump.text is not None)
        self._show_foot()
        if self.jump.text:
            announce(self, self.said)

    def _number_key(self, event: QKeyEvent) -> None:
        """Enter goes where the number leads, Esc gives it up, all else is a part of it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            target, sentence = self.jump.target(self.session.map), self.said
            empty = not self.jump.text
            self.jump.end()
            if target is not None:
                self.walk.go_to(target.id)
            elif not empty:
                self._said = sentence
        elif event.key() == Qt.Key.Key_Escape:
            self.jump.end()
        else:
            self.jump.take(event)
        self._show_number()

    # -- following the session -----------------------------------------------------------------------

    def _map_changed(self, _: Change) -> None:
        self.refresh()
        self._say_answer()

    def _box_changed(self) -> None:
        self._typed, self._run = "", 0
        self.refresh()
        self._say_question()

    def _say_question(self) -> None:
        """The box and its question for people who listen."""
        box, question = self.session.box, self.session.question
        if not isinstance(box, Capability):
            return
        if question is None:
            announce(self, box.name)
        else:
            announce(self, f"{question.asked_of(box.name)} {question.label_of(self.session.value)}")

    def _say_answer(self) -> None:
        box, question = self.session.box, self.session.question
        if box is not None and question is not None:
            announce(self, f"{box.name}: {question.title}, {question.label_of(self.session.value)}")

    # -- events --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """No shortcut of another window and no tool tip has anything to do here."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key, one verb."""
        self.setCursor(Qt.CursorShape.BlankCursor)
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta):
            return
        for cover in (self.blank, self.keys):
            if cover.isVisible():
                cover.hide()
                return
        if self.jump.text is not None:
            self._number_key(event)
            return
        if self._said:
            self.tell("")
        verb = verb_of(event)
        if verb == "digit":
            self._answer(int(event.text()))
            return
        if verb == "point":
            self._point()
        elif verb == "ask":
            self.session.ask(chr(event.key()))
        elif verb is not None:
            self._verbs[verb]()
        self._typed, self._run = "", 0

    def focusNextPrevChild(self, _: bool) -> bool:
        """Tab is a key like any other: there is nothing else to give the focus to."""
        return False

    def mouseMoveEvent(self, _: QMouseEvent) -> None:
        """The pointer shows when it is moved."""
        self.unsetCursor()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground around the map."""
        QPainter(self).fillRect(self.rect(), QColor(self.look.theme.page))

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clock run."""
        super().showEvent(event)
        self._tick()
        self._clock.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another screen, another unit."""
        super().resizeEvent(event)
        self._lay_out()
        self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The room is done."""
        super().closeEvent(event)
        self._clock.stop()
        self.session.leave()
        self.left.emit()
