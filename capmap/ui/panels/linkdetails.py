"""LinkDetails: what a link knows, edited in place below its row with the checks of the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from capmap.errors import CapMapError
from capmap.model import edits
from capmap.model.records import Link, field_table
from capmap.ui.panels.fieldeditors import MIXED, LineField, TextArea, Value
from capmap.ui.panels.linkgroups import LinkedThing
from capmap.ui.panels.scorerow import Score, ScoreRow
from capmap.ui.panels.typingin import TypingIn
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.exchange.grid.forms import Form

FIELDS = {
    "supports": ("share", "fit", "note"),
    "improves": ("share", "promised", "note"),
    "uses": ("share", "note"),
    "needs": ("note",),
    "asks for": ("note",),
}
"""Type of link -> what it knows."""
_TABLE = field_table(Link.kind)


class LinkDetails(QWidget):
    """The values of one row's links. ``refused`` carries why a text does not fit; ``remove_wanted`` and
    ``balance_wanted`` are presses of the buttons.
    """

    refused = Signal(str)
    remove_wanted = Signal()
    balance_wanted = Signal()

    def __init__(
        self, thing: LinkedThing, workspace: Workspace, typing: TypingIn, form: Callable[[], Form], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._typing = typing
        self._form = form
        self._thing = thing
        self.share: LineField | None = None
        self.score: ScoreRow | None = None
        self.note: TextArea | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 4, 0, 10)
        column.setSpacing(6)
        self._inside = plain_label("", self, "quiet", wrap=True)
        column.addWidget(self._inside)
        known = FIELDS.get(thing.links[0].type, ()) if thing.links else ()
        if "share" in known:
            column.addLayout(self._share_line())
        self._off = plain_label("", self, "warning", wrap=True)
        column.addWidget(self._off)
        field = next((name for name in ("fit", "promised") if name in known), None)
        if field is not None:
            self.score = ScoreRow(_TABLE[field].label, [Score(field, "", _TABLE[field].label)], self)
            self.score.scored.connect(self._put_now)
            column.addWidget(self.score)
        if "note" in known:
            self.note = TextArea(f"Note on {thing.name}", self)
            self.note.set_hint("Add a note")
            self.note.typed.connect(self._note_typed)
            self.note.left.connect(typing.end)
            column.addWidget(self.note)
        self.balance_button = self._button("Balance shares", f"Balance the shares of {thing.name}")
        self.balance_button.setToolTip(
            "To 100 %: links without a share get what is left, equally; else all in proportion"
        )
        self.balance_button.clicked.connect(self.balance_wanted)
        self.remove_button = self._button("Remove the link", f"Remove the link to {thing.name}")
        self.remove_button.setToolTip(f"{thing.name} itself stays (Del on the row)")
        self.remove_button.clicked.connect(self.remove_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.balance_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        column.addLayout(row)
        self.show_thing(thing)

    def _share_line(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        self.share = LineField(f"{_TABLE['share'].label} of {self._thing.name}, in percent", self, limit=30)
        self.share.setFixedWidth(84)
        self.share.left.connect(self._share_left)
        grid.addWidget(plain_label(f"{_TABLE['share'].label} in %", self, "quiet"), 0, 0)
        grid.addWidget(self.share, 0, 1)
        grid.setColumnStretch(0, 1)
        return grid

    def _button(self, words: str, told: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("small", True)
        button.setAccessibleName(told)
        return button

    # -- show ----------------------------------------------------------------------------------------

    def show_thing(self, thing: LinkedThing) -> None:
        """Show the values as they are now."""
        self._thing = thing
        editable = not self._workspace.document.why_read_only
        if self.share is not None and not (self.share.hasFocus() and self.share.isModified()):
            value = self._common("share")
            self.share.set_hint("the rest" if value is None else "")
            self.share.show_value(value if value is MIXED or value is None else f"{value:.10g}")
            self.share.setReadOnly(not editable)
        if self.score is not None:
            self.score.show_values({field: self._common(field) for field in ("fit", "promised")})
            self.score.setEnabled(editable)
        if self.note is not None:
            if not (self._typing.waits and self.note.hasFocus()):
                self.note.show_value(self._common("note"))
            self.note.setReadOnly(not editable)
        self._inside.setText(f"Linked inside: {', '.join(thing.inside[:8])}{'…' if len(thing.inside) > 8 else ''}")
        self._inside.setVisible(bool(thing.inside))
        self._off.setText(thing.off)
        self._off.setVisible(bool(thing.off))
        self.balance_button.setVisible(bool(thing.off) and editable)
        self.remove_button.setVisible(bool(thing.links) and editable)

    def focus_first(self) -> None:
        """Let the keys go to the first value."""
        for control in (self.share, self.score.handles[0] if self.score is not None else None, self.note):
            if control is not None:
                control.setFocus()
                return

    def _common(self, field: str) -> Value:
        values = [getattr(link, field) for link in self._thing.links]
        return values[0] if values and all(value == values[0] for value in values) else MIXED

    # -- edit ----------------------------------------------------------------------------------------

    def _share_left(self) -> None:
        from capmap.exchange.grid import cells
        from capmap.exchange.grid.columns import columns_of

        if self.share is None or not self.share.isModified():
            return
        self.share.setModified(False)
        column = next(column for column in columns_of(self._workspace.map, Link.kind) if column.key == "share")
        try:
            value = cells.read(column, self.share.text(), self._form())
        except CapMapError as problem:
            self.refused.emit(str(problem))
            self.show_thing(self._thing)
            return
        if value != self._common("share"):
            self._put_now("share", value)
        self.show_thing(self._thing)

    def _note_typed(self, text: str) -> None:
        self._typing.put("note", self._ids, lambda: self._change("note", text))

    def _put_now(self, field: str, value: Any) -> None:
        """A step of undo of its own."""
        self._typing.end()
        self._typing.put(field, self._ids, lambda: self._change(field, value))
        self._typing.end()

    @property
    def _ids(self) -> list[str]:
        return [link.id for link in self._thing.links]

    def _change(self, field: str, value: Any) -> Any:
        current = self._workspace.map
        there = [key for key in self._ids if key in current]
        text = f"Set {_TABLE[field].label.lower()} of the link to {self._thing.name}"
        values: dict[str, Any] = {field: value}
        return edits.put_many(current, there, text, **values)
