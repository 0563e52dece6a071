"""Widths agree with the font files, lines break where a reader expects it."""

from __future__ import annotations

import itertools
import unicodedata
from typing import get_args

import pytest
from arranged import assert_whole_name
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from capmap.layout import fonts
from capmap.layout.style import STYLE, Weight
from capmap.places import resource

WORDS = st.sampled_from(["Claims", "a", "Self-service", "and/or", "Straße", "Management", "A/B", "風險管理", "Ω", "—"])
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


@pytest.mark.parametrize("weight", get_args(Weight))
def test_advances_are_those_of_the_font_file(weight: Weight) -> None:
    font = TTFont(fonts.font_file(weight))
    em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
    for code, glyph in font.getBestCmap().items():
        assert fonts.width(chr(code), weight, 10) == pytest.approx(advances[glyph][0] * 10 / em)
    assert fonts.ascent(weight, 10) == pytest.approx(font["hhea"].ascent * 10 / em)
    assert fonts.descent(weight, 10) == pytest.approx(-font["hhea"].descent * 10 / em)


def test_width_grows_with_size_and_text() -> None:
    assert fonts.width("Claims", "regular", 24) == pytest.approx(2 * fonts.width("Claims", "regular", 12))
    assert fonts.width("ab", "bold", 12) == pytest.approx(fonts.width("a", "bold", 12) + fonts.width("b", "bold", 12))
    assert fonts.width("", "regular", 12) == 0


def test_other_scripts_are_as_wide_as_the_faces_that_come_with_capmap_have_them() -> None:
    assert fonts.width("שלום", "regular", 10) == pytest.approx(_summed("NotoSansHebrew-Regular.ttf", "שלום"))
    assert fonts.width("שלום", "semibold", 10) == pytest.approx(_summed("NotoSansHebrew-Bold.ttf", "שלום"))
    assert fonts.width("風", "regular", 12) == 12
    assert fonts.missing("Risk 風險 고객 שלום العربية हिन्दी ไทย 🚀 ☃") == set()
    assert fonts.missing("Größe, café, Ω – “quoted”\u00a0…") == set()


def _summed(file: str, text: str) -> float:
    font = TTFont(resource(f"fonts/{file}"))
    return float(
        sum(font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in text) * 10 / font["head"].unitsPerEm
    )


def test_letters_that_join_are_measured_joined() -> None:
    alone = sum(fonts.width(letter, "regular", 12) for letter in "مطالبات")
    assert fonts.width("مطالبات", "regular", 12) < 0.9 * alone
    with_sign = fonts.width("क्ष", "regular", 12)
    assert with_sign < fonts.width("क", "regular", 12) + fonts.width("ष", "regular", 12)
    assert fonts.width("e\u0301", "regular", 12) == pytest.approx(fonts.width("é", "regular", 12))


def test_a_line_is_as_wide_as_its_words_and_blanks_in_every_script() -> None:
    blank = fonts.width(" ", "bold", 12)
    for name in ("إدارة المطالبات (CRM) 2024", "दावा प्रबंधन ज़िला", "ניהול תביעות", "Ship 🚀 it"):
        words = [fonts.width(word, "bold", 12) for word in name.split(" ")]
        assert fonts.width(name, "bold", 12) == pytest.approx(sum(words) + blank * (len(words) - 1))


def test_characters_that_no_font_has_have_a_width_and_are_listed() -> None:
    unassigned = "\u0378"
    assert 0 < fonts.width(unassigned, "regular", 12) < 12
    assert fonts.missing(f"Risk {unassigned} \u200b\u200f\ufe0f") == {unassigned}


def test_signs_without_a_look_take_no_room() -> None:
    for sign in "\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff":
        assert fonts.width(sign, "regular", 12) == 0, hex(ord(sign))
        assert fonts.width(f"a{sign}b", "regular", 12) == pytest.approx(fonts.width("ab", "regular", 12))


