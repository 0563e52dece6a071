"""Steering sets several fields of one or several boxes in one step, and takes nothing that it need not."""

from __future__ import annotations

import pytest

from capmap.errors import EditError
from capmap.model import edits, steering
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.model.steering import ONE_ROW, PRESETS, SHAPES, parts_of

BY_NAME = {preset.name: preset for preset in PRESETS}
SHAPE = {shape.name: shape for shape in SHAPES}


def firm(**categories: str) -> Map:
    """Five areas with two boxes in each, which have the category given for the area."""
    tops = ("Strategy", "Sell", "Make", "Serve", "Finance")
    records = []
    for place, name in enumerate(tops):
        records.append(Capability(id=name, name=name, position=place))
        for number in range(2):
            inside = Capability(
                id=f"{name} {number}",
                name=f"{name} {number}",
                parent=name,
                position=number,
                category=categories.get(name),
            )
            records.append(inside)
    return Map(records)


def done(current: Map, change: object) -> Map:
    current.apply(change)  # type: ignore[arg-type]
    return current


def areas(current: Map) -> list[str | None]:
    return [box.area for box in current.children(None)]


def test_a_preset_sets_all_its_fields_in_one_step() -> None:
    current = firm()
    current.apply(edits.put(current, "Sell", equal=True, direction="columns"))
    change = steering.arrange_inside(current, ["Sell", "Make"], BY_NAME["one_row"])
    assert change.text == "Arrange 2 boxes: one row"
    current.apply(change)
    for name in ("Sell", "Make"):
        box = current.capability(name)
        assert (box.columns, box.direction, box.equal) == (ONE_ROW, None, None)
    current.apply(change.inverse())
    assert current.capability("Sell").equal


def test_a_preset_takes_boxes_out_of_their_areas() -> None:
    current = firm()
    current.apply(steering.place_in_area(current, ["Sell 0"], "top"))
    current.apply(steering.arrange_inside(current, ["Sell"], BY_NAME["grid"]))
    assert current.capability("Sell 0").area is None
    assert current.capability("Sell").equal


def test_a_box_and_the_box_around_it_are_arranged_together() -> None:
    current = firm()
    current.apply(edits.move(current, ["Make"], "Sell"))
    current.apply(steering.place_in_area(current, ["Make"], "left"))
    current.apply(steering.arrange_inside(current, ["Sell", "Make"], BY_NAME["one_column"]))
    assert (current.capability("Make").columns, current.capability("Make").area) == (1, None)


def test_leaves_cannot_be_arranged_inside() -> None:
    with pytest.raises(EditError, match="no boxes inside"):
        steering.arrange_inside(firm(), ["Sell 0"], BY_NAME["grid"])


def test_leaves_among_the_selected_are_left_alone() -> None:
    current = done(firm(), steering.arrange_inside(firm(), ["Sell 0", "Sell"], BY_NAME["two_columns"]))
    assert current.capability("Sell 0").columns is None


def test_layers_follow_the_categories_of_what_is_inside() -> None:
    current = firm(Strategy="supporting", Sell="core", Make="core", Serve="supporting", Finance="strategic")
    current.apply(steering.shape_inside(current, None, SHAPE["layers"]))
    assert areas(current) == ["bottom", "centre", "centre", "bottom", "top"]


def test_layers_follow_names_where_there_are_no_categories() -> None:
    current = done(firm(), steering.shape_inside(firm(), None, SHAPE["layers"]))
    assert areas(current) == ["top", "centre", "centre", "centre", "bottom"]


def test_where_nothing_tells_the_first_is_management_and_the_last_support() -> None:
    current = Map([Capability(id=name, name=name, position=place) for place, name in enumerate("abcd")])
    assert list(parts_of(current, current.children(None)).values()) == ["management", "core", "core", "support"]


def test_a_house_has_walls() -> None:
    current = done(firm(), steering.shape_inside(firm(), None, SHAPE["house"]))
    assert areas(current) == ["top", "left", "centre", "right", "bottom"]
    assert [box.columns for box in current.children(None)] == [None, 1, None, 1, None]


def test_a_value_chain_has_pillars_and_automatic_takes_them_away() -> None:
    current = firm()
    current.apply(steering.shape_inside(current, None, SHAPE["chain"]))
    assert [box.columns for box in current.children(None)] == [None, 1, 1, 1, None]
    current.apply(steering.shape_inside(current, None, SHAPE["layers"]))
    assert not any(box.columns for box in current.children(None))
    current.apply(steering.shape_inside(current, None, SHAPE["chain"]))
    change = steering.free_inside(current, None)
    current.apply(change)
    assert change.text == "Arrange the map: automatic"
    assert not any(box.columns or box.area for box in current.children(None))


def test_columns_that_somebody_chose_are_kept() -> None:
    current = firm()
    current.apply(steering.steer(current, ["Make"], columns=1))
    current.apply(steering.free_inside(current, None))
    assert current.capability("Make").columns == 1


def test_a_chain_inside_a_box_is_one_row_of_that_box() -> None:
    current = firm()
    current.apply(edits.add(current, "Sell 2", "Sell"))
    current.apply(steering.shape_inside(current, "Sell", SHAPE["chain"]))
    assert current.capability("Sell").columns == ONE_ROW
    assert [box.area for box in current.children("Sell")] == ["top", "centre", "bottom"]


def test_one_box_has_no_shape() -> None:
    current = Map([Capability(id="a", name="a")])
    with pytest.raises(EditError, match="two boxes"):
        steering.shape_inside(current, None, SHAPE["house"])


def test_an_order_keeps_the_map_order_stored() -> None:
    current = firm()
    before = current.child_ids("Sell")
    change = steering.order_inside(current, ["Sell"], "-importance")
    current.apply(change)
    assert change.text == "Order Sell by importance"
    assert current.child_ids("Sell") == before
    back = steering.order_inside(current, ["Sell"], "")
    assert back.text == "Order Sell as in the map"


def test_columns_stay_between_one_and_the_number_of_boxes() -> None:
    current = firm()
    current.apply(steering.set_columns(current, {"Sell": 7, "Make": 0}))
    assert [current.capability(name).columns for name in ("Sell", "Make")] == [2, 1]


def test_an_area_is_left_behind_by_a_move_into_another_box() -> None:
    current = firm()
    current.apply(steering.place_in_area(current, ["Sell 0", "Sell 1"], "top"))
    current.apply(edits.move(current, ["Sell 0"], "Make"))
    current.apply(edits.move(current, ["Sell 1"], "Sell", 0))
    current.apply(edits.copy(current, ["Sell 1"], "Make"))
    assert [box.area for box in current.children("Make")] == [None, None, None, None]
    assert current.capability("Sell 1").area == "top"


def test_a_box_dropped_beside_another_takes_its_area() -> None:
    current = firm()
    current.apply(steering.place_in_area(current, ["Make 0"], "left"))
    change = steering.move_beside(current, ["Sell 0"], "Make", 1, "left")
    current.apply(change)
    box = current.capability("Sell 0")
    assert (box.parent, box.position, box.area) == ("Make", 1, "left")
    assert change.text == "Move Sell 0 into Make"
    current.apply(steering.move_beside(current, ["Sell 0"], "Make", 1, None))
    assert current.capability("Sell 0").area is None
