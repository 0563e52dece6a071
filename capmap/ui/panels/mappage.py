"""MapPage: what is true of the map as a whole, edited in place, and what it holds."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from capmap.model import edits
from capmap.model.census import Census
from capmap.model.records import (
    SETTINGS_ID,
    Demand,
    Link,
    Objective,
    Project,
    Provider,
    Service,
    Settings,
    Unit,
    field_table,
)
from capmap.ui.panels.fieldeditors import LineField, TextArea
from capmap.ui.panels.layoutsection import LayoutSection
from capmap.ui.panels.typingin import TypingIn
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_FIELDS = field_table(Settings.kind)


class MapPage(QWidget):
    """The page for the map. ``refused`` carries why an edit cannot be."""

    refused = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.typing = TypingIn(workspace, self)
        self.typing.refused.connect(self.refused)
        self.editors: dict[str, TextArea | LineField] = {
            "title": TextArea("Title", self, one_line=True, flush=True),
            "subtitle": LineField("Subtitle", self),
            "organisation": LineField("Organisation", self),
            "author": TextArea("Author", self, one_line=True),
            "currency": LineField("Currency", self, limit=_FIELDS["currency"].limit, known=_currencies),
            "language": LineField("Language", self, limit=_FIELDS["language"].limit, known=_languages),
            "description": TextArea("Description", self, least=3),
        }
        self.editors["title"].setObjectName("nameEdit")
        for name, hint in (
            ("title", "Title of the map"),
            ("subtitle", "As-is 2026"),
            ("currency", "EUR"),
            ("language", "en"),
        ):
            self.editors[name].set_hint(hint)
        self.arranging = LayoutSection(workspace, self)
        self.arranging.refused.connect(self.refused)
        self.counts = plain_label("", self, wrap=True)
        self._lay_out()
        for field, editor in self.editors.items():
            editor.typed.connect(lambda text, field=field: self._put(field, text))
            editor.left.connect(self._left)
        workspace.changed.connect(self.refresh)
        workspace.view_changed.connect(self.refresh)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(3)
        kind = plain_label("Map", self, "quiet")
        column.addWidget(kind)
        column.addWidget(self.editors["title"])
        for name in ("subtitle", "organisation", "author"):
            self._labelled(column, name)
        pair = QGridLayout()
        pair.setHorizontalSpacing(10)
        pair.setVerticalSpacing(3)
        for place, name in enumerate(("currency", "language")):
            pair.addWidget(self._label(name), 0, place)
            pair.addWidget(self.editors[name], 1, place)
        column.addSpacing(7)
        column.addLayout(pair)
        self._labelled(column, "description")
        column.addWidget(self.arranging)
        column.addSpacing(12)
        heading = plain_label("What it holds", self, "quiet")
        column.addWidget(heading)
        column.addWidget(self.counts)
        column.addStretch(1)

    def _label(self, name: str) -> QWidget:
        return plain_label(_FIELDS[name].label, self, "quiet")

    def _labelled(self, column: QVBoxLayout, name: str) -> None:
        column.addSpacing(7)
        column.addWidget(self._label(name))
        column.addWidget(self.editors[name])

    def refresh(self, *_: object) -> None:
        """Show the map as it is now."""
        if self._workspace.selection:
            return
        settings = self._workspace.map.settings
        for field, editor in self.editors.items():
            if not (self.typing.waits and editor.hasFocus()):
                editor.show_value(getattr(settings, field))
            editor.setReadOnly(bool(self._workspace.document.why_read_only))
        self.arranging.show_boxes(())
        self.counts.setText("\n".join(facts(self._workspace.census)))

    def _put(self, field: str, value: str) -> None:
        change: Any = lambda: edits.settings(self._workspace.map, **{field: value})  # noqa: E731
        self.typing.put(field, [SETTINGS_ID], change)

    def _left(self) -> None:
        self.typing.end()
        self.refresh()


def facts(census: Census) -> list[str]:
    """What a map holds, a line each."""
    lines = []
    if census.boxes:
        boxes, levels = _many(census.boxes, "capability", "capabilities"), _many(census.levels, "level", "levels")
        lines.append(f"{boxes} on {levels}")
        lines.append(f"{census.assessed_leaves:,} of {_many(census.leaves, 'leaf', 'leaves')} assessed")
    for record_class, one, many in (
        (Service, "IT service", "IT services"),
        (Provider, "provider", "providers"),
        (Project, "project", "projects"),
        (Objective, "objective", "objectives"),
        (Unit, "business unit", "business units"),
        (Demand, "demand", "demands"),
        (Link, "link", "links"),
    ):
        count = census.map.count(record_class)
        if count:
            lines.append(_many(count, one, many))
    return lines or ["Nothing yet: type the first box on the map, or paste a list."]


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _currencies() -> list[str]:
    return ["EUR", "USD", "GBP", "CHF", "NOK", "SEK", "DKK", "PLN", "CZK", "JPY", "AUD", "CAD"]


def _languages() -> list[str]:
    return ["en", "de", "fr", "es", "it", "nl", "nb", "sv", "da", "pl", "pt", "ar", "he", "zh", "ja"]
