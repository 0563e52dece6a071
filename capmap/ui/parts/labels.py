"""Labels: words in the window as plain text, never as HTML, whatever stands in the names that people give."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(words: str, parent: QWidget, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label; ``role`` is one of the style sheet: title, heading, quiet."""
    made = QLabel(parent)
    # A label guesses whether its text is HTML, and HTML may name files to load.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(words)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made
