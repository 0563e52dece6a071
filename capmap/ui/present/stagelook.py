"""StageLook: the colours of the room's screen around the map, dark and light."""

from __future__ import annotations

import dataclasses

from capmap.drawing.theme import DARK, LIGHT, Theme

AMBER = "#ffd166"
"""Where the room is now. It always carries dark ink."""

AMBER_INK = "#1d2430"


@dataclasses.dataclass(frozen=True, slots=True)
class StageLook:
    """Colours ("#rrggbb"): the theme of the map and what goes with it.

    ``side`` is the ground of the question, ``foot`` of the line below, ``control`` of keys that carry no colour of the
    lens; ``ink`` and ``quiet`` can be read on all of them.
    """

    theme: Theme
    side: str
    foot: str
    control: str
    control_ink: str
    rule: str
    ink: str
    quiet: str
    ring_edge: str


DARK_STAGE = StageLook(
    theme=DARK,
    side="#1a202a",
    foot="#0b0e13",
    control="#2d3645",
    control_ink="#f3f5f8",
    rule="#2c3442",
    ink="#f3f5f8",
    quiet="#a9b3c2",
    ring_edge="#12161d",
)

LIGHT_STAGE = StageLook(
    theme=LIGHT,
    side="#ffffff",
    foot="#e2e6ec",
    control="#e3e7ed",
    control_ink="#1d2430",
    rule="#d5dae1",
    ink="#1d2430",
    quiet="#4d5766",
    ring_edge="#1d2430",
)


def stage_look(*, dark: bool) -> StageLook:
    """The look of a dark room, or of a light one."""
    return DARK_STAGE if dark else LIGHT_STAGE
