"""Writing: texts for cells become one Change; every text that does not fit is given back with the reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from capmap.exchange.grid.columns import GridColumn
from capmap.exchange.grid.forms import Form
from capmap.exchange.grid.linkrows import LinkWriting
from capmap.exchange.grid.names import Names
from capmap.exchange.grid.rows import Refused, RowTexts, Writing
from capmap.model.change import Change
from capmap.model.map import Map


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """What became of the texts: the change, those refused, and the id of the record of each row (None: none made)."""

    change: Change
    refused: Sequence[Refused]
    ids: Sequence[str | None]


def write(
    current: Map,
    names: Names,
    columns: Sequence[GridColumn],
    kind: str,
    rows: Sequence[RowTexts],
    form: Form,
    text: str,
    *,
    create: bool = False,
) -> Written:
    """The change, called ``text``, that writes these texts into rows of a kind. Texts that say what stands there
    already change nothing. With ``create``, names that no record has make one, boxes of the map apart.
    """
    if kind == "link":
        writing: Writing = LinkWriting(current, names, columns, kind, form, create=create)
    else:
        writing = Writing(current, names, columns, kind, form, create=create)
    ids = writing.rows(rows)
    return Written(writing.overlay.change(text), writing.refused, ids)
