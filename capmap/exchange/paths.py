"""Paths: texts that say by themselves where a box stands, outline numbers such as 1.2.3 and paths such as A / B."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"(?:[^\W\d_]{1,8}[-. ]?)?\d{1,9}(?:[.\-/_]\d{1,9})*\.?")
_MARKS = (".", "-", "/", "_")
_SEPARATORS = (" / ", "::", " > ", " → ", " » ", " | ", " \\ ", "\\", ">", "→", "|")
_PARTS = 100


def split_number(number: str, mark: str) -> tuple[str, ...]:
    """The parts of an outline number; "2.0" and "2." are the same as "2"."""
    parts = number.strip().rstrip(".").split(mark, _PARTS)
    while len(parts) > 1 and parts[-1] in ("0", ""):
        parts.pop()
    return tuple(parts)


def mark_of_numbers(numbers: Sequence[str]) -> str:
    """The mark between the parts of these outline numbers: the one by which most of them find a number above."""
    best, most = ".", 0
    for mark in _MARKS:
        keys = {split_number(number, mark) for number in numbers if number}
        found = sum(1 for key in keys if any(key[:length] in keys for length in range(1, len(key))))
        if found > most:
            best, most = mark, found
    return best


def is_outline(numbers: Sequence[str]) -> bool:
    """Whether these texts are outline numbers or codes that nest, such as 1, 1.1, 1.2 or BC-10, BC-10.20."""
    full = [number for number in numbers if number]
    if len(full) * 10 < len(numbers) * 9 or not all(map(_NUMBER.fullmatch, full)):
        return False
    mark = mark_of_numbers(full)
    keys = {split_number(number, mark) for number in full}
    deep = [key for key in keys if len(key) > 1]
    nested = sum(1 for key in deep if any(key[:length] in keys for length in range(1, len(key))))
    return nested > 0 and nested * 10 >= len(deep) * 8


def looks_like_codes(texts: Iterable[str]) -> bool:
    """Whether ids read like outline numbers that a person would say: some have parts, and none is longer than 40."""
    full = [text for text in texts if text]
    return (
        any("." in text for text in full)
        and all(len(text) <= 40 for text in full)
        and all(map(_NUMBER.fullmatch, full))
    )


def separator_in(texts: Iterable[str]) -> str:
    """The separator that most of the texts of a path column hold; empty if none holds any."""
    listed = list(texts)
    best, most = "", 0
    for separator in (*_SEPARATORS, "/"):
        held = sum(1 for text in listed if separator in text)
        if held > most:
            best, most = separator, held
    return best


def separator_of_paths(names: Sequence[str]) -> str:
    """The separator that makes these names paths: what stands before its last place is nearly always a name too."""
    full = {name for name in names if name}
    for separator in _SEPARATORS:
        deep = [name for name in full if separator in name]
        above = sum(1 for name in deep if name.rpartition(separator)[0].strip() in full)
        if len(deep) * 2 >= len(full) and above * 10 >= len(deep) * 8 and above:
            return separator
    return ""


def split_path(text: str, separator: str) -> tuple[str, ...]:
    """The names on a path, blanks and empty names left out."""
    parts = text.split(separator, _PARTS) if separator else [text]
    return tuple(name for name in (part.strip() for part in parts) if name)