def test_thai_breaks_at_blanks_signs_and_in_long_texts_before_a_syllable() -> None:
    assert fonts.wrap("งาน\u200bขาย", "regular", 12, 30) == ("งาน\u200b", "ขาย")
    long = "การจัดการความเสี่ยงขององค์กรในประเทศ"
    lines = fonts.wrap(long, "regular", 12, fonts.line_widths(long, "regular")[-1] * 12)
    assert "".join(lines) == long
    assert len(lines) > 1
    assert all(line[0] in "กเแโใไ" for line in lines)
    assert len(fonts.line_widths("เสี่ยงเงิน", "regular")) == 1


def test_letters_keep_their_marks_and_joined_signs_when_a_word_is_cut() -> None:
    for word in ("प्रबंधनप्रबंधनप्रबंधन", "ควาที่ที่ที่ที่", "👩\u200d💻👩\u200d💻👩\u200d💻", "e\u0301e\u0301e\u0301e\u0301"):
        lines = fonts.wrap(word, "regular", 12, 20)
        assert "".join(lines) == word
        assert all(unicodedata.category(line[0]) not in ("Mn", "Mc") and line[0] != "\u200d" for line in lines)


def test_the_first_letter_says_which_way_a_name_runs() -> None:
    assert fonts.is_rtl("ניהול (CRM)")
    assert fonts.is_rtl("2024 العربية")
    assert not fonts.is_rtl("CRM ניהול")
    assert not fonts.is_rtl("風險 2024")


def test_baseline_lies_between_the_capitals_and_the_tails() -> None:
    style = STYLE["leaf"].type
    baseline = fonts.baseline(style)
    assert style.leading / 2 < baseline < style.leading


def test_lines_break_at_blanks_and_after_hyphens_and_slashes() -> None:
    narrow = fonts.width("Self-service", "regular", 12) - 1
    assert fonts.wrap("Self-service", "regular", 12, narrow) == ("Self-", "service")
    assert fonts.wrap("Billing/Collection", "regular", 12, 60) == ("Billing/", "Collection")
    assert fonts.wrap("Risk and Return", "regular", 12, 60) == ("Risk and", "Return")


def test_short_parts_and_single_letters_are_not_torn_off() -> None:
    assert fonts.wrap("A/B tests", "regular", 12, 30) == ("A/B", "tests")
    assert fonts.wrap("E-commerce", "regular", 12, 62)[0] != "E-"


def test_east_asian_names_break_between_characters_but_not_before_a_stop() -> None:
    assert fonts.wrap("戰略規劃風險", "regular", 12, 48) == ("戰略規劃", "風險")
    assert fonts.wrap("戰略規劃、風險", "regular", 12, 48) == ("戰略規", "劃、風險")


def test_a_word_wider_than_the_line_alone_is_cut() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    lines = fonts.wrap(f"Die {word}", "regular", 12, 80)
    assert lines[0] == "Die"
    assert "".join(lines[1:]) == word
    assert all(fonts.width(line, "regular", 12) <= 80.001 for line in lines)


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = fonts.wrap("One two three four five six seven", "regular", 12, 60, max_lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert fonts.width(lines[-1], "regular", 12) <= 60
    assert fonts.wrap("One two", "regular", 12, 60, max_lines=2) == ("One two",)


@given(NAMES, st.floats(20, 400))
def test_lines_hold_the_whole_text_and_fit(name: str, room: float) -> None:
    lines = fonts.wrap(name, "semibold", 12, room)
    assert_whole_name(lines, name)
    assert all(fonts.width(line, "semibold", 12) <= room + 1e-3 or len(line) == 1 for line in lines)


@given(NAMES, st.integers(1, 5))
def test_line_widths_are_the_narrowest_that_do(name: str, most: int) -> None:
    widths = fonts.line_widths(name, "regular", most)
    assert 1 <= len(widths) <= most
    assert all(wide > narrow for wide, narrow in itertools.pairwise(widths))
    for lines, width in enumerate(widths, 1):
        assert len(fonts.wrap(name, "regular", 12, width * 12)) <= lines
        if width > widths[-1]:
            assert len(fonts.wrap(name, "regular", 12, (width - 1e-3) * 12)) > lines
