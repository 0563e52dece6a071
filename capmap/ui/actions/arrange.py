"""The part of the Box menu that steers how boxes are laid out inside their boxes, without dragging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.model.records import Capability
from capmap.model.steering import AREA_LABELS, PRESETS, SHAPES, Preset, Shape
from capmap.ui.actions.action import Action, chosen_editable, editable

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

ARRANGE = "Arrange the boxes inside"
ORDER = "Order the boxes inside"
PLACE = "Place in the box around"

_ORDERS = (
    ("", "As in the map"),
    ("name", "By name"),
    ("code", "By code"),
    ("category", "By category"),
    ("-importance", "By importance, highest first"),
    ("maturity", "By maturity, lowest first"),
    ("owner", "By owner"),
)


def _steers(window: MainWindow) -> bool:
    """Whether there are boxes whose inside can be steered."""
    return editable(window) and bool(window.map_desk.steering.holders)


def _shapes(window: MainWindow) -> bool:
    """Whether there is one whole that can be arranged in areas."""
    return editable(window) and (window.map_desk.steering.is_whole or window.map_desk.steering.holder is not None)


def _frees(window: MainWindow) -> bool:
    return _steers(window) or _shapes(window)


def _holder(window: MainWindow) -> Capability | None:
    return window.desk.steering.holder if window.desk is not None else None


def _preset(preset: Preset) -> Action:
    def is_so(window: MainWindow) -> bool:
        holder = _holder(window)
        return holder is not None and all(getattr(holder, key) == value for key, value in preset.values.items())

    return Action(
        f"arrange.{preset.name}",
        preset.label,
        "Box",
        lambda window: window.map_desk.steering.arrange(preset),
        enabled=_frees if preset is PRESETS[0] else _steers,
        checked=is_so,
        group="arrange",
        submenu=ARRANGE,
        hint=preset.hint,
    )


def _shape(shape: Shape) -> Action:
    return Action(
        f"arrange.{shape.name}",
        shape.label,
        "Box",
        lambda window: window.map_desk.steering.shape(shape),
        enabled=_shapes,
        group="arrange",
        submenu=ARRANGE,
        hint=f"{shape.hint}; without a selection the whole map",
    )


def _order(order_by: str, label: str) -> Action:
    def is_so(window: MainWindow) -> bool:
        holder = _holder(window)
        return holder is not None and holder.order_by == order_by

    return Action(
        f"order.{order_by.removeprefix('-') or 'map'}",
        label,
        "Box",
        lambda window: window.map_desk.steering.order(order_by),
        enabled=_steers,
        checked=is_so,
        group="arrange",
        submenu=ORDER,
        hint="Kept in this order whatever changes; map order stays stored",
    )


def _place(area: str | None, label: str) -> Action:
    def is_so(window: MainWindow) -> bool:
        if window.desk is None or window.desk.workspace.current is None:
            return False
        shown = window.desk.workspace
        return shown.map.capability(shown.current).area == area

    return Action(
        f"place.{area or 'free'}",
        label,
        "Box",
        lambda window: window.map_desk.steering.place(area),
        enabled=chosen_editable,
        checked=is_so,
        group="arrange",
        submenu=PLACE,
        hint="The selected boxes, in the box around them or on the map",
    )


ARRANGE_ACTIONS = (
    *(_preset(preset) for preset in PRESETS),
    *(_shape(shape) for shape in SHAPES),
    *(_order(order_by, label) for order_by, label in _ORDERS),
    *(_place(area, label) for area, label in AREA_LABELS.items()),
    _place(None, "Anywhere"),
    Action(
        "arrange.more_columns",
        "One column more",
        "Box",
        lambda window: window.map_desk.steering.widen(1),
        keys=("Ctrl+Shift+Right",),
        where="map",
        enabled=_steers,
        group="arrange",
    ),
    Action(
        "arrange.fewer_columns",
        "One column fewer",
        "Box",
        lambda window: window.map_desk.steering.widen(-1),
        keys=("Ctrl+Shift+Left",),
        where="map",
        enabled=_steers,
        group="arrange",
    ),
    Action(
        "arrange.turn",
        "Fill columns, not rows",
        "Box",
        lambda window: window.map_desk.steering.turn(),
        enabled=_steers,
        checked=lambda window: (holder := _holder(window)) is not None and holder.direction == "columns",
        group="arrange",
        hint="The boxes inside run downwards, then to the right",
    ),
    Action(
        "arrange.equal",
        "Boxes inside of equal size",
        "Box",
        lambda window: window.map_desk.steering.make_equal(),
        enabled=_steers,
        checked=lambda window: (holder := _holder(window)) is not None and bool(holder.equal),
        group="arrange",
    ),
    Action(
        "arrange.tidy",
        "Tidy this box",
        "Box",
        lambda window: window.map_desk.tidying.propose(window.map_desk.workspace.current),
        keys=("Ctrl+T",),
        enabled=lambda window: window.desk is not None and _can_tidy(window),
        icon="layout-grid",
        group="arrange",
        context=True,
        hint="Arrange the boxes inside anew, once you have seen what would move",
    ),
)


def _can_tidy(window: MainWindow) -> bool:
    shown = window.map_desk.workspace
    return shown.current is not None and shown.map.has_children(shown.current)
