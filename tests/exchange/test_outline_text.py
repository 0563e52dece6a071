"""Outlines: indented, bulleted, numbered and Markdown text, pasted or filed; and whether pasted text is cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import outline, read_bytes, values

from capmap.errors import InputError
from capmap.exchange.formats import read_text

SHOP = "Sell\n  Offer\n    Price\n  Deliver\nBuy"
TEXTS = {
    "blanks": "Sell\n  Offer\n    Price\n  Deliver\nBuy",
    "four blanks": "Sell\n    Offer\n        Price\n    Deliver\nBuy\n",
    "tabs": "Sell\n\tOffer\n\t\tPrice\n\tDeliver\nBuy",
    "Windows line ends and empty lines": "\r\nSell\r\n\r\n\tOffer\r\n\t\tPrice\r\n\tDeliver\r\nBuy\r\n",
    "bullets": "- Sell\n  * Offer\n    + Price\n  * Deliver\n- Buy",
    "bullets of a word processor": "• Sell\n\t◦ Offer\n\t\t▪ Price\n\t◦ Deliver\n• Buy",
    "names above bullets without indentation": "Sell\n- Offer\n  - Price\n- Deliver\nBuy",
    "numbers": "1. Sell\n   1. Offer\n      1. Price\n   2. Deliver\n2. Buy",
    "outline numbers without indentation": "1 Sell\n1.1 Offer\n1.1.1 Price\n1.2 Deliver\n2 Buy",
    "outline numbers with dots and indentation": "1. Sell\n  1.1. Offer\n    1.1.1. Price\n  1.2. Deliver\n2. Buy",
    "one kind of mark a level": "I. Sell\na) Offer\n- Price\nb) Deliver\nII. Buy",
    "check boxes": "- [ ] Sell\n  - [x] Offer\n    - [ ] Price\n  - [ ] Deliver\n- [ ] Buy",
    "headings": "# Sell\n## Offer\n### Price\n## Deliver\n# Buy",
    "headings and lists": "# Sell\n\n- Offer\n  - Price\n- Deliver\n\n# Buy\n",
    "lines between": "Sell\n\tOffer\n\t\tPrice\n\tDeliver\n-----\nBuy",
    "cells with one name a row": "Sell\t\t\n\tOffer\t\n\t\tPrice\n\tDeliver\t\nBuy\t\t",
    "cells with a header": "id\tname\tparent\n1\tSell\t\n2\tOffer\t1\n3\tPrice\t2\n4\tDeliver\t1\n5\tBuy\t",
    "pasted CSV": "name,parent\nSell,\nOffer,Sell\nPrice,Offer\nDeliver,Sell\nBuy,",
    "pasted JSON": '{"Sell": {"Offer": ["Price"], "Deliver": null}, "Buy": {}}',
    "a column of paths": "Path\nSell > Offer > Price\nSell > Deliver\nBuy",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_the_same_tree_comes_of_every_kind_of_text(kind: str) -> None:
    assert outline(read_text(TEXTS[kind])) == SHOP


def test_outline_numbers_become_codes_and_list_numbers_do_not() -> None:
    assert values(read_text("1 Sell\n1.1 Offer\n2 Buy"), "code") == {"Sell": "1", "Offer": "1.1", "Buy": "2"}
    assert values(read_text("1. Sell\n2. Buy"), "code") == {}


def test_names_that_begin_like_marks_stay_whole() -> None:
    assert outline(read_text("2.0 Strategy\n24 hour support\n3D printing\nR&D - all of it\nE-commerce")) == (
        "2.0 Strategy\n24 hour support\n3D printing\nR&D - all of it\nE-commerce"
    )


def test_commas_in_names_do_not_make_cells() -> None:
    assert outline(read_text("Risk, compliance and audit\nPlan, build, run")) == (
        "Risk, compliance and audit\nPlan, build, run"
    )


def test_text_under_a_heading_or_item_describes_it() -> None:
    reading = read_text("# Sell\nWhat brings\nthe money.\n\nAnd more.\n\n- Offer\n  with care\n\n# Buy")
    assert values(reading, "description") == {"Sell": "What brings\nthe money.\n\nAnd more.", "Offer": "with care"}


def test_a_title_stands_in_the_front_matter() -> None:
    reading = read_bytes('---\ntitle: "Corner: Shop"\nauthor: Ann\n---\n# Sell\n', ".md")
    assert reading.title == "Corner: Shop"
    assert outline(reading) == "Sell"


def test_a_markdown_file_without_marks_is_an_outline() -> None:
    assert outline(read_bytes("Sell\n  Offer\nBuy\n", ".md")) == "Sell\n  Offer\nBuy"


def test_one_line_is_one_box() -> None:
    assert outline(read_text("Sell")) == "Sell"


def test_cells_with_line_breaks_and_quotes_stay_cells() -> None:
    reading = read_text('Name\tDescription\nSell\t"two\nlines, ""quoted"""\nBuy\t')
    assert values(reading, "description") == {"Sell": 'two\nlines, "quoted"'}


def test_indentation_that_comes_back_between_two_levels_is_read_as_the_outer_one() -> None:
    assert outline(read_text("Sell\n      Offer\n   Deliver")) == "Sell\n  Offer\n  Deliver"


@pytest.mark.parametrize("text", ["", " \n\t\n", "---\n***", "\ufeff"])
def test_text_without_a_name_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"nothing to draw|there is no text"):
        read_text(text)


def test_a_deep_outline_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="pasted text, line 65: “x” stands more than 64 levels deep"):
        read_text("\n".join(" " * level + "x" for level in range(70)))


def test_a_text_file_may_hold_cells(tmp_path: Path) -> None:
    assert outline(read_bytes("Name\tOwner\nSell\tAnn\n", ".txt")) == "Sell"
