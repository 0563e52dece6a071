"""FilterPanel: the conditions of the filter below its button, edited in place while the map follows."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from capmap.model.filters import Condition, Filter
from capmap.model.traits import traits_of
from capmap.ui.filters.conditionrow import ConditionRow
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_PAUSE_MS = 200
_SLOW_MAP = 5_000
"""Boxes; in larger maps the filter waits for a pause in the typing."""

_ROW = 38
_MOST_ROWS = 7
_WIDTH = 620


class FilterPanel(QFrame):
    """``closed`` says that the keys should go back to the map; the filter stays on."""

    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._workspace: Workspace | None = None
        self._made: Filter | None = None
        self._opener: QWidget | None = None
        self.rows: list[ConditionRow] = []
        self.setObjectName("palette")
        self.setAccessibleName("Filter")
        self.setFixedWidth(_WIDTH)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.join = QComboBox(self)
        self.join.setAccessibleName("How many conditions must hold")
        self.join.addItem("all of these hold", False)
        self.join.addItem("any of these holds", True)
        self.leaves = QCheckBox("Only boxes without boxes inside", self)
        self.add = QPushButton("Add a condition", self)
        self.add.setAutoDefault(False)
        self.clear = QPushButton("Clear", self)
        self.clear.setAutoDefault(False)
        self.done = QPushButton("Done", self)
        self.done.setAutoDefault(False)
        self.count = plain_label("", self)
        self.count.setAccessibleName("Matching boxes")
        self.dim, self.hide_others = _switch(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._apply)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(plain_label("Boxes for which", self))
        head.addWidget(self.join)
        head.addStretch(1)
        head.addWidget(self.leaves)
        self._list = QWidget(self)
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._list)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        add = QHBoxLayout()
        add.addWidget(self.add)
        add.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(plain_label("The others are", self, "quiet"))
        for button in (self.dim, self.hide_others):
            foot.addWidget(button)
        foot.addSpacing(8)
        foot.addWidget(self.clear)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._area)
        column.addLayout(add)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.join.currentIndexChanged.connect(self._edited)
        self.leaves.toggled.connect(self._edited)
        self.add.clicked.connect(self._add_empty)
        self.clear.clicked.connect(self._clear)
        self.done.clicked.connect(self.close_panel)
        for before, after in pairwise((self.add, self.dim, self.hide_others, self.clear, self.done)):
            QWidget.setTabOrder(before, after)
        self.hide_others.toggled.connect(self._apply)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    # -- verbs ---------------------------------------------------------------------------------------

    def watch(self, workspace: Workspace | None) -> None:
        """Edit the filter of this workspace (None: no map is open)."""
        self._workspace = workspace
        self.hide()
        if workspace is not None:
            workspace.filter_changed.connect(self._filter_changed)
            workspace.changed.connect(self._tell_count)

    def open_below(self, opener: QWidget) -> None:
        """Open below the button that opens and closes it, the keys on the first value."""
        self._opener = opener
        self._show_filter()
        self._stand(QRect(opener.mapTo(self.window(), QPoint(0, 0)), opener.size()))
        self.show()
        self.raise_()
        first = next((row for row in self.rows if row.condition is None), self.rows[0])
        target = first.value if first.value.focusProxy() is not None else first.trait
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_panel(self) -> None:
        """Done: the filter stays, the keys go back to the map."""
        self._finish()
        self.hide()
        self.closed.emit()

    # -- rows ----------------------------------------------------------------------------------------

    def _show_filter(self) -> None:
        """Show the filter as it is, and a row to begin with where there is none."""
        workspace = self._workspace
        if workspace is None:
            return
        self._made = workspace.filter
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        known = traits_of(workspace.map)
        for condition in self._made.conditions:
            if condition.trait in known:
                self._add_row(condition)
        if not self.rows:
            self._add_row(None)
        for control, value in ((self.leaves, self._made.leaves_only), (self.hide_others, workspace.hides)):
            control.blockSignals(True)
            control.setChecked(value)
            control.blockSignals(False)
        self.dim.setChecked(not workspace.hides)
        self.join.blockSignals(True)
        self.join.setCurrentIndex(int(self._made.any_of))
        self.join.blockSignals(False)
        self._tell_count()

    def _add_row(self, condition: Condition | None) -> ConditionRow:
        assert self._workspace is not None
        current = self._workspace.map
        row = ConditionRow(current, traits_of(current), self._appearance, self._list)
        if condition is not None:
            row.show_condition(condition)
        row.edited.connect(self._edited)
        row.removed.connect(lambda: self._remove(row))
        self._column.addWidget(row)
        row.stand_behind(self.rows[-1].remove if self.rows else self.leaves)
        QWidget.setTabOrder(row.remove, self.add)
        self.rows.append(row)
        self._fit()
        return row

    def _add_empty(self) -> None:
        row = self._add_row(None)
        row.show()
        row.trait.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row))

    def _remove(self, row: ConditionRow) -> None:
        place = self.rows.index(row)
        if len(self.rows) == 1:
            self._add_row(None).show()
        self.rows.remove(row)
        next_one = self.rows[min(place, len(self.rows) - 1)]
        next_one.trait.setFocus(Qt.FocusReason.TabFocusReason)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._fit()
        self._edited()

    def _fit(self) -> None:
        """As high as the conditions are many, up to a limit."""
        self._area.setFixedHeight(min(len(self.rows), _MOST_ROWS) * _ROW)
        self.adjustSize()

    def _stand(self, button: QRect) -> None:
        inside = self.window().rect()
        left = min(max(button.left(), inside.left() + 12), inside.right() - self.width() - 12)
        self.adjustSize()
        self.move(QPoint(left, button.bottom() + 6))

    # -- the filter ----------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._workspace is not None and len(self._workspace.map) > _SLOW_MAP:
            self._pause.start()
        else:
            self._apply()

    def _finish(self) -> None:
        if self._pause.isActive():
            self._apply()

    def _apply(self) -> None:
        """Set the filter that the complete conditions make."""
        self._pause.stop()
        workspace = self._workspace
        if workspace is None or self.isHidden():
            return
        conditions = tuple(row.condition for row in self.rows)
        complete = tuple(condition for condition in conditions if condition is not None)
        self._made = Filter(complete, bool(self.join.currentData()), self.leaves.isChecked())
        workspace.set_filter(self._made, hides=self.hide_others.isChecked())
        self._tell_count()

    def _clear(self) -> None:
        if self._workspace is not None:
            self._made = None
            self._workspace.set_filter(Filter())
            self._show_filter()
            self.rows[0].value.setFocus(Qt.FocusReason.TabFocusReason)

    def _filter_changed(self) -> None:
        """Somebody else set a filter: show that one."""
        workspace = self._workspace
        if workspace is None or self.isHidden():
            return
        if workspace.filter != self._made or workspace.hides != self.hide_others.isChecked():
            self._show_filter()
        self._tell_count()

    def _tell_count(self, *_: object) -> None:
        if self._workspace is not None:
            self.count.setText(count_words(self._workspace) or "No filter")

    # -- events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter are done."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, _: QWidget | None, new: QWidget | None) -> None:
        """Somebody works elsewhere in the window: the panel is in the way."""
        if self.isHidden() or new is None or new.window() is not self.window():
            return
        if new not in (self, self._opener) and not self.isAncestorOf(new):
            self._finish()
            self.hide()


def count_words(workspace: Workspace) -> str:
    """How many boxes match: 17 of 142; nothing without a filter."""
    match, total = workspace.matched
    return f"{match:,} of {total:,}" if workspace.filter else ""


def _switch(parent: QWidget) -> tuple[QToolButton, QToolButton]:
    """Two buttons of which one is down: dimmed or hidden."""
    group = QButtonGroup(parent)
    made = []
    for words, tip in (("Dimmed", "Show the other boxes faintly"), ("Hidden", "Leave the other boxes out")):
        button = QToolButton(parent)
        button.setText(words)
        button.setToolTip(tip)
        button.setAccessibleName(f"Others {words.lower()}")
        button.setCheckable(True)
        button.setProperty("handle", True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        group.addButton(button)
        made.append(button)
    made[0].setChecked(True)
    return made[0], made[1]
