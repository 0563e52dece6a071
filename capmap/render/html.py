"""HTML: a map as one file for a browser, with nothing to load: pan and zoom, lenses, depths, search, facts, print.

The boxes are SVG as in the SVG file. What the script needs beside them is data, never markup, and the page's own
policy allows no other script, no network and no frames.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from capmap.drawing.besides import SIZES
from capmap.drawing.boxtree import BoxMarks, box_tree
from capmap.drawing.livepage import LiveLens, LivePage
from capmap.drawing.marks import Drawing, Line, Mark, Rect, Text
from capmap.drawing.theme import PAPER
from capmap.places import resource
from capmap.render import svg, webfonts
from capmap.saving import replacing

_NOSCRIPT = "Without JavaScript the map stands still: the whole of it is below, as a list."


def write(page: LivePage, target: Path) -> None:
    """Write the page. Raises OutputError."""
    content = "\n".join(_document(page)).encode() + b"\n"
    with replacing(target) as file:
        file.write(content)


def _document(page: LivePage) -> Iterator[str]:
    script = resource("page/page.js").read_text("utf-8")
    style = "\n".join((*_faces(page), resource("page/page.css").read_text("utf-8")))
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(page.language)}"><head><meta charset="utf-8">'
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'"
    )
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="CapMap">'
    yield f"<title>{_content(page.title)}</title><style>{style}</style></head><body>"
    yield from _head(page)
    yield "<main>"
    yield from _map(page)
    yield '<div id="card" hidden></div><div id="said" class="said" aria-live="polite"></div></main>'
    yield '<footer><div id="legend"></div><div id="story"></div>'
    yield f'<div id="source">{_content(" · ".join(part for part in (page.about, page.source) if part))}</div></footer>'
    yield f"<noscript>{_NOSCRIPT}{_outline(page)}</noscript>"
    yield f'<script type="application/json" id="facts">{_data(page)}</script>'
    yield f"<script>{script}</script></body></html>"


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _faces(page: LivePage) -> Iterator[str]:
    return webfonts.faces(mark for drawing in page.depths for mark in drawing.marks if isinstance(mark, Text))


def _head(page: LivePage) -> Iterator[str]:
    subtitle = f"<small>{_content(page.subtitle)}</small>" if page.subtitle else ""
    yield f"<header><h1>{_content(page.title)}{subtitle}</h1>"
    yield '<div class="tools"><label for="lens">Lens</label><select id="lens">'
    yield from (f"<option>{_content(lens.title)}</option>" for lens in page.lenses)
    yield '</select><label for="depth">Levels</label><select id="depth">'
    last = len(page.depths)
    for number in range(1, last + 1):
        yield f"<option{' selected' if number == last else ''}>{'all' if number == last else number}</option>"
    yield '</select><input id="find" type="search" placeholder="Find a capability" aria-label="Find a capability">'
    yield '<span id="found" aria-live="polite"></span>'
    yield '<button id="out" type="button" aria-label="Zoom out">−</button>'
    yield '<button id="in" type="button" aria-label="Zoom in">+</button>'
    yield '<button id="fit" type="button">Fit</button><button id="print" type="button">Print</button></div></header>'


def _map(page: LivePage) -> Iterator[str]:
    last = page.depths[-1]
    yield (
        f'<svg id="map" tabindex="0" role="img" aria-label="{escape(page.title)}" '
        f'viewBox="0 0 {last.width:.2f} {last.height:.2f}">'
    )
    for number, drawing in enumerate(page.depths, start=1):
        shown = " shown" if number == len(page.depths) else ""
        yield f'<g class="depth{shown}" data-width="{drawing.width:.2f}" data-height="{drawing.height:.2f}">'
        yield from _boxes(drawing)
        yield "</g>"
    yield "</svg>"


def _boxes(drawing: Drawing) -> Iterator[str]:
    for box in box_tree(drawing).tops:
        yield from _box(box)


def _box(box: BoxMarks) -> Iterator[str]:
    region, shape = box.region, box.shape
    place = " ".join(svg.number(value) for value in (region.x, region.y, region.width, region.height))
    kind = "box" if box.children else "box leaf"
    yield f'<g class="{kind}" data-id="{escape(region.key)}" data-at="{place}"><title>{_content(region.title)}</title>'
    edge = dataclasses.replace(
        shape, stroke=box.dashed or shape.stroke, stroke_width=0.8 if box.dashed else shape.stroke_width
    )
    dash = ' stroke-dasharray="3 2.4"' if box.dashed else ""
    ink = "" if box.children else " ink"
    card = svg.rect(edge, f' class="card"{dash}')
    yield f'<g class="own">{card}'
    yield from (svg.text(line, f"{line.weight}{ink}") for line in box.lines)
    yield from (_other(mark, ink) for mark in box.others)
    yield "</g>"
    for child in box.children:
        yield from _box(child)
    yield "</g>"


def _other(mark: Mark, ink: str) -> str:
    if isinstance(mark, Rect):
        number = {PAPER.service_fill: 0, PAPER.project_fill: 1}.get(mark.fill)
        return svg.rect(mark, "" if number is None or not ink else f' data-chip="{number}"')
    if isinstance(mark, Text):
        # The numbers on chips have the ink of the chip.
        return svg.text(mark, f"{mark.weight}{ink if mark.anchor == 'start' else ''}")
    if isinstance(mark, Line):
        return svg.line(mark, f' class="{ink.strip()}"' if ink else "")
    return ""


def _outline(page: LivePage) -> str:
    def items(boxes: list[BoxMarks]) -> str:
        inner = "".join(f"<li>{_content(box.region.title)}{items(box.children)}</li>" for box in boxes)
        return f"<ul>{inner}</ul>" if inner else ""

    return items(list(box_tree(page.depths[-1]).tops))


def _data(page: LivePage) -> str:
    """What the script needs, so written that nothing in it can end the element around it."""
    data = {
        "lenses": [_lens(lens) for lens in page.lenses],
        "facts": {key: dataclasses.asdict(fact) for key, fact in page.facts.items()},
        "unknown_edge": PAPER.unknown_edge,
        "unknown_fill": PAPER.unknown_fill,
        "plain_fill": PAPER.plain_fills[0],
        "sizes": SIZES,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.encode("utf-8", "replace").decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )


def _lens(lens: LiveLens) -> dict[str, object]:
    return {**dataclasses.asdict(lens), "look_of": dict(lens.look_of)}


def _content(text: str) -> str:
    return svg.content(text)
