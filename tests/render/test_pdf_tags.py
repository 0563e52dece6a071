"""PDF for screen readers: every content is part of the structure or decoration, and the structure can be followed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from every_mark import NAMES, OTHER_SCRIPTS, every_mark, listed

from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import pdf

PAINTING = {"f", "B", "S", "Tj", "TJ", "Do", "n"}
BLOCKS = {"Document", "Sect", "H1", "H2", "P", "L", "LI", "LBody", "Link", "Figure"}


def opened(*drawings: Drawing, **options: Any) -> pikepdf.Pdf:
    file = io.BytesIO()
    pdf.write(drawings, file, **options)
    return pikepdf.open(file)


@pytest.fixture
def page(small_map: Map) -> Drawing:
    return compose(small_map, LENSES["maturity gap"], paper=paper_named("A3"), date=dt.date(2026, 11, 22))


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """All elements below the root, parents first."""
    stack = [document.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        yield element
        stack += [kid for kid in reversed(kids(element)) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def kids(element: Any) -> list[Any]:
    held = element.get("/K", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def told(document: pikepdf.Pdf) -> list[str]:
    """The structure as lines: the kind of each element, deeper ones indented."""

    def lines(element: Any, depth: int) -> Iterator[str]:
        yield "  " * depth + str(element.S)[1:]
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from lines(kid, depth + 1)

    return list(lines(document.Root.StructTreeRoot.K, 0))


def assert_sound(document: pikepdf.Pdf) -> None:
    """What a checker of PDF for all would find, as far as this can be told without one."""
    root = document.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang)
    assert root.ViewerPreferences.DisplayDocTitle
    assert b"<dc:title>" in root.Metadata.read_bytes()
    tree = root.StructTreeRoot
    assert tree.K.S == "/Document"
    places = {int(key): value for key, value in zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True)}
    assert sorted(places) == list(range(int(tree.ParentTreeNextKey)))
    owners: dict[tuple[int, int], Any] = {}
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    for element in elements(document):
        assert str(element.S)[1:] in BLOCKS
        inner = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        assert all(kid.P.objgen == element.objgen for kid in inner)
        kinds = {str(kid.S) for kid in inner}
        assert element.S != "/L" or kinds == {"/LI"}
        assert element.S != "/LI" or kinds == {"/LBody"}
        assert "/LI" not in kinds or element.S == "/L"
        assert element.S != "/Figure" or str(element.Alt)
        for kid in kids(element):
            if isinstance(kid, int):
                key = (numbers[element.Pg.objgen], kid)
                assert key not in owners
                owners[key] = element
            elif "/Obj" in kid:
                assert element.S == "/Link"
                assert places[int(kid.Obj.StructParent)].objgen == element.objgen
                assert str(kid.Obj.Contents)
    for number, page in enumerate(document.pages):
        assert page.Tabs == "/S"
        contents = list(contents_of(page))
        assert contents == sorted(set(contents)) == list(range(len(places[int(page.StructParents)])))
        for content, holder in zip(contents, places[int(page.StructParents)], strict=True):
            assert owners.pop((number, content)).objgen == holder.objgen
        for font in page.Resources.Font.values():
            assert "/ToUnicode" in font
            held: Any = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert "/FontFile2" in held.FontDescriptor
    assert not owners


def contents_of(page: Any) -> Iterator[int]:
    """The numbers of the contents of a page in the order in which they are painted; all else must be decoration."""
    opened: list[str] = []
    in_text = False
    stream: Any = pikepdf.parse_content_stream(page)
    for operands, operator in stream:
        name = str(operator)
        if name in ("BMC", "BDC"):
            assert not opened or str(operands[0]) == "/Span"
            opened.append(str(operands[0]))
            if name == "BDC" and "/MCID" in operands[1]:
                yield int(operands[1].MCID)
        elif name == "EMC":
            opened.pop()
        elif name in ("BT", "ET"):
            assert in_text == (name == "ET")
            in_text = not in_text
        elif name in PAINTING:
            assert opened, f"{operator} stands outside of all content"
    assert not opened
    assert not in_text


def test_a_map_is_a_heading_with_sections_and_lists(page: Drawing) -> None:
    with opened(page, title="Corner shop") as document:
        assert_sound(document)
        lines = told(document)
    assert lines[:3] == ["Document", "  Sect", "    H1"]
    assert lines.count("    H1") == 1
    sections = [place for place, line in enumerate(lines) if line == "    Sect"]
    assert [lines[place + 1 : place + 5] for place in sections] == [
        ["      H2", "      L", "        LI", "          LBody"]
    ] * 2
    boxes = [mark for mark in page.marks if isinstance(mark, Region) and mark.level > 0]
    assert sum(line.strip() == "LI" for line in lines) == len(boxes) - len(sections)


def test_boxes_in_boxes_are_lists_in_lists() -> None:
    regions = [("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 2), ("f", 1)]
    marks = [
        mark
        for row, (name, level) in enumerate(regions)
        for mark in (
            Region(0, 20 * row, 90, 20, name, name, level),
            Rect(0, 20 * row, 90, 20, "#ffffff", key=name),
            Text(5, 20 * row + 12, name, "regular", 10, "#000000", key=name),
        )
    ]
    with opened(Drawing(100, 130, "Boxes", tuple(marks))) as document:
        assert_sound(document)
        assert told(document)[2:] == [
            "    Sect",
            "      H2",
            "      L",
            "        LI",
            "          LBody",
            "            L",
            "              LI",
            "                LBody",
            "              LI",
            "                LBody",
            "        LI",
            "          LBody",
            "    Sect",
            "      H2",
        ]


def test_boxes_without_boxes_inside_are_one_list() -> None:
    marks = [Region(0, 20 * row, 90, 20, str(row), str(row), 1) for row in range(3)]
    with opened(Drawing(100, 80, "Boxes", tuple(marks))) as document:
        assert told(document)[2:] == ["    L", *["      LI", "        LBody"] * 3]


def test_pictures_and_links_are_told() -> None:
    with opened(every_mark(), every_mark(), title="Two") as document:
        assert_sound(document)
        assert [str(element.Alt) for element in elements(document) if element.S == "/Figure"] == ["Logo", "Logo"]
        assert [element.P.S for element in elements(document) if element.S == "/Link"] == ["/LBody", "/LBody"]
        assert sum(len(page.Annots) for page in document.pages) == 2


def test_a_link_without_text_stands_by_itself() -> None:
    drawing = every_mark()
    marks = tuple(mark for mark in drawing.marks if not isinstance(mark, Text))
    with opened(dataclasses.replace(drawing, marks=marks)) as document:
        assert_sound(document)


@pytest.mark.parametrize("names", [NAMES, OTHER_SCRIPTS])
def test_every_script_is_in_the_structure(names: tuple[str, ...]) -> None:
    with opened(listed(names)) as document:
        assert_sound(document)


def test_lines_of_one_paragraph_are_one_content(page: Drawing) -> None:
    lines = [Text(10, 20 + 14 * row, f"line {row}", "regular", 10, "#000000") for row in range(3)]
    with opened(Drawing(100, 80, "Lines", tuple(lines))) as document:
        content = document.pages[0].Contents.read_bytes()
    assert len(re.findall(rb"BDC", content)) == 1


def test_an_empty_page_has_a_sound_structure() -> None:
    with opened(Drawing(100, 50, "Blank", ())) as document:
        assert told(document) == ["Document", "  Sect"]
