"""FindField: the field of the top bar that finds boxes as you type and runs whatever the window can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from capmap.ui.find.finding import Suggestion, found
from capmap.ui.find.palette import Palette
from capmap.ui.parts.appearance import Appearance
from capmap.ui.workspace import Workspace

Mode = Literal["find", "run"]
_PAUSE_MS = 60
_WIDE_ENOUGH = 210
"""Pixels; a narrower field has no room to name its key."""
_SLOW_MAP = 5_000
"""Boxes; in larger maps finding waits for a pause in the typing."""


class FindField(QLineEdit):
    """In the mode "find" Enter goes from hit to hit; in the mode "run" a palette below offers boxes and commands.

    ``hits_changed`` carries the ids to light (None: all alike), ``goes_to`` the one to bring into sight,
    ``left`` says that the keys should go back to the map.
    """

    hits_changed = Signal(object)
    goes_to = Signal(str)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._workspace: Workspace | None = None
        self._suggest: Callable[[str], Sequence[Suggestion]] = lambda words: ()
        self._mode: Mode = "run"
        self._hits: list[str] = []
        self._place = -1
        self.setObjectName("findField")
        self.setFixedHeight(32)
        self.setMinimumWidth(110)
        self.setMaxLength(200)
        self.setClearButtonEnabled(False)
        self.palette_list = Palette(appearance, parent.window())
        self.palette_list.ran.connect(self._end)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(self._typed)
        self._set_mode("run")

    def watch(self, workspace: Workspace | None, suggest: Callable[[str], Sequence[Suggestion]]) -> None:
        """Find in this workspace (None: no map is open), and offer what ``suggest`` gives for the words."""
        self._workspace, self._suggest = workspace, suggest
        self._forget()
        if workspace is not None:
            workspace.opened.connect(self._forget)
            workspace.changed.connect(self._map_changed)

    # -- verbs ---------------------------------------------------------------------------------------

    def begin_find(self) -> None:
        """Find boxes; the words from before are still there."""
        self._set_mode("find")
        self._begin()
        self._look()

    def begin_run(self) -> None:
        """Find or run anything."""
        self._set_mode("run")
        self._begin()
        self._look()

    def go_on(self, steps: int) -> None:
        """Go to the next hit (1) or the one before (-1), from wherever the focus is."""
        if not self._hits:
            self.begin_find()
            return
        self._place = (self._place + steps) % len(self._hits) if self._place >= 0 else 0 if steps > 0 else -1
        self._place %= len(self._hits)
        self.goes_to.emit(self._hits[self._place])
        self.update()

    @property
    def hits(self) -> Sequence[str]:
        """The boxes that the words mean."""
        return self._hits

    @property
    def mode(self) -> Mode:
        """Whether Enter goes to a hit or runs a line of the palette."""
        return self._mode

    @property
    def note(self) -> str:
        """What stands at the end of the field: the key, or how many boxes were found."""
        if not self.text():
            return "" if self.hasFocus() else QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        if self._workspace is None:
            return ""
        if not self._hits:
            return "none" if self._mode == "find" else ""
        return f"{self._place + 1} of {len(self._hits):,}" if self._place >= 0 else f"{len(self._hits):,}"

    # -- as one types --------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _set_mode(self, mode: Mode) -> None:
        self._mode = mode
        words = "Find boxes" if mode == "find" else "Find or run a command"
        self.setPlaceholderText(words)
        self.setAccessibleName(words)

    def _typed(self) -> None:
        big = self._workspace is not None and len(self._workspace.map) > _SLOW_MAP
        if big:
            self._pause.start()
        else:
            self._look()

    def _look(self) -> None:
        """Find for the words as they are now."""
        self._pause.stop()
        words = self.text().strip()
        self._hits = found(self._workspace.map, words) if self._workspace is not None else []
        self._place = -1
        lit = self._hits if len(words) > 1 or self._mode == "find" else []
        self.hits_changed.emit(lit if words and (lit or self._mode == "find") else None)
        if self._mode == "run" and self.hasFocus():
            corner = self.mapTo(self.window(), QPoint(0, 0))
            self.palette_list.offer(self._suggest(words), QRect(corner, self.size()), self.window().rect())
        else:
            self.palette_list.hide()
        self.update()

    def _map_changed(self) -> None:
        if self.text() and self._hits:
            current = self._hits[self._place] if 0 <= self._place < len(self._hits) else ""
            self._hits = found(self._workspace.map, self.text()) if self._workspace is not None else []
            self._place = self._hits.index(current) if current in self._hits else -1
            if self._mode == "find":
                self.hits_changed.emit(self._hits)

    def _forget(self) -> None:
        self.clear()
        self._hits, self._place = [], -1
        self.palette_list.hide()
        self.hits_changed.emit(None)

    def _end(self) -> None:
        """Done: nothing is lit any more, and the keys go back to the map."""
        self._forget()
        self.left.emit()

    # -- events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows act on hits or on the palette; Esc is done."""
        key = event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape:
            self._end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._look()
            if self._mode == "find":
                self.go_on(-1 if back else 1)
            else:
                self.palette_list.run()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            steps = 1 if key == Qt.Key.Key_Down else -1
            if self._mode == "find":
                self.go_on(steps)
            else:
                self.palette_list.step(steps)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins to find or run."""
        fresh = not self.hasFocus()
        super().mousePressEvent(event)
        if fresh:
            self.begin_run()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The palette goes when the keys go elsewhere; what was found stays lit while one walks through it."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.palette_list.hide()
            if self._mode == "run":
                self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glass at the front, the note at the end."""
        super().paintEvent(event)
        painter = QPainter(self)
        look = self._appearance.look
        glass = self._appearance.icon("search", look.quiet)
        glass.paint(painter, QRect(9, (self.height() - 16) // 2, 16, 16))
        note = self.note
        if note and (self.text() or self.width() > _WIDE_ENOUGH):
            painter.setPen(look.quiet)
            metrics = QFontMetrics(self.font())
            room = QRect(self.width() - metrics.horizontalAdvance(note) - 12, 0, 60, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note)
