"""Start cards: the big buttons of the start page, those that begin a map and those that show a sample."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from capmap.ui.parts.appearance import Appearance

PICTURE = QSize(203, 124)


def walks(widget: QWidget, event: QKeyEvent) -> bool:
    """Whether a key was an arrow, which goes to the next control or the one before, as Tab does."""
    if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        return widget.focusNextPrevChild(True)
    if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        return widget.focusNextPrevChild(False)
    return False


class _BigButton(QPushButton):
    """Enter presses it; the arrows walk on."""

    def __init__(self, height: int, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("startCard", True)
        self.setFixedHeight(height)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if walks(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Card(_BigButton):
    """A way to begin: an icon, what it does, the key."""

    def __init__(self, icon: str, title: str, words: str, key: str, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(116, appearance, parent)
        self._icon, self._title, self._words, self._key = icon, title, words, key
        self.setAccessibleName(f"{title}. {words}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the button, then what it says."""
        super().paintEvent(event)
        look = self._appearance.look
        painter = QPainter(self)
        self._appearance.icon(self._icon, look.chosen_text).paint(painter, QRect(18, 18, 24, 24))
        bold = QFont(self.font())
        bold.setPixelSize(15)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(look.ink))
        painter.drawText(QRect(18, 52, self.width() - 36, 22), Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(self.font())
        painter.setPen(QColor(look.quiet))
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRect(18, 76, self.width() - 36, 36), wrap, self._words)
        painter.drawText(QRect(18, 18, self.width() - 36, 24), Qt.AlignmentFlag.AlignRight, self._key)


class SampleCard(_BigButton):
    """A sample map: its picture, its name, a few words."""

    def __init__(self, title: str, words: str, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(PICTURE.height() + 62, appearance, parent)
        self._title, self._words = title, words
        self._picture: QImage | None = None
        self.setAccessibleName(f"Sample {title}. {words}")
        self.setToolTip("Opens a copy in your documents, to play with")

    def show_picture(self, picture: QImage) -> None:
        """Show the map."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with rounded upper corners, the name and the words below it."""
        super().paintEvent(event)
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        frame = QRectF(inner.x(), inner.y(), inner.width(), PICTURE.height())
        path = QPainterPath()
        path.addRoundedRect(frame.adjusted(0, 0, 0, 12), 8, 8)
        painter.save()
        painter.setClipRect(frame)
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.fillRect(frame, QColor(look.window))
        if self._picture is not None:
            size = self._picture.deviceIndependentSize()
            left = frame.center().x() - size.width() / 2
            painter.drawImage(QRectF(left, frame.y(), size.width(), size.height()), self._picture)
        painter.restore()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(self.font())
        small.setPixelSize(12)
        top, room = int(frame.bottom()) + 8, self.width() - 24
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(bold)
        painter.setPen(QColor(look.ink))
        painter.drawText(QRect(12, top, room, 18), 0, QFontMetrics(bold).elidedText(self._title, elide, room))
        painter.setFont(small)
        painter.setPen(QColor(look.quiet))
        painter.drawText(QRect(12, top + 20, room, 18), 0, QFontMetrics(small).elidedText(self._words, elide, room))
