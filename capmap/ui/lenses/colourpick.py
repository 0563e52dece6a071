"""ColourPick: the palette of a lens and from which end it is taken, and the proof that everybody can read it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from capmap.drawing.theme import ink_on
from capmap.lens.eyes import EYES, as_seen
from capmap.lens.palettes import PALETTES
from capmap.ui.lenses.pick import Pick
from capmap.ui.parts.appearance import Appearance

_STRIP = QSize(70, 14)
_ROW = 19
_LABEL = 96
_EYE_WORDS = {"usual": "Most people"}


class ColourPick(QWidget):
    """``edited`` says that other colours are chosen."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette_pick = Pick("Colours", self, [(name.capitalize(), name) for name in PALETTES])
        self.palette_pick.setIconSize(_STRIP)
        self.turned = QCheckBox("Turned round", self)
        self.turned.setToolTip("Take the colours from their other end")
        self.proof = Proof(appearance, self)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.palette_pick, 1)
        row.addWidget(self.turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.proof)
        self.palette_pick.picked.connect(lambda _: self.edited.emit())
        self.turned.toggled.connect(lambda _: self.edited.emit())

    def show_colours(self, palette: str, count: int, *, turned: bool) -> None:
        """Show this palette with so many steps."""
        self.palette_pick.keep(palette)
        self.turned.blockSignals(True)
        self.turned.setChecked(turned)
        self.turned.blockSignals(False)
        for place, name in enumerate(PALETTES):
            self.palette_pick.setItemIcon(place, _strip(PALETTES[name].shades(count)))
        fills = PALETTES[self.chosen].shades(count)
        self.proof.show_fills(fills[::-1] if turned else fills)

    @property
    def chosen(self) -> str:
        """The name of the palette."""
        return str(self.palette_pick.value)

    @property
    def is_turned(self) -> bool:
        """Whether it is taken from its other end."""
        return self.turned.isChecked()


def _strip(fills: tuple[str, ...]) -> QIcon:
    """The colours of a palette side by side."""
    picture = QPixmap(_STRIP * 2)
    picture.setDevicePixelRatio(2.0)
    painter = QPainter(picture)
    width = _STRIP.width() / len(fills)
    for place, fill in enumerate(fills):
        painter.fillRect(QRectF(place * width, 0, width + 1, _STRIP.height()), QColor(fill))
    painter.end()
    return QIcon(picture)


class Proof(QWidget):
    """The steps as most people see them, as three kinds of colour-blind eyes do, and on a printer without colours."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._fills: tuple[str, ...] = ()
        self.setFixedHeight(_ROW * len(EYES))
        self.setAccessibleName("How the colours look to colour-blind eyes and in grey")

    def show_fills(self, fills: tuple[str, ...]) -> None:
        """Show these colours."""
        self._fills = fills
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A row for each kind of eyes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        room = self.width() - _LABEL
        for row, eye in enumerate(EYES):
            top = row * _ROW
            painter.setPen(QColor(self._appearance.look.quiet))
            words = _EYE_WORDS.get(eye, eye.capitalize())
            painter.drawText(QRectF(0, top, _LABEL, _ROW), Qt.AlignmentFlag.AlignVCenter, words)
            width = room / max(len(self._fills), 1)
            for place, fill in enumerate(self._fills):
                box = QRectF(_LABEL + place * width, top + 1.5, width - 3, _ROW - 3)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(as_seen(fill, eye)))
                painter.drawRoundedRect(box, 3, 3)
                painter.setPen(QColor(ink_on(fill)))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Aa")
