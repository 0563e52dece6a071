"""Text: what people typed and files held, made safe for lines, files, spreadsheets and the reader's eye."""

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


_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_TO_GUARD = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that ``guarded`` puts before it."""
    return text[1:] if _GUARDED.match(text) else text
