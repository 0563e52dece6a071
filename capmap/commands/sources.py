"""Sources: a map from a .capmap file or from anything else that can be read as one."""

from __future__ import annotations

from pathlib import Path

from capmap.errors import OutputError
from capmap.model.map import Map

MAP_SUFFIX = ".capmap"
_TOLD = 20
"""So many cells that do not fit are said."""


def read(source: Path) -> tuple[Map, list[str]]:
    """The map in a .capmap file or in any other source, with the notices of its reading."""
    if source.suffix.lower() == MAP_SUFFIX:
        from capmap.document import opened

        with opened(source, read_only=True) as document:
            return document.map, []
    from capmap.exchange.tables.bringing import map_from
    from capmap.exchange.tables.incoming import incoming

    made, brought = map_from(incoming(source))
    return made, [*brought.notices, *brought.refused[:_TOLD]]


def make_folder(target: Path) -> None:
    """Make the folder that a file goes into. Raises OutputError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise OutputError(f"The folder {target.parent} cannot be made: {refused.strerror}") from refused
