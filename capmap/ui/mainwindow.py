"""MainWindow: the top bar, the desk with the open map or the start page, the status line, and what binds them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from capmap.document import Document
from capmap.errors import CapMapError, NotSaved
from capmap.model import edits
from capmap.ui.actions.actionset import ActionSet
from capmap.ui.answers.answering import Answering
from capmap.ui.beside import BesideTheMap
from capmap.ui.desk import Desk
from capmap.ui.files.background import Background
from capmap.ui.files.filemenus import FileMenus
from capmap.ui.files.mapexchange import MapExchange
from capmap.ui.files.mapfiles import MapFiles
from capmap.ui.filters.filtering import Filtering
from capmap.ui.find.findfield import FindField
from capmap.ui.find.suggestions import suggestions
from capmap.ui.header import Header
from capmap.ui.lenses.lensing import Lensing
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.messages import MessageBar
from capmap.ui.present.screenmenu import ScreenMenu
from capmap.ui.start.startpage import StartPage
from capmap.ui.statusline import StatusLine
from capmap.ui.time.saving import TimePictures
from capmap.ui.views.savedviews import SavedViews
from capmap.ui.workspace import Workspace

log = logging.getLogger(__name__)
Result = TypeVar("Result")
_GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    """The one window. ``desk`` is what one works at, None while no map is open."""

    def __init__(self, appearance: Appearance, settings: QSettings, log_folder: Path | None = None) -> None:
        super().__init__()
        self.appearance = appearance
        self.desk: Desk | None = None
        self._settings = settings
        self.setMinimumSize(820, 480)
        self.setAcceptDrops(True)
        self.background = Background(self)
        self.files: MapFiles = MapFiles(self, settings, self.background)
        self.exchange: MapExchange = MapExchange(self, settings, self.background)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setCentralWidget(middle)
        self.header = Header(appearance, self)
        self._stack = QStackedWidget(self)
        self.start = StartPage(self.files.recent, appearance, self.background, self)
        self._stack.addWidget(self.start)
        self.status = StatusLine(appearance, self)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.message = MessageBar(self._stack, appearance)
        self.beside: BesideTheMap = BesideTheMap(self, settings, log_folder)
        self.filtering: Filtering = Filtering(self)
        self.views: SavedViews = SavedViews(self)
        self.lensing: Lensing = Lensing(self)
        self.answering: Answering = Answering(self)
        self.time_pictures: TimePictures = TimePictures(self, settings)
        self.actions_set = ActionSet(self)
        menus = self.actions_set.fill(self.header.menu_bar)
        self._file_menus = FileMenus(self, menus["File"])
        self._screen_menu = ScreenMenu(self, menus["View"])
        self.header.add_menus(self.actions_set)
        self._connect()
        self._restore()
        self.show_start()

    def _connect(self) -> None:
        self.header.title_edited.connect(self._title_edited)
        self.header.export_wanted.connect(self.exchange.ask_export)
        self.header.filter.clicked.connect(self.filtering.toggle)
        find = self.find_field
        find.hits_changed.connect(self._light)
        find.goes_to.connect(lambda key: self.desk.go_to(key) if self.desk else None)
        find.left.connect(self.focus_map)
        self.start.new_wanted.connect(self.files.new)
        self.start.open_wanted.connect(self.files.ask_open)
        self.start.paste_wanted.connect(self.paste)
        self.start.file_chosen.connect(self.files.open_path)
        self.start.sample_chosen.connect(self.files.open_sample)
        self.status.history_wanted.connect(self.beside.show_history)
        self.status.fit_wanted.connect(lambda: self.desk.canvas.zoom_fit() if self.desk else None)
        self.background.started.connect(self.status.show_job)

    # -- what actions see ----------------------------------------------------------------------------

    @property
    def map_desk(self) -> Desk:
        """The desk, for what is only done with an open map. Raises RuntimeError without one."""
        if self.desk is None:
            raise RuntimeError("no map is open")
        return self.desk

    @property
    def find_field(self) -> FindField:
        """The find-or-run field."""
        return self.header.search

    def attempt(self, deed: Callable[[], Result]) -> Result | None:
        """Do something that may be refused; None, with the reason told, if it is."""
        try:
            return deed()
        except CapMapError as problem:
            self.refuse(str(problem))
            if isinstance(problem, NotSaved):
                log.warning("An edit was not saved")
            return None

    def tell(self, sentence: str, *, offer: str = "", act: Callable[[], object] | None = None) -> None:
        """Say a sentence quietly, and offer to do something about it."""
        self.message.tell(sentence, offer=offer, act=act)

    def refuse(self, sentence: str) -> None:
        """Say quietly why something cannot be. Where no map is open the sentence stays: it says why there is none."""
        self.message.tell(sentence, "refused", stays=self.desk is None)

    # -- which map is shown --------------------------------------------------------------------------

    def show_document(self, document: Document) -> None:
        """Show this document; the one that was open is closed."""
        if self.desk is None:
            desk = Desk(Workspace(document), self.appearance, self._settings, self)
            self.desk = desk
            self._stack.addWidget(desk)
            self._stack.setCurrentWidget(desk)
            self._bind(desk)
        else:
            self.desk.inspector.flush()
            self.desk.workspace.show_document(document)
        self.beside.close_all()
        self.message.tell("")
        self._show_state()
        self.focus_map()
        if document.why_read_only:
            self.tell(document.why_read_only, offer="Save a copy", act=self.files.ask_copy)

    def _bind(self, desk: Desk) -> None:
        """Let everything around the desk follow its map."""
        shown = desk.workspace
        self.header.watch(shown)
        self.status.watch(shown)
        self.status.show_scale(desk.canvas.scale)
        self.find_field.watch(shown, lambda words: suggestions(self, words))
        self.filtering.watch()
        self.views.watch()
        self.lensing.watch()
        self.answering.watch()
        self.actions_set.attach(desk.canvas, desk.outline)
        desk.canvas.scale_changed.connect(self.status.show_scale)
        desk.told.connect(self._told_by_desk)
        desk.removed.connect(lambda sentence: self.tell(sentence, offer="Undo", act=lambda: self.attempt(desk.undo)))
        desk.tables.told.connect(lambda sentence, offer, act: self.tell(sentence, offer=offer, act=act))
        desk.menu_wanted.connect(self._show_context_menu)
        desk.clipboard.preview_wanted.connect(self._preview_paste)
        desk.canvas.files_dropped.connect(lambda paths: self._open_dropped(paths))
        desk.canvas.text_dropped.connect(self._take_text)
        desk.canvas.paste_wanted.connect(desk.clipboard.paste)
        desk.canvas.open_wanted.connect(self.files.ask_open)
        desk.canvas.opening.background = self.background
        desk.canvas.opening.given_up.connect(self.files.close_because)
        desk.canvas.sample_wanted.connect(self._offer_samples)
        for signal in (shown.opened, shown.changed, shown.selection_changed, shown.view_changed, shown.lens_changed):
            signal.connect(self.actions_set.refresh)
        shown.filter_changed.connect(self.actions_set.refresh)
        shown.changed.connect(lambda _: self._show_title())
        desk.tidying.changed.connect(self.actions_set.refresh)
        desk.time.changed.connect(self.actions_set.refresh)
        desk.spotlight.changed.connect(self.actions_set.refresh)
        desk.tidying.changed.connect(lambda: self.status.show_tidied(desk.tidying.undo_text))

    def show_start(self) -> None:
        """Show the start page; the map that was open is closed."""
        desk, self.desk = self.desk, None
        self.beside.close_all()
        if desk is not None:
            desk.keep()
            desk.workspace.document.close()
            self._stack.removeWidget(desk)
            desk.deleteLater()
        self.header.watch(None)
        self.status.watch(None)
        self.find_field.watch(None, lambda words: suggestions(self, words))
        self.filtering.watch()
        self.views.watch()
        self.lensing.watch()
        self.answering.watch()
        self.start.refresh()
        self._stack.setCurrentWidget(self.start)
        self._show_state()
        self.start.take_focus()

    def _show_state(self) -> None:
        self.actions_set.refresh()
        self._show_title()

    def _show_title(self) -> None:
        """Name the map and its file in the frame of the window."""
        if self.desk is None:
            self.setWindowTitle("CapMap")
            return
        path = self.desk.workspace.document.path
        title = self.desk.workspace.map.settings.title or path.stem
        self.setWindowTitle(f"{title} — CapMap")
        self.setWindowFilePath(str(path))
        self.setWindowTitle(f"{title} — CapMap")

    # -- what was said and asked ---------------------------------------------------------------------

    def _told_by_desk(self, sentence: str) -> None:
        self.message.tell(sentence, "refused" if sentence else "told")

    def _title_edited(self, title: str, subtitle: str) -> None:
        desk = self.desk
        if desk is None:
            return
        change = desk.boxes.commit(lambda: edits.settings(desk.workspace.map, title=title, subtitle=subtitle))
        if change is not None:
            self.files.offer_name()

    def _light(self, record_ids: Sequence[str] | None) -> None:
        if self.desk is not None:
            self.desk.canvas.set_highlight(record_ids)

    def _preview_paste(self, reading: Any, into: Any) -> None:
        text = QGuiApplication.clipboard().text()
        self.exchange.preview_text(reading, text, into)

    def _take_text(self, text: str, into: Any) -> None:
        """A text was dropped on a box or on the ground."""
        desk = self.map_desk
        self.attempt(lambda: desk.clipboard.take_text(text, into))

    def paste(self) -> None:
        """What is on the clipboard into the map, or from the start page into a new one."""
        desk = self.desk
        if desk is not None:
            desk.clipboard.paste()
            return
        if not QGuiApplication.clipboard().text().strip():
            self.tell("There is no text on the clipboard. Copy an outline or some cells first.")
            return
        self.files.new()
        if self.desk is not None:
            self.desk.clipboard.paste()

    def _open_dropped(self, paths: Sequence[Path]) -> None:
        first = Path(paths[0])
        if self.desk is not None and first.suffix.lower() not in (".capmap", ".pdf"):
            self.exchange.read_path(first, into_open_map=True)
        else:
            self.files.open_path(first)

    def _show_context_menu(self, place: QPoint, record_id: Any) -> None:
        if record_id is not None and record_id not in self.map_desk.workspace.selection:
            self.map_desk.workspace.select([record_id])
        self.actions_set.context_menu(on_box=record_id is not None).popup(place)

    def _offer_samples(self) -> None:
        self._file_menus.offer_samples(self.cursor().pos())

    # -- where the keys go ---------------------------------------------------------------------------

    def focus_map(self) -> None:
        """Let the keys go to the map."""
        if self.desk is not None:
            self.desk.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_panel(self, steps: int) -> None:
        """Let the keys go to the next panel (1) or the one before (-1)."""
        if self.desk is None:
            return
        panels: list[QWidget] = [*self.desk.panels(), self.header]
        focus = QApplication.focusWidget()
        around = (place for place, panel in enumerate(panels) if focus and panel.isAncestorOf(focus))
        here = panels.index(focus) if focus in panels else next(around, 0)
        panel = panels[(here + steps) % len(panels)]
        if panel is self.desk.inspector:
            self.desk.inspector.focus_first()
        elif panel is self.header:
            self.header.lens.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            panel.setFocus(Qt.FocusReason.TabFocusReason)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop it."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # -- events --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._open_dropped(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Full screen is a switch in the menu."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_set.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep how the window stands; every edit is saved already."""
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self.background.stop()
        desk = self.desk
        if desk is not None:
            desk.keep()
            path = desk.workspace.document.path
            self.files.close()
            self._settings.setValue("window/last", str(path) if path.exists() else "")
        else:
            self._settings.setValue("window/last", "")
        self._settings.sync()
        super().closeEvent(event)

    def _restore(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(1440, screen.width() - 40), min(900, screen.height() - 60))
