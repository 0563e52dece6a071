"""LinkRoom: all that links records in the window: pulling them, typing them, and balancing the shares of their cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from capmap.errors import CapMapError
from capmap.exchange.grid.columns import NOUNS
from capmap.model import shares
from capmap.model.change import Change
from capmap.model.linking import PARTNERS, link_new
from capmap.model.records import Capability, Link, Record
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.light.spotlight import Spotlight
from capmap.ui.linking import words
from capmap.ui.linking.carrying import Carrying
from capmap.ui.panels.linklist import LinkList
from capmap.ui.parts.appearance import Appearance
from capmap.ui.tables.mapandtables import MapAndTables
from capmap.ui.workspace import Workspace

_FIRST = 50


class LinkRoom(QObject):
    """``told`` carries why something cannot be, ``linked`` a sentence about what can be undone."""

    told = Signal(str)
    linked = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        canvas: Canvas,
        tables: MapAndTables,
        spotlight: Spotlight,
        appearance: Appearance,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._canvas = canvas
        self._tables = tables
        self._appearance = appearance
        self._parent = parent
        self.carrying = Carrying(workspace, canvas, tables, spotlight, appearance, parent)
        self.carrying.told.connect(self.told)
        self.carrying.linked.connect(self.linked)
        canvas.elsewhere = self.carrying
        tables.view_made.connect(self._watch)
        tables.balance_wanted.connect(self.balance)
        self._field: QWidget | None = None
        self._back: Callable[[], None] = lambda: None

    def _watch(self, view: object) -> None:
        """Rows of this table can be pulled out, and boxes let go on them."""
        from capmap.ui.linking.rowdrop import RowDrop
        from capmap.ui.linking.rowpull import RowPull
        from capmap.ui.tables.tableview import TableView

        if isinstance(view, TableView) and self._tables.pane is not None:
            RowPull(view, self._tables.pane, self.carrying)
            RowDrop(view, self._workspace, self.carrying)

    # -- what a question is about --------------------------------------------------------------------

    def subjects(self) -> list[str]:
        """What is to be linked: the records of the rows chosen in the table in use, else the selected boxes."""
        current = self._workspace.map
        records: list[Record] = self._rows()
        if not records:
            boxes = (current.get(key) for key in self._workspace.selection)
            records = [current.shown(box) for box in boxes if isinstance(box, Capability)]
        kinds = {record.kind for record in records}
        return [record.id for record in records] if len(kinds) == 1 and kinds <= PARTNERS.keys() else []

    def _rows(self) -> list[Record]:
        view = self._tables.in_use
        if view is None:
            return []
        return [record for row in view.chosen().rows if (record := view.table.record_at(row)) is not None]

    def watch_list(self, links: LinkList) -> None:
        """What is wanted in the list of links of the inspector is done here."""
        links.balance_wanted.connect(lambda record_id: self.balance([record_id]))
        links.add_wanted.connect(lambda kind: self._ask_kind(kind, links))
        links.pulled.connect(lambda record_id, place: self.carrying.over([record_id], place))
        links.let_go.connect(lambda record_id, place: self.carrying.drop([record_id], place))
        links.given_up.connect(self.carrying.leave)

    def _ask_kind(self, kind: str, links: LinkList) -> None:
        """Ask for something of this kind, below the button that was pressed."""
        button = links.adders[kind]
        near = QRect(button.mapTo(self._parent.window(), QPoint(0, 0)), button.size())
        boxes = (self._workspace.map.get(key) for key in self._workspace.selection)
        ids = [self._workspace.map.shown(box).id for box in boxes if isinstance(box, Capability)]
        self._open(list(dict.fromkeys(ids)), near, [kind], lambda: links.focus_kind(kind))

    def ask(self) -> None:
        """Ask what to link the subjects to."""
        subjects, view = self.subjects(), self._tables.in_use
        if not subjects:
            why = self._workspace.document.why_read_only
            self.told.emit(why or "Select a box first, or a row of a service, a project or the like.")
            return
        back: QWidget = view if view is not None else self._canvas
        self._open(subjects, self._near(), (), lambda: back.setFocus(Qt.FocusReason.OtherFocusReason))

    def _open(self, subjects: list[str], near: QRect, kinds: Sequence[str], back: Callable[[], None]) -> None:
        from capmap.ui.linking.linkfield import LinkField

        why = self._workspace.document.why_read_only
        if why:
            self.told.emit(why)
            return
        if not isinstance(self._field, LinkField):
            self._field = LinkField(self._workspace, self._appearance, self._parent.window())
            self._field.link_wanted.connect(self.carrying.link)
            self._field.new_wanted.connect(self._make)
            self._field.left.connect(lambda: self._back())
        self._back = back
        self._field.ask(subjects, near, kinds)

    @property
    def field(self) -> QWidget | None:
        """The field, once somebody asked."""
        return self._field

    def _near(self) -> QRect:
        """Where the subjects are seen, in the window."""
        window, view = self._parent.window(), self._tables.in_use
        if view is not None:
            rect = view.visualRect(view.currentIndex())
            return QRect(view.viewport().mapTo(window, rect.topLeft()), rect.size())
        box = self._canvas.box_rect(self._workspace.current or "").toAlignedRect() & self._canvas.rect()
        if box.isEmpty():
            box = QRect(self._canvas.rect().center().x() - 200, 40, 400, 1)
        return QRect(self._canvas.mapTo(window, QPoint(box.left(), box.top())), box.size())

    def _make(self, kind: str, name: str, others: object) -> None:
        ids = [str(key) for key in others] if isinstance(others, tuple | list) else []
        if self._commit(lambda: link_new(self._workspace.map, kind, name, ids)) is not None:
            told = words.names(self._workspace.map, ids)
            self.linked.emit(f"{name} is a new {NOUNS[kind][0]}, linked to {told}.")

    # -- shares --------------------------------------------------------------------------------------

    def givers(self) -> list[str]:
        """The services and projects that are meant: those of the chosen rows, else those linked to the selected boxes
        whose shares are off.
        """
        current = self._workspace.map
        found: dict[str, None] = {}
        for record in self._rows():
            key = shares.giver(record) if isinstance(record, Link) else record.id
            if key is not None and shares.claims(current, key):
                found[key] = None
        if not found and self._tables.in_use is None:
            for box in self.subjects():
                for link in current.links_to(box):
                    key = shares.giver(link)
                    if key is not None and shares.why_off(current, key):
                        found[key] = None
        return list(found)

    def can_balance(self) -> bool:
        """Whether anything that is chosen has shares; asked so often that it only looks at the first."""
        current = self._workspace.map
        if self._tables.in_use is not None:
            return bool(self.givers())
        boxes = self._workspace.selection[:_FIRST]
        return any(shares.giver(link) is not None for box in boxes for link in current.links_to(box))

    def balance(self, record_ids: Iterable[str] | None = None) -> None:
        """Bring the shares of these services and projects (None: those that are meant) to 100 %."""
        current = self._workspace.map
        wanted = list(self.givers() if record_ids is None else record_ids)
        why = self._workspace.document.why_read_only
        if why or not wanted:
            self.told.emit(why or "The shares of what is linked here add up to 100 % already.")
            return
        told = words.names(current, wanted)
        change = self._commit(lambda: shares.balance(current, wanted))
        if change is None:
            return
        if change.is_empty:
            self.told.emit(f"The shares of {told} add up to 100 % already.")
        else:
            self.linked.emit(f"The shares of {told} add up to 100 % now.")

    def _commit(self, edit: Callable[[], Change]) -> Change | None:
        try:
            change = edit()
            if not change.is_empty:
                self._workspace.commit(change)
        except CapMapError as problem:
            self.told.emit(str(problem))
            return None
        return change
