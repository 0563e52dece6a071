"""LinkField: the small field beside a box in which one types what to link it to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from capmap.exchange.grid.columns import NOUNS
from capmap.model.linking import linking
from capmap.model.text import clean_name
from capmap.ui.find.finding import Suggestion
from capmap.ui.find.palette import WIDTH, Palette
from capmap.ui.linking import words
from capmap.ui.linking.candidates import ICONS, candidates, makeable, partner_kinds
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.workspace import Workspace

_LIST_ROOM = 400
"""Pixels kept for the list below the field: that is worth more than standing right under the box."""
_LEAVING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class LinkField(QFrame):
    """``link_wanted`` carries the links to make; ``new_wanted`` a kind, a name and the ids it is to be linked to;
    ``left`` says that the keys should go back to where they were.
    """

    link_wanted = Signal(object)
    new_wanted = Signal(str, str, object)
    left = Signal()

    def __init__(self, workspace: Workspace, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._subjects: tuple[str, ...] = ()
        self._kinds: tuple[str, ...] = ()
        self._closing = False
        self.setObjectName("palette")
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "quiet")
        self.line = QLineEdit(self)
        self.line.setMaxLength(200)
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.line)
        self.list = Palette(appearance, window)
        self.list.ran.connect(self._ran)
        workspace.changed.connect(self._give_up)
        workspace.opened.connect(self._give_up)
        self.hide()

    def ask(self, subjects: Sequence[str], near: QRect, kinds: Sequence[str] = ()) -> None:
        """Ask what to link these records to, beside a rectangle of the window; of these kinds, if some are named."""
        current = self._workspace.map
        self._subjects = tuple(subjects)
        self._kinds = tuple(kinds or partner_kinds(current, subjects))
        title = f"Link {words.names(current, subjects)} to"
        self.title.set_text(title)
        self.line.setAccessibleName(title)
        nouns = [NOUNS[kind][0] for kind in self._kinds]
        self.line.setPlaceholderText(f"{', '.join(nouns[:-1])} or {nouns[-1]}" if len(nouns) > 1 else "".join(nouns))
        self.line.clear()
        inside = self._window.rect()
        size = QSize(min(WIDTH, inside.width() - 24), self.sizeHint().height())
        left = min(max(near.left(), 12), inside.right() - size.width() - 12)
        top = min(max(near.bottom() + 8, 60), max(inside.bottom() - size.height() - _LIST_ROOM, 60))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._offer()

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """What is offered now."""
        return self.list.suggestions

    def close_field(self) -> None:
        """Away with it; the keys go back."""
        if self.isVisible() and not self._closing:
            self._closing = True
            self.list.hide()
            self.hide()
            self._closing = False
            self.left.emit()

    def _give_up(self, *_: object) -> None:
        """The map moved on under it."""
        if self.isVisible():
            self.close_field()

    # -- what is offered -----------------------------------------------------------------------------

    def _offer(self) -> None:
        current, subjects, typed = self._workspace.map, self._subjects, self.line.text()
        kinds = self._kinds
        rows: list[Suggestion] = []
        headed = ""
        for one in candidates(current, subjects, kinds, typed):
            noun = NOUNS[one.record.kind][1]
            heading = f"{noun[0].upper()}{noun[1:]}" if not typed.strip() and noun != headed else ""
            headed = noun
            run: Callable[[], object] = partial(self._link, one.record.id)
            label = str(getattr(one.record, "name", ""))
            rows.append(Suggestion(label, one.aside, ICONS[one.record.kind], run, heading, not one.is_linked))
        name = clean_name(typed)
        new = list(makeable(current, kinds, typed))
        for place, kind in enumerate(new):
            heading = "" if place else "New"
            label = f"Add the {NOUNS[kind][0]} “{name}”"
            rows.append(Suggestion(label, "and link it", "plus", partial(self._make, kind, name), heading))
        if not rows:
            rows.append(Suggestion("Type a name", "to link it or to add it", "", lambda: None, enabled=False))
        corner = self.mapTo(self._window, QPoint(0, 0))
        self.list.offer(rows, QRect(corner, self.size()), self._window.rect())

    def _link(self, record_id: str) -> None:
        self.link_wanted.emit(linking(self._workspace.map, [record_id], self._subjects))

    def _make(self, kind: str, name: str) -> None:
        self.new_wanted.emit(kind, name, self._subjects)

    def _ran(self) -> None:
        self.close_field()

    # -- keys ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the line, the arrows go through them, Esc and a click elsewhere are done."""
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            reason = getattr(event, "reason", lambda: Qt.FocusReason.OtherFocusReason)()
            if reason not in _LEAVING and self.isVisible() and not self._closing:
                self._closing = True
                self.list.hide()
                self.hide()
                self._closing = False
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.close_field()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self.list.run()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)
