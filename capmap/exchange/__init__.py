"""Exchange: lists of capabilities in foreign files and pasted text, read into boxes, compared with a map, and written.

``formats`` holds the table of formats; ``difference`` turns what was read into a Change; ``clipboard`` gives branches
to other programs. The formats are loaded when the first of the names below is asked for, not with the window.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from capmap.exchange.formats import (
        FORMATS,
        READ_SUFFIXES,
        WRITTEN_SUFFIXES,
        read_file,
        read_text,
        write,
        writer_for,
    )

__all__ = ["FORMATS", "READ_SUFFIXES", "WRITTEN_SUFFIXES", "read_file", "read_text", "write", "writer_for"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from capmap.exchange import formats

    return getattr(formats, name)
