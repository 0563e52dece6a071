"""Fonts: how wide a text is and where its lines break, asked of the font files themselves.

This is the only measurer of the program. Widths are sums of advances, of shaped glyphs where a script wants that
(``typeset``); renderers switch kerning off, so that a line is as wide on screen and on paper as it is here.
"""

from __future__ import annotations

from functools import lru_cache

from capmap.layout import bidi, typeset
from capmap.layout.faces import font_file, is_wide, text_face
from capmap.layout.style import TypeStyle, Weight
from capmap.layout.typeset import missing, needs_shaping

__all__ = ["ascent", "baseline", "descent", "font_file", "is_rtl", "line_widths", "missing", "width", "wrap"]

_NOT_AT_START = frozenset("、。，．：；！？）］｝〕〉》」』】’”・ー々%‰℃")
_NOT_AT_END = frozenset("（［｛〔〈《「『【‘“¥＄￥")
_SHORTEST_PART = 3
"""Letters that must stand on each side of a hyphen or slash for a line to break there: never "A/" and "B"."""
_THAI_STARTS = frozenset("เแโใไ")
"""Thai vowels that stand before their consonant: each begins a syllable."""
_LONG_KOREAN = 8
_THAI_PART = 4
_LONG_THAI = 12
"""Thai has no blanks between words, and no dictionary comes with CapMap: longer texts may break where a syllable surely
begins, so many letters from both ends.
"""


_Piece = tuple[float, float, int, int]
"""A part of a text that a line break may not enter: where it begins and ends in the text set on one line, in ems, and
in its characters.
"""


def width(text: str, weight: Weight, size: float) -> float:
    """How wide the text is set in one line, in points."""
    return _ems(text, weight) * size


def is_rtl(text: str) -> bool:
    """Whether a text is read from right to left, as its first letter is."""
    return needs_shaping(text) and bidi.is_rtl(text)


def ascent(weight: Weight, size: float) -> float:
    """How far the font rises above the baseline, in points."""
    return text_face(weight).ascent * size


def descent(weight: Weight, size: float) -> float:
    """How far the font falls below the baseline, in points, as a positive number."""
    return text_face(weight).descent * size


def baseline(style: TypeStyle) -> float:
    """From the top of a line to its baseline, in points: the type stands in the middle of its leading."""
    face = text_face(style.weight)
    return (style.leading + (face.ascent - face.descent) * style.size) / 2


def wrap(text: str, weight: Weight, size: float, max_width: float, max_lines: int | None = None) -> tuple[str, ...]:
    """The text in lines of at most ``max_width`` points, in as few lines as can be.

    Lines break at blanks and after hyphens and slashes, between East Asian characters, and inside a word only where
    the word alone is wider than a line. With ``max_lines``, what does not fit is cut with an ellipsis.
    """
    room = max_width / size + 1e-6
    lines: list[str] = []
    line, origin, done = 0, 0.0, 0
    pieces = _pieces(text, weight)
    whole = pieces[-1][1]
    for begin, end, start, stop in pieces:
        if end - origin > room:
            if start > line:
                lines.append(text[line:done].rstrip(" "))
                line, origin = start, begin
            if end - begin > room:
                *full, rest = _chopped(text[start:stop], weight, room)
                lines.extend(full)
                line, origin = stop - len(rest), end - _ems(rest, weight)
            if whole - origin <= room:
                break
        done = stop
    lines.append(text[line:].rstrip(" "))
    if max_lines is not None and len(lines) > max_lines:
        last = " ".join(lines[max_lines - 1 :])
        while last and _ems(last + "…", weight) > room:
            last = last[:-1]
        lines[max_lines - 1 :] = [last.rstrip() + "…"]
    return tuple(lines)


