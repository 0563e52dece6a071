"""Header: the top bar: menus, title, lens, levels, chips, the find-or-run field, export."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QPushButton, QWidget

from capmap.lens.builtin import LENSES
from capmap.ui.actions.actionset import ActionSet
from capmap.ui.actions.table import MENUS
from capmap.ui.find.findfield import FindField
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.menubutton import MenuButton
from capmap.ui.titlebox import TitleBox
from capmap.ui.workspace import CHIPS, Workspace

_ROOMY = 1330
"""Pixels; in a narrower window the buttons show less."""
_TIGHT = 1000
_WIDE = 1500


class Header(QWidget):
    """``title_edited`` carries title and subtitle, ``export_wanted`` a press of the button at the end."""

    title_edited = Signal(str, str)
    export_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._workspace: Workspace | None = None
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(48)
        self.menu_bar = QMenuBar(self)
        self.title = TitleBox(appearance, self)
        self.title.edited.connect(self.title_edited)
        self.lens = MenuButton("Lens", appearance, self)
        self.levels = MenuButton("Levels", appearance, self)
        self.chips = MenuButton("Show", appearance, self, short_shows="label")
        self.filter = MenuButton("Filter", appearance, self)
        self.search = FindField(appearance, self)
        self.export = QPushButton("Export", self)
        self.export.setProperty("primary", True)
        self.export.setFixedHeight(32)
        self.export.setAutoDefault(False)
        self.export.setToolTip("A picture for paper and slides, or a list (Ctrl+E)")
        self.export.clicked.connect(self.export_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 12, 0)
        row.setSpacing(8)
        if not self.menu_bar.isNativeMenuBar():
            row.addWidget(self.menu_bar, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addSpacing(6)
        row.addWidget(self.title)
        row.addStretch(1)
        for button in (self.lens, self.levels, self.chips, self.filter):
            row.addWidget(button)
        row.addWidget(self.search, 20)
        row.addStretch(1)
        row.addWidget(self.export)
        self.search.setMaximumWidth(320)
        self._repaint()
        appearance.changed.connect(self._repaint)
        self.watch(None)

    def add_menus(self, actions: ActionSet) -> None:
        """Fill the menus of the bar and of the buttons."""
        bar_width = sum(self.menu_bar.fontMetrics().horizontalAdvance(name) + 19 for name in MENUS)
        self.menu_bar.setFixedWidth(bar_width)
        self.lens.set_menu(actions.choices("Lens", self))
        self.levels.set_menu(actions.choices("Levels", self))
        self.chips.set_menu(actions.choices("Show", self))

    def watch(self, workspace: Workspace | None) -> None:
        """Tell of this workspace from now on; None: no map is open."""
        self._workspace = workspace
        self.title.give_up()
        for widget in (self.lens, self.levels, self.chips, self.export):
            widget.setVisible(workspace is not None)
        if workspace is None:
            self.filter.hide()
            self.title.show_title("CapMap", "", editable=False)
            return
        for signal in (workspace.changed, workspace.opened, workspace.view_changed, workspace.lens_changed):
            signal.connect(self.refresh)
        workspace.filter_changed.connect(self.refresh)
        workspace.opened.connect(self.title.give_up)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Say how things are now."""
        workspace = self._workspace
        if workspace is None:
            return
        settings = workspace.map.settings
        editable = not workspace.document.why_read_only
        self.title.show_title(settings.title, settings.subtitle, editable=editable)
        plain = workspace.lens is LENSES["plain"]
        unusable = workspace.lens.trouble and not workspace.lens.steps
        title = f"{workspace.lens.title} (cannot be used)" if unusable else workspace.lens.title
        self.lens.set_value("none" if plain else title)
        depth = workspace.depth
        self.levels.set_value("all" if depth is None else "1" if depth == 1 else f"1 – {depth}")
        shown = [kind for kind in CHIPS if kind in workspace.chips]
        self.chips.set_value(", ".join(shown) or "no chips")
        match, total = workspace.matched
        self.filter.set_value(f"{match:,} of {total:,}" if workspace.filter else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorter words where the room is short."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = self.width() < _ROOMY
        self.lens.set_short(short)
        self.levels.set_short(self.width() < _TIGHT)
        self.chips.set_short(short)
        self.filter.set_short(self.width() < _WIDE)
        self.filter.setVisible(self._workspace is not None and self.width() >= _TIGHT)

    def _repaint(self) -> None:
        self.export.setIcon(self._appearance.icon("share-2", self._appearance.look.chosen_ink))
        self.export.setIconSize(QSize(16, 16))
