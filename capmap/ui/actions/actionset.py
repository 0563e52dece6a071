"""ActionSet: the table of actions as live actions of Qt: menus, keys, and whether each can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from capmap.ui.actions.action import Action
from capmap.ui.actions.table import ACTIONS, MENUS

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


class ActionSet(QObject):
    """All actions of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = ACTIONS
        self._live: dict[str, QAction] = {}
        self._shortcuts: list[tuple[str, QShortcut]] = []
        self._icons_drawn = False
        for action in self._actions:
            self._live[action.name] = self._made(action)
        self._keys_told = {action.name: _key_told(action) for action in self._actions}
        window.appearance.changed.connect(self._redraw_icons)

    def live(self, name: str) -> QAction:
        """The action of that name."""
        return self._live[name]

    def trigger(self, name: str) -> None:
        """Do it, if it can be done now."""
        self.refresh()
        self._live[name].trigger()

    def refresh(self, *_: object) -> None:
        """Look again at what can be done, and what each action is called."""
        for action in self._actions:
            live = self._live[action.name]
            live.setEnabled(action.enabled(self._window))
            live.setVisible(action.there(self._window))
            live.setText(_menu_text(action, self._window) + self._keys_told[action.name])
            if action.checked is not None:
                live.setChecked(action.checked(self._window))
        for name, shortcut in self._shortcuts:
            shortcut.setEnabled(self._live[name].isEnabled())

    # -- keys ----------------------------------------------------------------------------------------

    def attach(self, canvas: QWidget, outline: QWidget) -> None:
        """Let the keys of the boxes work on these two."""
        self._shortcuts.clear()
        for action in self._actions:
            live = self._live[action.name]
            if action.where == "map":
                canvas.addAction(live)
                outline.addAction(live)
            for widget, keys in ((canvas, action.canvas_keys), (outline, action.outline_keys)):
                for key in keys:
                    shortcut = QShortcut(QKeySequence(key), widget)
                    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                    shortcut.activated.connect(live.trigger)
                    self._shortcuts.append((action.name, shortcut))

    def _made(self, action: Action) -> QAction:
        live = QAction(self)
        live.setObjectName(action.name)
        live.setShortcuts([QKeySequence(key) for key in action.keys])
        live.setCheckable(action.checked is not None)
        live.setToolTip(action.hint)
        live.setStatusTip(action.hint)
        live.triggered.connect(lambda _=False, run=action.run: run(self._window))
        if action.where == "window":
            self._window.addAction(live)
        else:
            # Only where the boxes themselves have the focus: not in the field that names one of them.
            live.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return live

    def _draw_icons(self) -> None:
        """Icons are drawn when a menu is first opened: drawing them all would hold up the first sight of the map."""
        if self._icons_drawn:
            return
        self._icons_drawn = True
        for action in self._actions:
            if action.icon:
                self._live[action.name].setIcon(self._window.appearance.icon(action.icon))

    def _redraw_icons(self) -> None:
        self._icons_drawn = False

    # -- menus ---------------------------------------------------------------------------------------

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus of the bar; returns them by name."""
        menus: dict[str, QMenu] = {}
        for name in MENUS:
            menu = bar.addMenu(name)
            # Not by an & in its name: the line below the letter would always show.
            letter = QShortcut(QKeySequence(f"Alt+{name[0]}"), self._window)
            letter.activated.connect(lambda menu=menu: bar.setActiveAction(menu.menuAction()))
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self._before_menu)
            menus[name] = menu
            self._fill(menu, [action for action in self._actions if action.menu == name], menus)
        return menus

    def _before_menu(self) -> None:
        self._draw_icons()
        self.refresh()

    def _fill(self, menu: QMenu, actions: list[Action], menus: dict[str, QMenu]) -> None:
        group = actions[0].group if actions else ""
        for action in actions:
            if action.group != group:
                menu.addSeparator()
                group = action.group
            if action.submenu:
                if action.submenu not in menus:
                    menus[action.submenu] = menu.addMenu(action.submenu.replace("&", "&&"))
                menus[action.submenu].addAction(self._live[action.name])
            else:
                menu.addAction(self._live[action.name])

    def choices(self, submenu: str, parent: QWidget) -> QMenu:
        """A menu of its own with the actions of a submenu, for a button."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._before_menu)
        part = ""
        for action in self._actions:
            if action.submenu == submenu:
                if action.part != part:
                    menu.addSeparator()
                    part = action.part
                menu.addAction(self._live[action.name])
        return menu

    def context_menu(self, on_box: bool) -> QMenu:
        """What can be done with a box, or with the ground of the map."""
        self._before_menu()
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered = [action for action in self._actions if action.context] if on_box else _on_ground(self._actions)
        offered = [action for action in offered if self._live[action.name].isEnabled()]
        offered.sort(key=lambda action: _CONTEXT_ORDER.index(action.menu))
        last: tuple[str, str] | None = None
        for action in offered:
            if last is not None and (action.menu, action.group) != last:
                menu.addSeparator()
            last = (action.menu, action.group)
            menu.addAction(self._live[action.name])
        return menu


_CONTEXT_ORDER = ("Box", "Ask", "Edit", "View", "File", "Help")
_GROUND = ("box.add_child", "edit.paste", "edit.undo", "edit.redo", "view.fit", "view.zoom_100", "view.whole")


def _on_ground(actions: tuple[Action, ...]) -> list[Action]:
    return [action for action in actions if action.name in _GROUND]


def _menu_text(action: Action, window: MainWindow) -> str:
    """The label for a menu: a lone & would vanish."""
    text = action.text(window)
    return (f"{text[:69]}…" if len(text) > 70 else text).replace("&", "&&")


def _key_told(action: Action) -> str:
    """What a menu says of a key that works on a part only: that is named by hand."""
    own = [*action.canvas_keys, *action.outline_keys]
    if own and (not action.keys or action.canvas_keys):
        return f"\t{QKeySequence(own[0]).toString(QKeySequence.SequenceFormat.NativeText)}"
    return ""
