"""Scripts: whether a text is letters side by side, or must be shaped by a text engine to be read."""

from __future__ import annotations


def needs_shaping(text: str) -> bool:
    """Whether marks stand above other letters, letters join, or the text runs from right to left."""
    if text.isascii():
        return False
    return any(
        "\u0300" <= character <= "\u036f" or "\u0590" <= character <= "\u109f" or character > "\uffff"
        for character in text
    )
