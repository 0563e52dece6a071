"""OutlineModel: the tree of boxes for a view of Qt, kept in step with the map row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from capmap.errors import CapMapError
from capmap.model import edits, rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.panels.outlinerows import DRAFT, Row, Rows
from capmap.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
Roles = Qt.ItemDataRole

BOXES_MIME = "application/x-capmap-box-ids"

# Qt asks for every unfolded row whenever one comes or goes.
_FIXED = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)
_EDITABLE = _FIXED | Qt.ItemFlag.ItemIsEditable


class Seen(NamedTuple):
    """What is seen of a row. ``level`` is 1 at the top; ``key`` is empty for a box that is being named."""

    key: str
    name: str
    level: int
    is_reference: bool
    has_below: bool


class OutlineModel(QAbstractItemModel):
    """Rows for all capabilities. Edits go through the workspace; ``refused`` carries why one cannot be."""

    refused = Signal(str)
    added = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._draft: Row | None = None
        self._rows = Rows(lambda: self._map)
        self.is_following = False
        """Whether rows are being altered for a change of the map."""
        self.rows_altered = False
        """Whether the last change altered any."""
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self.reload)

    @property
    def _map(self) -> Map:
        return self._workspace.map

    def reload(self) -> None:
        """Another document: all rows anew."""
        self.beginResetModel()
        self._draft = None
        self._rows = Rows(lambda: self._map, self._rows.next)
        self.endResetModel()

    # -- where things are ----------------------------------------------------------------------------

    def index_of(self, record_id: str) -> QModelIndex:
        """The row of a box; an invalid index if there is none."""
        row = self._rows.of(record_id)
        return self._index(row) if row is not None else QModelIndex()

    def id_at(self, index: Index) -> str | None:
        """The id of the box in a row; None for the ground and for a draft."""
        node = self._node(index)
        return node.key or None

    def _node(self, index: Index) -> Row:
        return self._rows.numbered(index.internalId()) if index.isValid() else self._rows.ground

    def _index(self, node: Row) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(self._rows.below(node.parent).index(node), 0, node.number)

    # -- what Qt asks --------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """The index of a row below another."""
        rows = self._rows.below(self._node(parent))
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, column, rows[row].number)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """The index of the row above."""
        parent = self._node(index).parent
        return self._index(parent) if parent is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows stand below."""
        return len(self._rows.below(self._node(parent)))

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Whether rows stand below, without making them."""
        return self._rows.has_below(self._node(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One: the name."""
        return 1

    def data(self, index: Index, role: int = Roles.DisplayRole) -> Any:
        """The name of the box, and more about it as a tool tip."""
        node = self._node(index)
        if node.key == DRAFT:
            return "" if role in (Roles.DisplayRole, Roles.EditRole) and node is self._draft else None
        capability = self._map.get(node.key)
        if not isinstance(capability, Capability):
            return None
        if role in (Roles.DisplayRole, Roles.EditRole, Roles.AccessibleTextRole):
            return self._map.shown(capability).name
        if role == Roles.ToolTipRole:
            return self._tip(capability)
        return None

    def seen(self, index: Index) -> Seen:
        """What is seen of a row, in one go."""
        row = above = self._node(index)
        level = 0
        while above.parent is not None:
            level, above = level + 1, above.parent
        capability = self._map.get(row.key)
        if not isinstance(capability, Capability):
            return Seen("", "", level, is_reference=False, has_below=False)
        name, is_reference = self._map.shown(capability).name, capability.alias_of is not None
        return Seen(row.key, name, level, is_reference, self._rows.has_below(row))

    def _tip(self, capability: Capability) -> str:
        from html import escape

        shown = self._map.shown(capability)
        title = f"{self._map.number(capability.id)}  {shown.name}"
        text = shown.description if len(shown.description) <= 300 else f"{shown.description[:300]}…"
        return f"<qt>{escape(title)}<br>{escape(text)}</qt>" if text else f"<qt>{escape(title)}</qt>"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a row; references hold no boxes."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _FIXED if self._workspace.document.why_read_only else _EDITABLE

    def setData(self, index: Index, value: Any, role: int = Roles.EditRole) -> bool:
        """Rename a box, or make the one whose name was typed."""
        if role != Roles.EditRole:
            return False
        node, name = self._node(index), str(value).strip()
        if node is self._draft:
            return self._keep_draft(name)
        if not name:
            return False
        try:
            shown = self._map.shown(self._map.capability(node.key))
            if name != shown.name:
                self._workspace.commit(edits.rename(self._map, shown.id, name))
        except CapMapError as problem:
            self.refused.emit(str(problem))
            return False
        return True

    # -- a box that is being named -------------------------------------------------------------------

    def begin_draft(self, into: str | None, position: int | None) -> QModelIndex:
        """An empty row for a box that comes into the map when it has a name."""
        self.drop_draft()
        parent = (self._rows.of(into) if into is not None else None) or self._rows.ground
        row = len(self._rows.below(parent)) if position is None else min(position, len(self._rows.below(parent)))
        self.beginInsertRows(self._index(parent), row, row)
        self._draft = self._rows.make(DRAFT, parent)
        self._rows.below(parent).insert(row, self._draft)
        self.endInsertRows()
        return self._index(self._draft)

    def drop_draft(self) -> None:
        """Take the empty row away again."""
        draft, self._draft = self._draft, None
        if draft is not None and draft.parent is not None:
            self._take_out(draft)

    @property
    def has_draft(self) -> bool:
        """Whether a new box is being named."""
        return self._draft is not None

    def _keep_draft(self, name: str) -> bool:
        draft = self._draft
        if draft is None or draft.parent is None:
            return False
        into, position = draft.parent.key or None, self._rows.below(draft.parent).index(draft)
        self.drop_draft()
        if not name:
            return False
        try:
            change = edits.add(self._map, name, into, position)
            made = next(key for key, old in change.before.items() if old is None)
            self._workspace.commit(change, select=[made])
        except CapMapError as problem:
            self.refused.emit(str(problem))
            return False
        self.added.emit(made)
        return True

    # -- drag and drop -------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        """Boxes move."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """What may be dropped on a row."""
        return [BOXES_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The ids of the rows that are dragged."""
        data = QMimeData()
        ids = [key for key in (self.id_at(index) for index in indexes) if key]
        data.setData(BOXES_MIME, json.dumps({"map": str(self._workspace.document.path), "ids": ids}).encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Whether these boxes can stand there."""
        ids = self._dragged(data)
        return bool(ids) and not rules.why_not_move(self._map, ids, self.id_at(parent))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Move the boxes there, or with Ctrl copies of them."""
        ids = self._dragged(data)
        if not ids:
            return False
        into, position = self.id_at(parent), row if row >= 0 else None
        copying = action == Qt.DropAction.CopyAction
        try:
            change = (edits.copy if copying else edits.move)(self._map, ids, into, position)
            self._workspace.commit(change, select=None if copying else ids)
        except CapMapError as problem:
            self.refused.emit(str(problem))
            return False
        return True

    def _dragged(self, data: QMimeData) -> list[str]:
        """The ids in a drag that began in this map."""
        try:
            told = json.loads(bytes(data.data(BOXES_MIME).data()))
            if told["map"] != str(self._workspace.document.path):
                return []
            return [key for key in told["ids"] if isinstance(self._map.get(key), Capability)]
        except (ValueError, KeyError, TypeError):
            return []

    # -- following the map ---------------------------------------------------------------------------

    def _map_changed(self, change: Change) -> None:
        self.rows_altered, self.is_following = False, True
        try:
            self.drop_draft()
            self._follow(change)
        finally:
            self.is_following = False

    def _follow(self, change: Change) -> None:
        """Remove, move and insert exactly the rows that the change touches."""
        boxes = {
            key: (before, after)
            for key, before in change.before.items()
            for after in (change.after[key],)
            if isinstance(before, Capability) or isinstance(after, Capability)
        }
        for key, (_, after) in boxes.items():
            node = self._rows.known(key)
            if after is None and node is not None and node.parent is not None and self._stays(node.parent, boxes):
                self._rescue(node, boxes)
                self._take_out(node)
        parents = {
            record.parent
            for pair in boxes.values()
            for record in pair
            if isinstance(record, Capability) and (record.parent is None or record.parent in self._map)
        }
        for parent in self._top_down(parents):
            self._put_in_order(parent)
        for key, (before, after) in boxes.items():
            if before is not None and after is not None:
                for shown in (key, *self._map.aliases_of(key)):
                    row = self._rows.known(shown)
                    if row is not None:
                        self.dataChanged.emit(self._index(row), self._index(row))

    def _stays(self, node: Row, boxes: dict[str, Any]) -> bool:
        return node.key == "" or boxes.get(node.key, (None, True))[1] is not None

    def _rescue(self, doomed: Row, boxes: dict[str, Any]) -> None:
        """Rows below a removed one whose boxes live on are parked at the top until they are put in their place."""
        for node in [child for child in self._rows.all_below(doomed) if child.key in self._map]:
            if node.parent is not None and node.parent.key not in self._map:
                self._move(node, self._rows.ground, len(self._rows.below(self._rows.ground)))

    def _top_down(self, parents: Iterable[str | None]) -> list[str | None]:
        return sorted(parents, key=lambda parent: 0 if parent is None else self._map.level(parent))

    def _put_in_order(self, parent: str | None) -> None:
        """Make the rows below a box what the map says, with as few moves as the change has."""
        owner = self._rows.ground if parent is None else self._rows.known(parent)
        if owner is None:
            return
        wanted = self._map.child_ids(parent)
        if owner.children is None and not wanted:
            self._told_of_no_rows(owner)
        staying, rows = set(wanted), self._rows.below(owner)
        for row, key in enumerate(wanted):
            if row < len(rows) and rows[row].key == key:
                continue
            here = rows[row] if row < len(rows) else None
            # A row that has left this parent, or one that only moved down, is best moved itself.
            if here is not None and here.key in staying and row + 1 < len(rows):
                after = rows[row + 1]
                if after.key == key:
                    self._move(here, owner, min(wanted.index(here.key) + 1, len(rows)))
                    if rows[row].key == key:
                        continue
            node = self._rows.known(key)
            if node is None:
                self.rows_altered = True
                self.beginInsertRows(self._index(owner), row, row)
                rows.insert(row, self._rows.make(key, owner))
                self.endInsertRows()
            else:
                self._move(node, owner, row)

    def _told_of_no_rows(self, node: Row) -> None:
        """All rows below one have gone before any was asked for: there is nothing to unfold any more."""
        self.rows_altered = True
        self.layoutAboutToBeChanged.emit()
        node.children = []
        self.layoutChanged.emit()

    def _move(self, node: Row, owner: Row, row: int) -> None:
        """Move a row before the one that stands at ``row`` now below another."""
        old = node.parent
        if old is None:
            return
        source = self._rows.below(old).index(node)
        if old is owner and row in (source, source + 1):
            return
        if not self.beginMoveRows(self._index(old), source, source, self._index(owner), row):
            return
        self.rows_altered = True
        self._rows.below(old).pop(source)
        if old is owner and row > source:
            row -= 1
        self._rows.below(owner).insert(row, node)
        node.parent = owner
        self.endMoveRows()

    def _take_out(self, node: Row) -> None:
        if node.parent is None:
            return
        row = self._rows.below(node.parent).index(node)
        self.rows_altered = True
        self.beginRemoveRows(self._index(node.parent), row, row)
        self._rows.below(node.parent).pop(row)
        self._rows.forget(node)
        self.endRemoveRows()
