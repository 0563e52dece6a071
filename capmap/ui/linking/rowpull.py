"""RowPull: rows of a table that are pulled out of it, onto the map."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from capmap.ui.canvas.tools import Elsewhere
from capmap.ui.tables.tableview import TableView

_TIP = "Pull rows onto a box of the map to link them to it"


class RowPull(QObject):
    """Watches the table ``view``, which stands in the panel ``home``. A press on a row that is pulled out of the panel
    carries the row, or all chosen rows if it is one of them; chosen rows can be taken by their numbers at once. Until
    then the press is the table's own.
    """

    def __init__(self, view: TableView, home: QWidget, carrier: Elsewhere) -> None:
        super().__init__(view)
        self._view = view
        self._home = home
        self._carrier = carrier
        self._pressed: int | None = None
        self._start = QPoint()
        self._by_number = False
        self._ids: tuple[str, ...] = ()
        self._carries = False
        self._passing = False
        numbers = view.verticalHeader()
        if view.table.kind not in ("capability", "link"):
            numbers.setToolTip(_TIP)
        for widget in (view.viewport(), view.frozen.viewport(), numbers.viewport()):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Presses, pulls and releases on the rows; Esc anywhere while something is carried."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            return self._carries and self._key(event)
        if self._passing or not isinstance(event, QMouseEvent) or not isinstance(watched, QWidget):
            return False
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            return self._press(watched, event)
        if kind == QEvent.Type.MouseMove and self._pressed is not None:
            return self._move(watched, event)
        if kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            return self._release(event)
        return False

    def _press(self, watched: QWidget, event: QMouseEvent) -> bool:
        view = self._view
        row = view.rowAt(round(event.position().y()))
        record = view.table.record_at(row) if row >= 0 else None
        self._pressed, self._by_number = None, False
        if record is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        self._pressed, self._start = row, event.globalPosition().toPoint()
        chosen = view.chosen().rows
        rows = chosen if row in chosen else (row,)
        self._ids = tuple(there.id for row in rows if (there := view.table.record_at(row)) is not None)
        whole = view.selectionModel().isRowSelected(row)
        self._by_number = watched is view.verticalHeader().viewport() and whole
        return self._by_number

    def _move(self, watched: QWidget, event: QMouseEvent) -> bool:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._forget()
            return False
        place = event.globalPosition().toPoint()
        far = (place - self._start).manhattanLength() >= QApplication.startDragDistance()
        outside = not self._home.rect().contains(self._home.mapFromGlobal(place))
        if not self._carries and ((self._by_number and far) or (outside and not self._by_number)):
            self._begin(watched, event)
        if self._carries:
            self._carrier.over(self._ids, place)
        return self._carries or self._by_number

    def _begin(self, watched: QWidget, event: QMouseEvent) -> None:
        """From here on the press is no longer the table's: it ends there, with the rows chosen that are carried."""
        self._carries = True
        if not self._by_number:
            self._passing = True
            end = QMouseEvent(
                QEvent.Type.MouseButtonRelease,
                event.position(),
                event.globalPosition(),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
            )
            QCoreApplication.sendEvent(watched, end)
            self._passing = False
            self._choose([row for key in self._ids if (row := self._view.table.row_of(key)) >= 0])
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _release(self, event: QMouseEvent) -> bool:
        pressed, carried, by_number = self._pressed, self._carries, self._by_number
        ids = self._ids
        self._forget()
        if carried:
            self._carrier.drop(ids, event.globalPosition().toPoint())
        elif by_number and pressed is not None:
            # A plain click on one of several chosen rows chooses it alone.
            self._choose([pressed])
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        return carried or by_number

    def _key(self, event: QKeyEvent) -> bool:
        """Esc gives up; no other key means anything while something is carried."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._forget()
            self._carrier.leave()
        event.accept()
        return True

    def _forget(self) -> None:
        if self._carries:
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._pressed, self._carries, self._by_number = None, False, False

    def _choose(self, rows: list[int]) -> None:
        view, flags = self._view, QItemSelectionModel.SelectionFlag
        model = view.selectionModel()
        for place, row in enumerate(rows):
            index = view.table.index(row, max(view.currentIndex().column(), 0))
            if place == 0:
                model.setCurrentIndex(index, flags.NoUpdate)
            model.select(index, (flags.ClearAndSelect if place == 0 else flags.Select) | flags.Rows)
