"""LinkList: what the chosen boxes are linked to, a row each; links are added, edited and removed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from capmap.errors import CapMapError
from capmap.model.linking import unlink
from capmap.model.records import LINK_ENDS
from capmap.ui.panels.linkdetails import LinkDetails
from capmap.ui.panels.linkgroups import GROUPS, LinkedThing, LinkGroup, link_groups
from capmap.ui.panels.linkrow import LinkRow
from capmap.ui.panels.typingin import TypingIn
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.exchange.grid.forms import Form

_SHOWN = 12
_ACROSS = 3
_ADDED = {LINK_ENDS[link_type][0]: one for link_type, (_, one, _) in GROUPS.items()}
"""Kind -> what one of it is called, in the order of the groups."""


class LinkList(QWidget):
    """The groups of a selection. ``lit`` carries the boxes that a chosen row is linked to, or None; ``add_wanted`` the
    kind of what is to be linked; ``balance_wanted`` the id of what has shares that are off; ``refused`` why an edit
    cannot be. ``pulled`` and ``let_go`` carry what is pulled out of the list and where on the screen it is.
    """

    lit = Signal(object)
    add_wanted = Signal(str)
    balance_wanted = Signal(str)
    refused = Signal(str)
    pulled = Signal(str, QPoint)
    let_go = Signal(str, QPoint)
    given_up = Signal()

    def __init__(self, workspace: Workspace, typing: TypingIn, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._typing = typing
        self._appearance = appearance
        self._ids: tuple[str, ...] = ()
        self._groups: list[LinkGroup] = []
        self._rows: list[LinkRow] = []
        self._adders: dict[str, QToolButton] = {}
        self._headings: list[QLabel] = []
        self._open: set[str] = set()
        """The ids of the things whose details are open: they stay so when another box is selected."""
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        appearance.changed.connect(self._recolour)

    # -- show ----------------------------------------------------------------------------------------

    def show_boxes(self, record_ids: Sequence[str]) -> None:
        """Show what is linked to these boxes and to all inside them. What a chosen row has lit is lit no longer once
        the boxes are others.
        """
        ids, editable = tuple(record_ids), bool(record_ids) and not self._workspace.document.why_read_only
        groups = link_groups(self._workspace.map, ids) if ids else []
        same = ids == self._ids and editable == bool(self._adders)
        if same and groups == self._groups:
            return
        same_boxes, self._ids = ids == self._ids, ids
        before, self._groups = self._groups, groups
        if same and _keys(before) == _keys(groups):
            self._update()
            return
        # Only what was lit from here: the hits of finding stay lit while one walks through them.
        lit = self.lit_record
        self._build(editable)
        again = next((row for row in self._rows if row.thing.record_id == lit), None)
        if same_boxes and again is not None:
            again.blockSignals(True)
            again.setChecked(True)
            again.blockSignals(False)
        elif lit is not None:
            self.lit.emit(None)

    def _build(self, editable: bool) -> None:
        focus = self._focused()
        _empty(self._column)
        self._rows, self._adders, self._headings = [], {}, []
        for group in self._groups:
            self._column.addSpacing(10)
            self._column.addLayout(self._heading(group, editable))
            self._column.addSpacing(2)
            shown = group.rows if self._all else group.rows[:_SHOWN]
            for thing in shown:
                self._add_row(thing)
            if len(group.rows) > len(shown):
                more = self._quiet_button(f"and {len(group.rows) - len(shown):,} more", "", "Show all links")
                more.clicked.connect(self._show_all)
                self._column.addWidget(more)
        missing = [kind for kind in _ADDED if kind not in {group.kind for group in self._groups}] if editable else []
        if missing:
            self._column.addSpacing(10)
            self._column.addWidget(self._missing(missing))
        self._recolour()
        if focus:
            self.focus_kind(focus)

    def _heading(self, group: LinkGroup, editable: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        label = plain_label(group.heading, self, "quiet", wrap=True)
        self._headings.append(label)
        row.addWidget(label, 1)
        if editable:
            row.addWidget(self._adder(group.kind, ""))
        return row

    def _missing(self, kinds: Sequence[str]) -> QWidget:
        """The kinds that nothing is linked of, as buttons to begin with."""
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        grid.addWidget(plain_label("Link to", holder, "quiet"), 0, 0, 1, _ACROSS)
        for place, kind in enumerate(kinds):
            across = Qt.AlignmentFlag.AlignLeft
            grid.addWidget(self._adder(kind, _ADDED[kind]), 1 + place // _ACROSS, place % _ACROSS, across)
        grid.setColumnStretch(_ACROSS, 1)
        return holder

    def _adder(self, kind: str, words: str) -> QToolButton:
        one = _ADDED[kind]
        button = self._quiet_button(words, "plus", f"Link {'an' if one[0] in 'IOo' else 'a'} {one}")
        button.clicked.connect(lambda: self.add_wanted.emit(kind))
        self._adders[kind] = button
        return button

    def _quiet_button(self, words: str, icon: str, told: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quietButton", True)
        button.setProperty("iconName", icon)
        button.setText(words)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(told)
        button.setToolTip(told)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _add_row(self, thing: LinkedThing) -> None:
        row = LinkRow(thing, self._appearance, self)
        row.toggled.connect(lambda on: self._light(row, on))
        row.open_wanted.connect(lambda wanted: self._unfold(row, wanted))
        row.remove_wanted.connect(lambda: self._remove(row))
        row.pulled.connect(lambda place: self.pulled.emit(row.thing.record_id, place))
        row.let_go.connect(lambda place: self.let_go.emit(row.thing.record_id, place))
        row.given_up.connect(self.given_up)
        self._rows.append(row)
        self._column.addWidget(row)
        if thing.record_id in self._open:
            self._show_details(row)

    def _update(self) -> None:
        """The same rows with other values: whatever somebody types in stays where it is."""
        things = {(group.kind, thing.record_id): thing for group in self._groups for thing in group.rows}
        for row in self._rows:
            row.show_thing(things[row.thing.kind, row.thing.record_id])
        for label, group in zip(self._headings, self._groups, strict=True):
            label.setText(group.heading)

    def _recolour(self) -> None:
        for button in self.findChildren(QToolButton):
            name = button.property("iconName")
            if name:
                button.setIcon(self._appearance.icon(str(name), self._appearance.look.quiet))
        self.update()

    @property
    def rows(self) -> Sequence[LinkRow]:
        """The rows that are shown."""
        return self._rows

    @property
    def adders(self) -> dict[str, QToolButton]:
        """The buttons that link something more, by the kind of what they link."""
        return self._adders

    @property
    def lit_record(self) -> str | None:
        """The id of the thing whose row is pressed."""
        return next((row.thing.record_id for row in self._rows if row.isChecked()), None)

    def focus_kind(self, kind: str) -> None:
        """Let the keys go to the button that links something of this kind."""
        if kind in self._adders:
            self._adders[kind].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> str:
        """The kind of the row or the button that the keys go to."""
        for kind, button in self._adders.items():
            if button.hasFocus():
                return kind
        return next((row.thing.kind for row in self._rows if row.hasFocus() or row.details_have_focus), "")

    # -- press and edit ------------------------------------------------------------------------------

    def _light(self, row: LinkRow, on: bool) -> None:
        if on:
            for other in self._rows:
                if other is not row:
                    other.setChecked(False)
        self.lit.emit(row.thing.boxes if on else None)

    def _unfold(self, row: LinkRow, wanted: bool) -> None:
        if wanted and row.details is None:
            self._open.add(row.thing.record_id)
            self._show_details(row).focus_first()
        elif not wanted:
            self._open.discard(row.thing.record_id)
            row.drop_details()
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_details(self, row: LinkRow) -> LinkDetails:
        details = LinkDetails(row.thing, self._workspace, self._typing, self._form, self)
        details.refused.connect(self.refused)
        details.remove_wanted.connect(lambda: self._remove(row))
        details.balance_wanted.connect(lambda: self.balance_wanted.emit(row.thing.record_id))
        self._column.insertWidget(self._column.indexOf(row) + 1, details)
        row.take_details(details)
        return details

    def _remove(self, row: LinkRow) -> None:
        thing = row.thing
        why = self._workspace.document.why_read_only
        if not thing.links and not why:
            why = f"{thing.name} is linked to {thing.inside[0]} inside. Select that box to remove the link."
        if why:
            self.refused.emit(why)
            return
        self._typing.end()
        try:
            self._workspace.commit(unlink(self._workspace.map, [link.id for link in thing.links]))
        except CapMapError as problem:
            self.refused.emit(str(problem))

    def _show_all(self) -> None:
        self._all = True
        self._build(bool(self._adders))
        self._all = False

    def _form(self) -> Form:
        """How this place writes numbers."""
        from capmap.ui.parts.writing import form_of

        return form_of(self._workspace.map)


def _keys(groups: Sequence[LinkGroup]) -> list[tuple[str, str]]:
    """Which rows there are, whatever they say; with which of them can be edited."""
    return [(f"{group.kind}{bool(thing.links)}", thing.record_id) for group in groups for thing in group.rows]


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QVBoxLayout | QHBoxLayout):
            _empty(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