def line_widths(text: str, weight: Weight, most: int = 4) -> tuple[float, ...]:
    """The narrowest widths, in ems, at which ``wrap`` needs at most 1, 2 ... ``most`` lines without breaking a word.

    The list ends early where one more line gains nothing.
    """
    pieces = _pieces(text, weight)
    # held[j]: the narrowest width that holds the pieces before j in the lines so far.
    held = [0.0, *[piece[1] for piece in pieces]]
    widths = [held[-1]]
    for lines in range(2, min(most, len(pieces)) + 1):
        if lines == len(pieces):
            narrowest = max([piece[1] - piece[0] for piece in pieces])
        else:
            held = _one_line_more(held, pieces)
            narrowest = held[-1]
        if narrowest >= widths[-1]:
            break
        widths.append(narrowest)
    return tuple(widths)


def _one_line_more(held: list[float], pieces: list[_Piece]) -> list[float]:
    """The narrowest widths for the pieces before each, on one line more than in ``held``."""
    one_more = [0.0]
    for (_, end, _, _), best in zip(pieces, held[1:], strict=True):
        for before in range(len(one_more) - 1, -1, -1):
            last_line = end - pieces[before][0]
            if last_line >= best:
                break
            so_far = held[before]
            if so_far < best:
                best = so_far if so_far > last_line else last_line
        one_more.append(best)
    return one_more


@lru_cache(maxsize=1 << 16)
def _pieces(text: str, weight: Weight) -> list[_Piece]:
    blank = text_face(weight).blank
    pieces: list[_Piece] = []
    begin, start = 0.0, 0
    for word in text.split(" "):
        for wide, letters in _word(word, weight):
            end, stop = begin + wide, start + letters
            pieces.append((begin, end, start, stop))
            begin, start = end, stop
        begin += blank
        start += 1
    return pieces


@lru_cache(maxsize=1 << 15)
def _word(word: str, weight: Weight) -> list[tuple[float, int]]:
    """The width in ems and the number of characters of each piece of a word."""
    if word.isalpha() and word.isascii():
        return [(text_face(weight).width(word), len(word))]
    return [(_ems(part, weight), len(part)) for part in _parts(word)]


def _ems(text: str, weight: Weight) -> float:
    if needs_shaping(text):
        return typeset.set_line(text, weight).width
    return text_face(weight).width(text)


def _parts(word: str) -> list[str]:
    """A word parted after hyphens and slashes that stand well inside it, between East Asian characters, where a
    zero-width space says so, and in long Thai where a syllable begins.
    """
    parts: list[str] = []
    start = 0
    for place in range(1, len(word)):
        before, after = word[place - 1], word[place]
        if before in "-/–":
            inside = place - start > _SHORTEST_PART and len(word) - place >= _SHORTEST_PART and after.isalpha()
        elif after in _THAI_STARTS and len(word) > _LONG_THAI:
            inside = place - start >= _THAI_PART and len(word) - place >= _THAI_PART
        elif before == "\u200b":
            inside = True
        elif _is_hangul(before) and _is_hangul(after):
            # Korean has blanks between its words; only a very long one is broken.
            inside = len(word) > _LONG_KOREAN
        else:
            inside = (
                (is_wide(before) or is_wide(after))
                and after not in _NOT_AT_START
                and before not in _NOT_AT_END
                and not typeset.holds_together(before, after)
            )
        if inside:
            parts.append(word[start:place])
            start = place
    parts.append(word[start:])
    return parts


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


def _chopped(word: str, weight: Weight, room: float) -> list[str]:
    """A word that is wider than a line, cut into pieces that fit, at least one letter with its marks each."""
    pieces: list[str] = []
    piece, piece_width = "", 0.0
    shaped = needs_shaping(word)
    for cluster in typeset.clusters(word):
        wider = _ems(piece + cluster, weight) if shaped else piece_width + _ems(cluster, weight)
        if piece and wider > room:
            pieces.append(piece)
            piece, wider = "", _ems(cluster, weight)
        piece += cluster
        piece_width = wider
    pieces.append(piece)
    return pieces
