"""NameEditor: a field that stands exactly where the name of a box stands, in the same type."""

from __future__ import annotations

import math
from string import Template

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from capmap.drawing.theme import contrast
from capmap.ui.canvas.nameplace import NamePlace

_MARGIN_X = 5
_MARGIN_Y = 3
_SHEET = Template(
    "NameEditor { background: $fill; color: $ink; border: none; padding: 0;"
    " selection-background-color: $accent; selection-color: $chosen_ink; }"
)
_CHOSEN_INKS = ("#ffffff", "#000000")


class NameEditor(QTextEdit):
    """One name, on as many lines as it needs; Enter and Tab are done with it, Esc gives it up.

    ``named`` carries the name and whether a box inside is to follow. ``given_up`` comes once where nothing is to
    change. ``left`` comes when the focus goes elsewhere.
    """

    named = Signal(str, bool)
    given_up = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place: NamePlace | None = None
        self._corner = QPoint()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setViewportMargins(_MARGIN_X, _MARGIN_Y, _MARGIN_X, _MARGIN_Y)
        self.setAutoFillBackground(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName("Name of the box")
        self.setPlaceholderText("Name")
        self.document().setDocumentMargin(0)
        option = self.document().defaultTextOption()
        # Widths as the layout counts them, not rounded to whole pixels.
        option.setUseDesignMetrics(True)
        self.document().setDefaultTextOption(option)
        self.document().contentsChanged.connect(self._grow)

    @property
    def name(self) -> str:
        """The text as one line."""
        return " ".join(self.toPlainText().split())

    def begin(self, place: NamePlace, text: str, *, select: bool) -> None:
        """Show this text at that place; ``select`` marks all of it, else the caret stands at the end."""
        self.setPlainText(text)
        self.put(place)
        if select:
            self.selectAll()
        else:
            self.moveCursor(QTextCursor.MoveOperation.End)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, place: NamePlace) -> None:
        """Stand at another place: the view has moved."""
        self._place = place
        self._colour(place)
        self.setFont(place.font)
        # The word that stands for a name not typed yet is set in this one, which the style sheet takes for its own.
        self.viewport().setFont(place.font)
        self.document().setDefaultFont(place.font)
        self._align(place)
        self._grow()

    def _colour(self, place: NamePlace) -> None:
        """Take the colours of the box, in a style sheet of its own: over a palette that of the program would win."""
        chosen_ink = max(_CHOSEN_INKS, key=lambda ink: contrast(ink, place.accent))
        sheet = _SHEET.substitute(fill=place.fill, ink=place.ink, accent=place.accent, chosen_ink=chosen_ink)
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _align(self, place: NamePlace) -> None:
        """Set the leading, and the part of a pixel by which the name stands off the grid of widgets."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        leading = QTextBlockFormat()
        leading.setLineHeight(place.leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(leading)
        self._set_margins(0.0, 0.0)
        line = document.firstBlock().layout().lineAt(0)
        baseline = line.y() + line.ascent() if line.isValid() else place.leading * 0.8
        top = place.baseline - document.documentLayout().blockBoundingRect(document.firstBlock()).y() - baseline
        self._set_margins(place.left % 1.0, top % 1.0)
        self._corner = QPoint(math.floor(place.left) - _MARGIN_X, math.floor(top) - _MARGIN_Y)
        document.setUndoRedoEnabled(True)

    def _set_margins(self, left: float, top: float) -> None:
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        form.setMargin(0.0)
        form.setLeftMargin(left)
        form.setTopMargin(top)
        frame.setFrameFormat(form)

    def _grow(self) -> None:
        """Take the place of the name, and more below it where the text needs it."""
        place = self._place
        if place is None:
            return
        width = self._line_width(place)
        self.document().setTextWidth(width + 1.0)
        # A shorter name must not leave the last lines of the old one to be seen.
        height = max(self.document().size().height(), place.leading * len(place.lines))
        size = QSize(math.ceil(width) + 2 * _MARGIN_X + 1, math.ceil(height) + 2 * _MARGIN_Y)
        self.setGeometry(QRect(self._corner, size))
        self.verticalScrollBar().setValue(0)

    def _line_width(self, place: NamePlace) -> float:
        """What a line may take: all of the box, or less where the map breaks this very name earlier."""
        if len(place.lines) > 1 and self.name == " ".join(place.lines):
            metrics = self.fontMetrics()
            widest = max(metrics.horizontalAdvance(line) for line in place.lines)
            return min(place.width, widest + 3.0)
        return place.width

    # -- events --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys of a name from the shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            commands = (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
            )
            if not event.modifiers() & commands:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Tab and Esc end the editing. No key is left over for the canvas below."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.named.emit(self.name, False)
        elif key == Qt.Key.Key_Tab:
            self.named.emit(self.name, True)
        elif key == Qt.Key.Key_Backtab:
            self.named.emit(self.name, False)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Clicking elsewhere is done with the name; another window or a menu in front is not."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for the map below."""
        event.ignore()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted text becomes one line."""
        self.textCursor().insertText(" ".join(source.text().split()))
