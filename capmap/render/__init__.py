"""Render: writers of finished drawings, one module a format; each paints the marks and decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from capmap.drawing.marks import Drawing
from capmap.errors import OutputError
from capmap.render.besides import Besides, Carried

__all__ = ["CARRYING", "SLIDES", "SUFFIXES", "Carried", "write"]

Writer = Callable[[Sequence[Drawing], Path, Besides], list[Path]]


def write(
    drawings: Sequence[Drawing],
    target: Path,
    *,
    author: str = "",
    created: dt.date | None = None,
    carried: Carried | None = None,
) -> list[Path]:
    """Write the pages into a file of the format that the ending names, and return the files written.

    A format that holds one picture a file gets numbered files when there are several pages. ``author``, ``created`` and
    a file that is ``carried`` go where the format keeps such things. Raises OutputError; a file that stood there before
    is then as it was.
    """
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise OutputError(f"CapMap cannot draw {target.name}: the ending must be one of {', '.join(SUFFIXES)}.")
    return writer(drawings, target, Besides(author, created, carried))


def _pdf(drawings: Sequence[Drawing], target: Path, besides: Besides) -> list[Path]:
    from capmap.render import pdf

    title = drawings[0].title
    pdf.write(drawings, target, title=title, author=besides.author, created=besides.created, carried=besides.carried)
    return [target]


def _svg(drawings: Sequence[Drawing], target: Path, _besides: Besides) -> list[Path]:
    from capmap.render import svg

    targets = _one_each(drawings, target)
    addresses = svg.Addresses(drawings, [path.name for path in targets])
    for page, (drawing, path) in enumerate(zip(drawings, targets, strict=True)):
        svg.write(drawing, path, addresses=addresses, page=page)
    return targets


def _png(drawings: Sequence[Drawing], target: Path, _besides: Besides) -> list[Path]:
    from capmap.render import qt

    targets = _one_each(drawings, target)
    for drawing, path in zip(drawings, targets, strict=True):
        qt.write_png(drawing, path)
    return targets


def _drawio(drawings: Sequence[Drawing], target: Path, _besides: Besides) -> list[Path]:
    from capmap.render import drawio

    drawio.write(drawings, target)
    return [target]


def _pptx(drawings: Sequence[Drawing], target: Path, besides: Besides) -> list[Path]:
    from capmap.render import pptx

    pptx.write(drawings, target, title=drawings[0].title, author=besides.author, created=besides.created)
    return [target]


def _one_each(drawings: Sequence[Drawing], target: Path) -> list[Path]:
    """The target itself for one drawing, else the target with -1, -2 ... before its ending."""
    if len(drawings) == 1:
        return [target]
    return [target.with_stem(f"{target.stem}-{number}") for number in range(1, len(drawings) + 1)]


# Each writer is imported when it is first used: the command line must not load Qt for a PDF.
_WRITERS: dict[str, Writer] = {".pdf": _pdf, ".svg": _svg, ".png": _png, ".drawio": _drawio, ".pptx": _pptx}

SUFFIXES = tuple(_WRITERS)
"""The endings that ``write`` knows."""
SLIDES = (".pptx",)
"""Those of them that are shown on a screen, a page at a time."""
CARRYING = (".pdf",)
"""Those that can carry a file inside."""
