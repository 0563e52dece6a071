"""Encoding: bytes to text, by byte order mark, else UTF-8, else the Windows or other code page that fits best."""

from __future__ import annotations

import codecs
import re

from capmap.errors import InputError

# The longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 60_000
_STRAY_CONTROLS = 8
_CODE_PAGES = "cp1250 cp1251 cp1253 cp1254 cp1256 cp932 gb18030 cp949 cp1255 cp1257 koi8_r"
"""What programs that do not write UTF-8 write, the likeliest first where nothing else decides."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
# Signs inside words, or many accented letters in a row: another code page read as Western.
_NOT_WESTERN = re.compile("[A-Za-zÀ-ÿ][¡-©«-¶¸¹»-¿]{1,4}[A-Za-zÀ-ÿ]|[À-ÿ]{4}|\ufffd")


def decode(data: bytes, source: str) -> tuple[str, str]:
    """The text, and a sentence if the encoding had to be guessed (else empty). Raises InputError for no text."""
    text, notice = _decoded(data)
    controls = len(_CONTROLS.findall(text, 0, _SAMPLE))
    if "\x00" in text or controls > _STRAY_CONTROLS + min(len(text), _SAMPLE) // 100:
        raise InputError("this is not a text file; it may be a picture, a program or a packed file.", source=source)
    return text.removeprefix("\ufeff"), notice


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace"), ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" not in text[:_SAMPLE]:
            return text, ""
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace"), ""
    name = _code_page(data)
    return data.decode(name, errors="replace"), f"The text is not in UTF-8; it was read as {name}."


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: Latin text has a zero in every second byte."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 2 > half and even * 10 < half:
        return "utf-16-le"
    if even * 2 > half and odd * 10 < half:
        return "utf-16-be"
    return ""


def _code_page(data: bytes) -> str:
    """Windows Western where it reads like a Western language, else what fits best.

    A guess from byte statistics alone goes wrong on lists of a few words, so it is asked only where Western fails.
    """
    sample = data[:_SAMPLE]
    if not _NOT_WESTERN.search(sample.decode("cp1252", errors="replace")):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=_CODE_PAGES.split())
    ranked = sorted(
        (-match.coherence, match.chaos, _CODE_PAGES.find(match.encoding), match.encoding) for match in matches
    )
    return ranked[0][-1] if ranked else "cp1252"
