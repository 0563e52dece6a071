"""Tidying: boxes arranged anew once it was shown what would move; nothing of the map itself is altered by that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from capmap.layout.boxes import Layout
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.canvas.remembered import Standing
from capmap.ui.canvas.telling import announce
from capmap.ui.canvas.tidypreview import TidyBar, TidyPreview
from capmap.ui.canvas.viewpoint import Viewpoint

_MOVED = 0.5
"""Points by which a box must be elsewhere to count as moved."""

_POLITE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_APPLYING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Tidying(QObject):
    """Shows how boxes would stand, and lets them: Enter applies, Esc or anything else leaves all as it is.

    A tidy that nothing has followed yet can be taken back, and done again. ``told`` carries a sentence, ``done`` one
    about a tidy that can be taken back, ``changed`` says that what can be taken back is different now.
    """

    told = Signal(str)
    done = Signal(str)
    changed = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._proposed: tuple[str | None, Standing, Viewpoint] | None = None
        self._moved: frozenset[str] = frozenset()
        self._undo: tuple[str, Standing] | None = None
        self._redo: tuple[str, Standing] | None = None
        self._shown: Layout | None = None
        """The layout that the last tidy, or its taking back, has made."""
        self.preview = TidyPreview(canvas)
        self.bar = TidyBar(canvas)
        self.bar.tidy_button.clicked.connect(self.apply)
        self.bar.leave_button.clicked.connect(self.leave)
        canvas.installEventFilter(self)
        for signal in (canvas.workspace.changed, canvas.workspace.opened, canvas.workspace.view_changed):
            signal.connect(self._forget)
        canvas.workspace.filter_changed.connect(self._forget)

    # -- propose and apply ---------------------------------------------------------------------------

    @property
    def is_proposed(self) -> bool:
        """Whether it is shown what would move."""
        return self._proposed is not None

    @property
    def moved(self) -> frozenset[str]:
        """The boxes that would move."""
        return self._moved

    def propose(self, record_id: str | None) -> None:
        """Show what would move if the inside of this box, or (None) the whole map, were arranged anew. Asked for a
        second time it is done.
        """
        if self._proposed is not None and self._proposed[0] == record_id:
            self.apply()
            return
        self.leave()
        canvas = self._canvas
        # A name that is being typed is kept by this.
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        canvas.ensure_arranged()
        layout = canvas.arrangement.layout
        if record_id is not None and (record_id not in layout.index or not layout.index[record_id].children):
            self.told.emit("The boxes inside are not shown now, so there is nothing to tidy.")
            return
        standing, goal = canvas.tidied(record_id)
        moved = moved_between(layout, standing.layout)
        if not moved:
            self.told.emit("Nothing would move: this is as tidy as it gets.")
            return
        self._proposed, self._moved = (record_id, standing, goal), moved
        self.preview.show_move(layout, standing.layout, moved, goal, record_id)
        boxes = "box" if len(layout.index) == 1 else "boxes"
        words = f"{len(moved):,} of {len(layout.index):,} {boxes} would move"
        self.bar.say(words)
        announce(canvas, f"{words}. Enter tidies, Escape leaves everything as it is.")

    def apply(self) -> None:
        """Let the boxes go where it was shown."""
        if self._proposed is None:
            return
        record_id, standing, goal = self._proposed
        count = len(self._moved)
        self.leave()
        name = self._canvas.workspace.map.capability(record_id).name if record_id is not None else "the map"
        self._undo, self._redo = (f"Tidy {name}", self._canvas.stand(standing, goal)), None
        self._keep()
        self.done.emit(f"Tidied {name}: {count:,} {'box' if count == 1 else 'boxes'} moved.")

    def leave(self) -> None:
        """Leave everything as it is."""
        self._proposed, self._moved = None, frozenset()
        self.preview.hide()
        self.bar.hide()

    # -- take back and do again ----------------------------------------------------------------------

    @property
    def undo_text(self) -> str | None:
        """What ``undo`` would take back, in words; None if the last thing done was no tidy."""
        return self._undo[0] if self._undo is not None and self._is_shown() else None

    @property
    def redo_text(self) -> str | None:
        """What ``redo`` would do again, in words; None if nothing."""
        return self._redo[0] if self._redo is not None and self._is_shown() else None

    def undo(self) -> bool:
        """Put the boxes back to where they stood before the tidy; False if the last thing done was none."""
        if self._undo is None or not self._is_shown():
            return False
        text, before = self._undo
        self._undo, self._redo = None, (text, self._canvas.stand(before, self._canvas.view))
        self._keep()
        return True

    def redo(self) -> bool:
        """Tidy again what ``undo`` took back; False if there is nothing."""
        if self._redo is None or not self._is_shown():
            return False
        text, after = self._redo
        self._undo, self._redo = (text, self._canvas.stand(after, self._canvas.view)), None
        self._keep()
        return True

    def _keep(self) -> None:
        self._shown = self._canvas.arrangement.layout
        self.changed.emit()

    def _is_shown(self) -> bool:
        """Whether the boxes still stand as the last tidy left them; a window of another shape arranges them anew."""
        return self._canvas.arrangement.layout is self._shown

    def _forget(self, *_: object) -> None:
        """The map or what is seen of it is another one."""
        self.leave()
        if self._undo is not None or self._redo is not None:
            self._undo = self._redo = self._shown = None
            self.changed.emit()

    # -- events of the canvas ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc belong to what is shown; whatever else is done on the canvas leaves it."""
        if self._proposed is None:
            return super().eventFilter(watched, event)
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            mine = event.key() in _APPLYING or event.key() == Qt.Key.Key_Escape
            if kind == QEvent.Type.ShortcutOverride:
                if mine:
                    event.accept()
                return mine
            if mine:
                (self.apply if event.key() in _APPLYING else self.leave)()
                return True
            if event.key() not in _HELD:
                self.leave()
        gone = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _POLITE
        if gone or kind in (QEvent.Type.MouseButtonPress, QEvent.Type.Resize):
            self.leave()
        return super().eventFilter(watched, event)


def moved_between(old: Layout, new: Layout) -> frozenset[str]:
    """The boxes that stand elsewhere, or have another size, in the other layout of the same boxes."""
    moved = set()
    for box in new.walk():
        before = old.index.get(box.id)
        if before is None or any(
            abs(here - there) > _MOVED for here, there in zip(old.rectangle(before), new.rectangle(box), strict=True)
        ):
            moved.add(box.id)
    return frozenset(moved)
