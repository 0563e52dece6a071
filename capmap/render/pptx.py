"""PowerPoint: pages as slides of native shapes, grouped by area, that can be restyled on anyone's master.

python-pptx keeps the package and the slides; the shapes are written as XML here, since its own way of adding shapes
takes quadratic time. What a shape looks like is fixed by the drawing; colours that the lens uses are colours of the
theme, so that a slide follows another master where it is pasted with the theme of its target.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.util import Emu

from capmap.drawing.boxtree import BoxTree, box_tree
from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.render.links import Links, outside
from capmap.render.slideshapes import EMU, Link, Palette, Shapes
from capmap.saving import replacing

_TITLE_ONLY = 5
"""The layout of python-pptx's own template that has nothing but a title."""
_SMALLEST, _LARGEST = 1 * 72.0, 56 * 72.0
"""Points: PowerPoint takes no smaller and no larger slide."""
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of all parts in the package, so that the same map makes the same file."""
_THEME_NAMES = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PRESENTATIONML = "http://schemas.openxmlformats.org/presentationml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write(
    drawings: Sequence[Drawing], target: Path, *, title: str, author: str = "", created: dt.date | None = None
) -> None:
    """Write a slide a drawing. ``title``, ``author`` and ``created`` go into the properties. Raises OutputError."""
    presentation = Presentation()
    first = drawings[0]
    scale = min(1.0, _LARGEST / max(first.width, first.height))
    presentation.slide_width, presentation.slide_height = (
        Emu(round(max(side * scale, _SMALLEST) * EMU)) for side in (first.width, first.height)
    )
    trees = [box_tree(drawing) for drawing in drawings]
    palette = Palette(_theme_colours(trees))
    _set_theme(presentation, palette)
    links = Links([[mark for mark in drawing.marks if isinstance(mark, Region)] for drawing in drawings])
    slides = [presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY]) for _ in drawings]
    for number, (drawing, tree, slide) in enumerate(zip(drawings, trees, slides, strict=True)):
        fits = min(first.width / drawing.width, first.height / drawing.height)
        urls = dict.fromkeys(box.region.url for box in tree.walk() if box.region.url)
        jumps = {url: link for url in urls if (link := _link(url, number, links, slides)) is not None}
        _fill(slide, drawing, tree, palette, scale * fits, jumps)
    properties = presentation.core_properties
    properties.title, properties.author = title, author
    properties.last_modified_by = author
    if created is not None:
        moment = dt.datetime(created.year, created.month, created.day)
        properties.created = properties.modified = moment
    file = io.BytesIO()
    presentation.save(file)
    with replacing(target) as out:
        out.write(_repacked(file))


def _link(url: str, number: int, links: Links, slides: Sequence[Any]) -> Link | None:
    """Where an address on a slide leads: to another slide or out; None where it leads nowhere."""
    part = slides[number].part
    place = links.place(url, number)
    if place is not None:
        return Link(part.relate_to(slides[place.page].part, RELATIONSHIP_TYPE.SLIDE), inside=True)
    address = outside(url)
    return Link(part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True), False) if address else None


def _fill(
    slide: Any, drawing: Drawing, tree: BoxTree, palette: Palette, scale: float, jumps: Mapping[str, Link]
) -> None:
    for shape in list(slide.shapes):
        shape._element.getparent().remove(shape._element)
    shapes = Shapes(palette, drawing.language, scale, jumps)
    slide.shapes._spTree.extend(parse_xml(_enclosed("".join(shapes.of_page(drawing, tree)))))
    for image, place in shapes.images:
        picture = slide.shapes.add_picture(io.BytesIO(image.png), *(Emu(value) for value in place))
        picture.name = image.title or "Picture"
    slide.notes_slide.notes_text_frame.text = "\n".join(_told(tree))


def _enclosed(shapes: str) -> bytes:
    return (
        f'<p:spTree xmlns:p="{_PRESENTATIONML}" xmlns:a="{_DRAWINGML}" xmlns:r="{_RELATIONS}">{shapes}</p:spTree>'
    ).encode()


def _told(tree: BoxTree) -> Iterator[str]:
    """What stands around the map, for the notes: title, lens, date, legend and story."""
    for region, marks in tree.parts:
        words = [mark.text for mark in marks if isinstance(mark, Text)]
        if region.key == "page-foot":
            yield " ".join(words)
        else:
            yield from words


def _theme_colours(trees: Sequence[BoxTree]) -> list[str]:
    """The colours of the legend's steps, as the accents of the theme."""
    shown: dict[str, None] = {}
    for tree in trees:
        for region, marks in tree.parts:
            if region.key == "page-foot":
                shown.update({mark.fill: None for mark in marks if isinstance(mark, Rect) and mark.fill})
    fills = {box.shape.fill for tree in trees for box in tree.walk() if not box.children}
    return [fill for fill in shown if fill in fills]


def _set_theme(presentation: Any, palette: Palette) -> None:
    part = presentation.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    scheme = theme.find(f".//{{{_DRAWINGML}}}clrScheme")
    scheme.set("name", "CapMap")
    for name, colour in zip(_THEME_NAMES, palette.theme, strict=True):
        slot = scheme.find(f"{{{_DRAWINGML}}}{name}")
        for child in list(slot):
            slot.remove(child)
        slot.append(parse_xml(f'<a:srgbClr xmlns:a="{_DRAWINGML}" val="{colour.removeprefix("#").upper()}"/>'))
    for font in theme.iterfind(f".//{{{_DRAWINGML}}}fontScheme/*/{{{_DRAWINGML}}}latin"):
        font.set("typeface", "Noto Sans")
    part._blob = serialize_part_xml(theme)


def _repacked(file: io.BytesIO) -> bytes:
    """The package with the same time on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for part in packed.infolist():
            again.writestr(zipfile.ZipInfo(part.filename, _MOMENT), packed.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
