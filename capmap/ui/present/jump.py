"""Jump: a number that is being typed, and the box that it leads to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from capmap.model.map import Map
from capmap.model.records import Capability

_LONGEST = 20
Key = Qt.Key


class Jump:
    """Takes the keys from the first sign of a number until Enter or Esc. ``text`` is None while none is typed."""

    def __init__(self) -> None:
        self.text: str | None = None

    def begin(self, text: str = "") -> None:
        """Begin with these signs."""
        self.text = text

    def end(self) -> None:
        """Nothing is typed any more."""
        self.text = None

    def target(self, current: Map) -> Capability | None:
        """The box with this number or code; None if there is none."""
        typed = (self.text or "").strip(". ")
        return current.by_number(typed) if typed else None

    def sentence(self, current: Map) -> str:
        """What is typed, and where it leads."""
        if not self.text:
            return "Go to: type a number, then Enter"
        target = self.target(current)
        return f"Go to {self.text}  ·  {target.name if target is not None else 'no such number'}"

    def take(self, event: QKeyEvent) -> bool:
        """Take a sign, or Backspace; whether the key meant anything. The last sign gone, nothing is typed any more."""
        if self.text is None:
            return False
        if event.key() == Key.Key_Backspace:
            self.text = self.text[:-1] or None
            return True
        sign = event.text().replace(",", ".")
        if sign and sign.isprintable() and not sign.isspace() and len(self.text) < _LONGEST:
            self.text += sign
            return True
        return False
