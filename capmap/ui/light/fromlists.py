"""From lists: what is chosen in the inspector's links and in the tables is lit by the spotlight."""

from __future__ import annotations

from capmap.model.records import Capability
from capmap.ui.light.spotlight import Spotlight
from capmap.ui.panels.inspector import Inspector
from capmap.ui.tables.mapandtables import MapAndTables

_MOST = 500
"""The light follows the rows of a table up to so many."""


def lit_by_lists(spotlight: Spotlight, inspector: Inspector, tables: MapAndTables) -> None:
    """Light what the chosen link, or the chosen rows of a table, touch."""

    def by_inspector(boxes: object) -> None:
        record = inspector.box_page.links.lit_record
        if boxes is None or record is None:
            # The links go when another box is selected, perhaps to ask how it came to be lit.
            spotlight.lost()
        else:
            spotlight.show([record])

    def by_tables(boxes: object) -> None:
        view = tables.pane.view if tables.pane is not None else None
        if boxes is None or view is None:
            spotlight.end()
            return
        rows = view.chosen().rows[:_MOST]
        records = [record for row in rows if (record := view.table.record_at(row)) is not None]
        spotlight.show(record.id for record in records if not isinstance(record, Capability))

    inspector.lit.connect(by_inspector)
    tables.lit.connect(by_tables)
