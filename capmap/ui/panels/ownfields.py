"""OwnFields: the own attributes of capabilities, shown and edited on the page of a box by their types."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from capmap.errors import CapMapError
from capmap.model import attributes
from capmap.model.change import Change
from capmap.model.records import Attribute, Capability, Record
from capmap.ui.panels.fieldeditors import MIXED, DateField, LineField, TextArea, Value
from capmap.ui.panels.picker import Picker
from capmap.ui.panels.typingin import TypingIn
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

Editor = TextArea | LineField | Picker | DateField
_NONE = "–"


class OwnFields(QWidget):
    """There where the map has own attributes of capabilities. ``refused`` carries why a value does not fit."""

    refused = Signal(str)

    def __init__(self, workspace: Workspace, typing: TypingIn, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._typing = typing
        self._appearance = appearance
        self._attributes: list[Attribute] = []
        self._ids: tuple[str, ...] = ()
        self.editors: dict[str, Editor] = {}
        """By the id of the attribute."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.hide()

    # -- show ----------------------------------------------------------------------------------------

    def show_boxes(self, record_ids: Sequence[str]) -> None:
        """Show the values of these capabilities; where they differ, that they do."""
        current = self._workspace.map
        self._ids = tuple(record_ids)
        own = attributes.of_kind(current, Capability.kind)
        if own != self._attributes:
            self._attributes = own
            self._build()
        self.setVisible(bool(own))
        boxes = [current.capability(key) for key in self._ids]
        read_only = bool(self._workspace.document.why_read_only)
        for attribute in own:
            values = [box.extra.get(attribute.id) for box in boxes]
            same = bool(values) and all(value == values[0] for value in values)
            self._show(attribute, values[0] if same else MIXED, read_only=read_only)

    def _build(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.editors = {}
        for attribute in self._attributes:
            self._column.addSpacing(7)
            title = plain_label(attribute.name, self, "quiet")
            title.setToolTip(attribute.description)
            self._column.addWidget(title)
            editor = self.editors[attribute.id] = self._editor(attribute)
            self._column.addWidget(editor)

    def _editor(self, attribute: Attribute) -> Editor:
        key = attribute.id
        if attribute.type == "choice":
            choices = [(_NONE, None), *((word, word) for word in attribute.choices)]
            picker = Picker(attribute.name, self, choices)
            picker.picked.connect(lambda value: self._put_now(key, value))
            return picker
        if attribute.type == "date":
            field = DateField(attribute.name, self._appearance, self)
            field.picked.connect(lambda day: self._put_now(key, day.isoformat() if day is not None else None))
            field.refused.connect(self.refused)
            return field
        if attribute.type == "text":
            area = TextArea(attribute.name, self)
            area.typed.connect(lambda text: self._put(key, text.strip()))
            area.left.connect(self._typing.end)
            return area
        line = LineField(attribute.name, self, limit=60)
        line.left.connect(lambda: self._read(key, line))
        currency = self._workspace.map.settings.currency
        if attribute.type == "money" and currency:
            line.set_hint(currency)
        return line

    def _show(self, attribute: Attribute, value: Value, *, read_only: bool) -> None:
        editor = self.editors[attribute.id]
        if isinstance(editor, Picker):
            editor.show_value(value, str(value or ""))
            editor.setEnabled(not read_only)
            return
        editor.setReadOnly(read_only)
        if isinstance(editor, DateField):
            editor.show_value(_day(value) if isinstance(value, str) else value)
        elif isinstance(editor, TextArea):
            if not (self._typing.waits and editor.hasFocus()):
                editor.show_value(value)
        elif not (editor.hasFocus() and editor.isModified()):
            editor.show_value(value if value in (None, MIXED) else self._text_of(attribute, value))

    def _text_of(self, attribute: Attribute, value: Any) -> str:
        """A number or an amount as the tables write it."""
        from capmap.exchange.grid.forms import money_text, number_text
        from capmap.ui.parts.writing import form_of

        form = form_of(self._workspace.map)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return money_text(int(value), form) if attribute.type == "money" else number_text(value, form)

    # -- edit ----------------------------------------------------------------------------------------

    def _read(self, key: str, line: LineField) -> None:
        """A number or an amount was typed: take it with the checks of the tables, or say why not."""
        from capmap.exchange.grid import cells
        from capmap.exchange.grid.columns import own_column
        from capmap.ui.parts.writing import form_of

        if not line.isModified():
            return
        line.setModified(False)
        current = self._workspace.map
        try:
            value = cells.read(own_column(current.one(Attribute, key)), line.text(), form_of(current))
        except CapMapError as problem:
            self.refused.emit(str(problem))
            self.show_boxes(self._ids)
            return
        self._put_now(key, value)

    def _put(self, key: str, value: Any) -> None:
        ids = self._ids
        self._typing.put(key, ids, lambda: self._change(ids, key, value))

    def _put_now(self, key: str, value: Any) -> None:
        """A step of undo of its own."""
        self._typing.end()
        self._put(key, value)
        self._typing.end()
        self.show_boxes(self._ids)

    def _change(self, ids: Sequence[str], key: str, value: Any) -> Change:
        current = self._workspace.map
        attribute = current.one(Attribute, key)
        puts: list[Record] = []
        for record_id in ids:
            box = current.get(record_id)
            if isinstance(box, Capability):
                extra = attributes.with_value(box.extra, key, value)
                puts.append(dataclasses.replace(box, extra=extra))
        whose = getattr(puts[0], "name", "") if len(puts) == 1 else f"{len(puts):,} boxes"
        return Change.of(f"Set {attribute.name} of {whose}", current, puts)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
