"""Places: where the files that come with CapMap stand, in a checkout, an installed wheel and the frozen app alike."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path


def resource(name: str = "") -> Path:
    """The file or folder of that name under ``resources``, such as "fonts/NotoSans-Bold.ttf". Raises
    FileNotFoundError.
    """
    return _find("resources", name)


def sample_map(name: str = "") -> Path:
    """The sample map of that file name; without a name the folder that holds them. Raises FileNotFoundError."""
    return _find("sample_maps", name)


def _find(folder: str, name: str) -> Path:
    for home in _homes():
        found = home / folder / name
        if found.exists():
            return found
    raise FileNotFoundError(f"CapMap is not installed completely: {folder}/{name} is missing. Install it again.")


def _homes() -> Iterator[Path]:
    """The folders that may hold ours: a frozen app unpacks beside its code, a wheel carries them inside the package, a
    checkout has them next to it.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        yield Path(frozen)
    package = Path(__file__).resolve().parent
    yield package
    yield package.parent
