"""StartPage: what the window shows when no map is open: begin, go on, look around."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from capmap.ui.files.background import Background, Job
from capmap.ui.files.mapfolder import sample_files, sample_title
from capmap.ui.files.recent import RecentFile, RecentFiles
from capmap.ui.parts import icons
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.start.filerow import FileRow
from capmap.ui.start.samplepicture import picture_of
from capmap.ui.start.startcards import PICTURE, Card, SampleCard

_WIDTH = 860
_PICTURES_MS = 120
_AGAIN_MS = 300
"""The page is there before the pictures on it."""

_SAMPLE_WORDS = {
    "city-of-lindenburg": "A city and its services",
    "nordvik-hospital": "A hospital, from ward to lab",
    "harbour-insurance": "An insurer, from offer to claim",
    "cross-industry": "What most businesses do",
}


class StartPage(QWidget):
    """``new_wanted``, ``open_wanted`` and ``paste_wanted`` say what was pressed, ``file_chosen`` and ``sample_chosen``
    carry a path.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    paste_wanted = Signal()
    file_chosen = Signal(Path)
    sample_chosen = Signal(Path)

    def __init__(self, recent: RecentFiles, appearance: Appearance, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._recent = recent
        self._appearance = appearance
        self._background = background
        self._gaps: list[tuple[QWidget, QWidget]] = []
        self._drawn: dict[tuple[Path, bool], Any] = {}
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = QWidget(self)
        body.setFixedWidth(_WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 48, 0, 36)
        column.setSpacing(0)
        column.addLayout(self._greeting(body))
        column.addSpacing(24)
        self.cards = self._cards(body)
        column.addLayout(_in_a_row(self.cards))
        self._recent_heading = _heading("Recent maps", body)
        self._recent_frame = QFrame(body)
        self._recent_frame.setObjectName("card")
        self._recent_grid = QGridLayout(self._recent_frame)
        self._recent_grid.setContentsMargins(6, 6, 6, 6)
        self._recent_grid.setHorizontalSpacing(6)
        self._recent_grid.setVerticalSpacing(0)
        for widget, above in (
            (self._recent_heading, 26),
            (self._recent_frame, 8),
            (_heading("Samples to look around in", body), 26),
        ):
            self._gaps.append((widget, QWidget(body)))
            self._gaps[-1][1].setFixedHeight(above)
            column.addWidget(self._gaps[-1][1])
            column.addWidget(widget)
        column.addSpacing(8)
        self.samples = self._sample_cards(body)
        column.addLayout(_in_a_row(list(self.samples.values())))
        column.addStretch(1)
        self.rows: list[FileRow] = []
        self._lay_out(body)
        self.refresh()
        appearance.changed.connect(self._look_changed)

    def _lay_out(self, body: QWidget) -> None:
        """The body in the middle, scrolled where the window is low."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget(area)
        centred = QHBoxLayout(holder)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(body)
        centred.addStretch(1)
        area.setWidget(holder)
        holder.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _greeting(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        picture = plain_label("", parent)
        picture.setPixmap(icons.application_icon().pixmap(QSize(52, 52), parent.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        title = plain_label("What does your business do?", parent)
        title.setStyleSheet("font-size: 24px; font-weight: 700;")
        quiet = plain_label("Draw it as a map, link it to IT, and talk about the same picture.", parent, "quiet")
        quiet.setStyleSheet("font-size: 14px;")
        words.addWidget(title)
        words.addWidget(quiet)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

    def _cards(self, parent: QWidget) -> list[Card]:
        cards = []
        for icon, title, words, key, signal in (
            ("file-plus", "New map", "Type the first box and go on from there", "Ctrl+N", self.new_wanted),
            ("clipboard-paste", "Paste a list", "An outline, or cells from a spreadsheet", "Ctrl+V", self.paste_wanted),
            ("folder-open", "Open a file", "A map, or a list in .xlsx, .csv, .json, .md", "Ctrl+O", self.open_wanted),
        ):
            card = Card(icon, title, words, key, self._appearance, parent)
            card.clicked.connect(signal)
            cards.append(card)
        return cards

    def _sample_cards(self, parent: QWidget) -> dict[Path, SampleCard]:
        cards = {}
        for path in sample_files()[:4]:
            card = SampleCard(sample_title(path), _SAMPLE_WORDS.get(path.stem, ""), self._appearance, parent)
            card.clicked.connect(partial(self._choose_sample, path))
            cards[path] = card
        return cards

    def _choose_sample(self, path: Path, _: bool = False) -> None:
        self.sample_chosen.emit(path)

    # -- recent maps ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the recent files as they are now."""
        for row in self.rows:
            row.hide()
            self._recent_grid.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for place, file in enumerate(self._recent.files()):
            title, where = file.title or file.path.stem, _place(file.path)
            row = FileRow(title, where, file.is_there, self._appearance, pinned=file.pinned)
            row.setToolTip(f"<qt>{escape(str(file.path))}</qt>")
            row.chosen.connect(partial(self.file_chosen.emit, file.path))
            row.set_menu(partial(self._menu, file))
            self.rows.append(row)
            self._recent_grid.addWidget(row, place // 2, place % 2)
        for column in (0, 1):
            self._recent_grid.setColumnStretch(column, 1)
        self._recent_heading.setVisible(bool(self.rows))
        self._recent_frame.setVisible(bool(self.rows))
        for widget, gap in self._gaps:
            gap.setVisible(not widget.isHidden())

    def _menu(self, file: RecentFile, row: FileRow) -> None:
        menu = QMenu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Let it go with the others" if file.pinned else "Keep at the top", lambda: self._pin(file))
        menu.addAction("Take out of this list", lambda: self._forget(file))
        menu.popup(row.mapToGlobal(QPoint(row.width() - 40, row.height())))

    def _pin(self, file: RecentFile) -> None:
        self._recent.pin(file.path, not file.pinned)
        self.refresh()

    def _forget(self, file: RecentFile) -> None:
        self._recent.forget(file.path)
        self.refresh()

    # -- pictures ------------------------------------------------------------------------------------

    def _look_changed(self) -> None:
        self.refresh()
        if self.isVisible():
            self._draw_samples()

    def _draw_samples(self) -> None:
        """Draw each sample aside, once in each look, and not while somebody waits for a map."""
        if self._background.awaited:
            QTimer.singleShot(_AGAIN_MS, self, self._draw_samples)
            return
        dark = self._appearance.is_dark
        for path, card in self.samples.items():
            known = self._drawn.get((path, dark))
            if known is not None:
                card.show_picture(known)
            elif self.isVisible():
                self._background.run_quietly(partial(_draw, path, dark), partial(self._drawn_sample, path, dark))

    def _drawn_sample(self, path: Path, dark: bool, picture: Any) -> None:
        self._drawn[(path, dark)] = picture
        if dark == self._appearance.is_dark:
            self.samples[path].show_picture(picture)

    # -- keys ----------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the keys go to the map one worked at last, or to the first card."""
        first: QWidget = next((row.button for row in self.rows if row.button.isEnabled()), self.cards[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the samples once the page is there."""
        super().showEvent(event)
        QTimer.singleShot(_PICTURES_MS, self, self._draw_samples)


def _draw(path: Path, dark: bool, _: Job) -> QImage:
    return picture_of(path, PICTURE, dark=dark)


def _heading(words: str, parent: QWidget) -> QWidget:
    return plain_label(words, parent, "heading")


def _in_a_row(widgets: list[Any]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(14)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def _place(path: Path) -> str:
    """Where a file is, with ~ for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
