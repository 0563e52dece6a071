"""Appearance: light or dark as the system or the user wants it, laid over the whole application."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from capmap import places
from capmap.ui.parts import icons
from capmap.ui.parts.look import DARK_LOOK, LIGHT_LOOK, Look, style_sheet

FONTS = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf")
FAMILY = "Noto Sans"
MODES = {"system": "As the system", "light": "Light", "dark": "Dark"}
_KEY = "window/appearance"


class Appearance(QObject):
    """Which look is shown. ``changed`` says that it is another one now; the setting is kept."""

    changed = Signal()

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        # A style sheet can only name files for its arrows, so the recoloured ones are written for this run.
        self._files = tempfile.TemporaryDirectory(prefix="capmap-look-")
        self._look = LIGHT_LOOK
        load_fonts(application)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self._want(self.mode)
        self._apply()

    @property
    def mode(self) -> str:
        """What the user wants: one of MODES."""
        mode = str(self._settings.value(_KEY, "system"))
        return mode if mode in MODES else "system"

    @property
    def look(self) -> Look:
        """The colours that are shown now."""
        return self._look

    @property
    def is_dark(self) -> bool:
        """Whether the dark look is shown."""
        return self._look is DARK_LOOK

    def set_mode(self, mode: str) -> None:
        """Show this look from now on."""
        self._settings.setValue(_KEY, mode)
        self._want(mode)
        self._scheme_changed()

    def icon(self, name: str, colour: str = "") -> QIcon:
        """An icon in the colour of quiet words, or in another one."""
        return icons.icon(name, colour or self._look.soft_ink)

    def _want(self, mode: str) -> None:
        hints = QGuiApplication.styleHints()
        if mode == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)

    def _scheme_changed(self) -> None:
        before = self._look
        self._apply()
        if self._look is not before:
            self.changed.emit()

    def _apply(self) -> None:
        # Some platforms cannot be told, so the wish counts before what the system says.
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self.mode != "system":
            dark = self.mode == "dark"
        look = DARK_LOOK if dark else LIGHT_LOOK
        if look is self._look and self._application.styleSheet():
            return
        self._look = look
        self._application.setPalette(_palette(look))
        pictures = {
            "down": self._written("chevron-down", look.quiet),
            "right": self._written("chevron-right", look.quiet),
            "tick": self._written("check", look.chosen_ink),
        }
        self._application.setStyleSheet(style_sheet(look, pictures))

    def _written(self, name: str, colour: str) -> str:
        path = Path(self._files.name) / f"{name}-{colour[1:]}.svg"
        path.write_text(icons.svg(name, colour), "utf-8")
        return path.as_posix()


def load_fonts(application: QApplication) -> None:
    """Use the fonts that come with CapMap, the same ones that the map is set in."""
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(places.resource(f"fonts/{name}")))
    font = QFont(FAMILY)
    font.setPixelSize(13)
    application.setFont(font)


def _palette(look: Look) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    colours = {
        roles.Window: look.panel,
        roles.WindowText: look.ink,
        roles.Base: look.field,
        roles.AlternateBase: look.hover,
        roles.Text: look.ink,
        roles.PlaceholderText: look.faint,
        roles.Button: look.panel,
        roles.ButtonText: look.ink,
        roles.ToolTipBase: look.bubble,
        roles.ToolTipText: look.bubble_ink,
        roles.Highlight: look.chosen,
        roles.HighlightedText: look.chosen_ink,
        roles.Link: look.chosen_text,
        roles.Mid: look.edge,
        roles.Dark: look.edge,
        roles.Light: look.panel,
    }
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.faint))
    return palette
