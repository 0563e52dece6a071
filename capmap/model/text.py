"""Text: what a person typed or a file held, without what could break a line, a file or a reader's eye."""

from __future__ import annotations

import re
import unicodedata

# C0 but tab and newline, DEL, C1, lone surrogates, noncharacters, byte order mark; and the marks that turn the reading
# direction of everything after them, which let a name rewrite its surroundings.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff\u202a-\u202e\u2066-\u2069]")


def clean_text(value: str) -> str:
    """The text in composed Unicode form without control characters, lone surrogates and direction overrides."""
    if value.isascii() and value.isprintable():
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", value))


def is_clean(value: str) -> bool:
    """Whether ``clean_text`` would leave the text as it is."""
    return (value.isascii() and value.isprintable()) or clean_text(value) == value


def clean_name(value: str) -> str:
    """The text on one line, runs of white space turned into one blank."""
    return " ".join(clean_text(value).split())
