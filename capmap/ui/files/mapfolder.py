"""MapFolder: where new maps, copies and samples are put: a folder of their own in the user's documents."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from capmap import places
from capmap.document import Document
from capmap.errors import OutputError
from capmap.model.map import Map

SUFFIX = ".capmap"
LISTS = "*.xlsx *.xlsm *.csv *.tsv *.json *.md *.markdown *.txt"
"""The lists that can be read, as a file dialog wants them."""
UNTITLED = "Untitled"
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def map_folder() -> Path:
    """The folder, made if it is not there. Raises OutputError."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents or Path.home()) / "CapMap"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise OutputError(f"The folder {folder} for your maps cannot be made: {refused.strerror}.") from None
    return folder


def free_name(folder: Path, name: str, suffix: str = SUFFIX) -> Path:
    """A file in that folder that is not there yet: "Untitled", "Untitled 2" ... Letters no file can have are left
    out.
    """
    stem = " ".join(_UNFIT.sub(" ", name).split()).strip(" .")[:80] or UNTITLED
    number = 1
    while True:
        path = folder / f"{stem if number == 1 else f'{stem} {number}'}{suffix}"
        if not path.exists():
            return path
        number += 1


def new_map(name: str = UNTITLED, current: Map | None = None, text: str = "New map") -> Document:
    """A new map file, with the records of a map if one is given. Raises OutputError and EditError."""
    path = free_name(map_folder(), name)
    return Document.create(path, current or (), text)


def sample_files() -> list[Path]:
    """The sample maps that come with CapMap."""
    try:
        return sorted(places.sample_map().glob(f"*{SUFFIX}"))
    except FileNotFoundError:
        return []


def sample_title(path: Path) -> str:
    """What a sample is called: City of Lindenburg."""
    words = path.stem.replace("-", " ").replace("_", " ").split()
    return " ".join(
        word if word in ("of", "and", "the") and number else word.capitalize() for number, word in enumerate(words)
    )


def copy_of(source: Path, name: str) -> Path:
    """A copy of a map file in the folder of the user's maps, to be edited. Raises OutputError."""
    target = free_name(map_folder(), name)
    try:
        shutil.copyfile(source, target)
    except OSError as refused:
        raise OutputError(f"{source.name} cannot be copied to {target.parent}: {refused.strerror}.") from None
    return target
