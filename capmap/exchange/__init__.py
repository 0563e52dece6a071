"""Exchange: lists of capabilities in foreign files and pasted text, read into boxes, compared with a map, and written.

``formats`` holds the table of formats; ``difference`` turns what was read into a Change; ``clipboard`` gives branches
to other programs.
"""

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
