"""Palette: the list below the find-or-run field, of boxes to go to and things to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGraphicsDropShadowEffect,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from capmap.ui.find.finding import Suggestion
from capmap.ui.parts.appearance import Appearance

Index = QModelIndex | QPersistentModelIndex
_ROW = 32
_HEADING = 26
_SUGGESTION = Qt.ItemDataRole.UserRole
WIDTH = 560


class _Suggestions(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Suggestion] = ()

    def show(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.label}, {row.aside}" if row.aside else row.label
        return row if role == _SUGGESTION else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not self.rows[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Palette(QFrame):
    """Shows suggestions; the field above keeps the focus and steers it. ``ran`` says that one was run."""

    ran = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._model = _Suggestions(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Line(appearance, self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setAccessibleName("Suggestions")
        self._view.entered.connect(self._view.setCurrentIndex)
        self._view.clicked.connect(lambda _: self.run())
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        column.addWidget(self._view)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """What is offered now."""
        return self._model.rows

    @property
    def current(self) -> Suggestion | None:
        """The one that Enter would run."""
        index = self._view.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def offer(self, rows: Sequence[Suggestion], below: QRect, inside: QRect) -> None:
        """Show these lines below a field, inside the window; hide where there are none."""
        self._model.show(rows)
        if not rows:
            self.hide()
            return
        first = next((index for index, row in enumerate(rows) if row.enabled), 0)
        self._view.setCurrentIndex(self._model.index(first, 0))
        headings = sum(1 for row in rows if row.heading)
        height = min(len(rows) * _ROW + headings * _HEADING + 12, max(inside.height() - below.bottom() - 40, 120))
        width = min(WIDTH, inside.width() - 24)
        left = min(max(below.center().x() - width // 2, inside.left() + 12), inside.right() - width - 12)
        self.setGeometry(QRect(QPoint(left, below.bottom() + 6), QSize(width, height)))
        self._view.scrollToTop()
        self.show()
        self.raise_()

    def step(self, steps: int) -> None:
        """Go up or down among what can be run."""
        rows = self._model.rows
        places = [index for index, row in enumerate(rows) if row.enabled]
        if not places:
            return
        here = self._view.currentIndex().row()
        place = places.index(here) if here in places else -1 if steps > 0 else 0
        index = self._model.index(places[(place + steps) % len(places)], 0)
        self._view.setCurrentIndex(index)
        self._view.scrollTo(index)

    def run(self) -> bool:
        """Do what the current line says; whether there was one."""
        chosen = self.current
        if chosen is None or not chosen.enabled or self.isHidden():
            return False
        self.hide()
        self.ran.emit()
        chosen.run()
        return True


class _Line(QStyledItemDelegate):
    """Paints a line: icon, words, and a key or path at its end; a quiet heading above the first of its kind."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Suggestion = index.data(_SUGGESTION)
        return QSize(100, _ROW + (_HEADING if row.heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Suggestion = index.data(_SUGGESTION)
        look = self._appearance.look
        rect: QRect = option.rect
        font: QFont = option.font
        view = self.parent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            small = QFont(font)
            small.setPixelSize(11)
            small.setWeight(QFont.Weight.DemiBold)
            painter.setFont(small)
            painter.setPen(QColor(look.quiet))
            head = QRect(rect.left() + 10, rect.top(), rect.width() - 20, _HEADING)
            painter.drawText(head, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.heading)
            rect = rect.adjusted(0, _HEADING, 0, 0)
        if isinstance(view, QListView) and view.currentIndex() == index:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.wash))
            painter.drawRoundedRect(rect, 5, 5)
        ink = look.ink if row.enabled else look.faint
        if row.icon:
            icon = self._appearance.icon(row.icon, look.soft_ink if row.enabled else look.faint)
            icon.paint(painter, QRect(rect.left() + 10, rect.center().y() - 7, 16, 16))
        words = rect.adjusted(36, 0, -12, 0)
        small = QFont(font)
        small.setPixelSize(12)
        metrics = QFontMetrics(small)
        aside = metrics.elidedText(row.aside, Qt.TextElideMode.ElideLeft, int(words.width() * 0.5))
        aside_width = metrics.horizontalAdvance(aside)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        label = QFontMetrics(font).elidedText(
            row.label, Qt.TextElideMode.ElideRight, words.width() - aside_width - (16 if aside else 0)
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        painter.setFont(small)
        painter.setPen(QColor(look.quiet if row.enabled else look.faint))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, aside)
        painter.restore()
