"""Lines that run both ways are put in the order that another library for it gives."""

from __future__ import annotations

import bidi as library
from hypothesis import given
from hypothesis import strategies as st

from capmap.layout.bidi import in_visual_order, is_rtl

SIGNS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200d"
LETTERS = st.sampled_from([*"abZ אבג ابت 12 ٣٤ ()[] .,-+/%$:;!? 漢", "\u0301", "\u05b0", *SIGNS])
_PLAIN = str.maketrans({**dict.fromkeys(SIGNS), ")": "(", "]": "["})


def shown(text: str, *, rtl: bool) -> str:
    """The characters from left to right."""
    parts = in_visual_order(text, rtl=rtl)
    assert sorted((part.start, part.stop) for part in parts) == sorted({(part.start, part.stop) for part in parts})
    assert sum(part.stop - part.start for part in parts) == len(text)
    return "".join(text[part.start : part.stop][:: -1 if part.rtl else 1] for part in parts)


@given(st.text(LETTERS, max_size=24), st.booleans())
def test_every_line_is_ordered_as_the_library_orders_it(text: str, rtl: bool) -> None:
    # Signs that are not seen stand anywhere, and the library leaves blanks behind them where they were.
    text = text.rstrip(" " + SIGNS)
    ours = shown(text, rtl=rtl).translate(_PLAIN)
    theirs = str(library.get_display(text, base_dir="R" if rtl else "L")).translate(_PLAIN)
    assert ours == theirs


def test_numbers_and_brackets_keep_their_sense() -> None:
    assert shown("ניהול (CRM) 2024", rtl=True) == "2024 )CRM( לוהינ"
    assert shown("Claims תביעות 12", rtl=False) == "Claims 12 תועיבת"


def test_the_first_letter_outside_of_isolates_says_which_way() -> None:
    assert is_rtl("12 שלום abc")
    assert not is_rtl("\u2067שלום\u2069 abc")
    assert not is_rtl("12 ()")
