"""Layouts: every way in which rows tell their tree, and what is said where they do not tell it well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lists import boxes, outline, read_bytes, values

from capmap.errors import InputError
from capmap.exchange.boxes import Reading

SHOP = "Sell\n  Offer\n    Price\n  Deliver\nBuy"
SAME_TREE = {
    "by id and parent id": "id,name,parent_id\n1,Sell,\n2,Offer,1\n3,Price,2\n4,Deliver,1\n5,Buy,\n",
    "parents after their children": "id,name,parent_id\n1,Sell,\n2,Offer,1\n4,Deliver,1\n5,Buy,\n3,Price,2\n",
    "by parent name": "name;parent\nSell;\nOffer;Sell\nPrice;Offer\nDeliver;Sell\nBuy;\n",
    "by parent code": "code,name,parent\nS,Sell,\nO,Offer,S\nP,Price,O\nD,Deliver,S\nB,Buy,\n",
    "by the parent's path": "relToParent,name,displayName\n,Sell,Sell\nSell,Offer,Sell / Offer\n"
    "Sell / Offer,Price,Sell / Offer / Price\nSell,Deliver,Sell / Deliver\n,Buy,Buy\n",
    "roots that are their own parents": "id,name,parent\n1,Sell,1\n2,Offer,1\n3,Price,2\n4,Deliver,1\n5,Buy,5\n",
    "by children ids": "id,name,children\n1,Sell,2;4\n2,Offer,3\n3,Price,\n4,Deliver,\n5,Buy,\n",
    "one column a level, filled": "L1,L2,L3\nSell,Offer,Price\nSell,Deliver,\nBuy,,\n",
    "one column a level, sparse": "Level 1;Level 2;Level 3\nSell;;\n;Offer;\n;;Price\n;Deliver;\nBuy;;\n",
    "levels and a name": "Domain L1,Domain L2,Name\nSell,Offer,Price\nSell,,Deliver\nBuy,,Buy\n",
    "by paths": "Path\nSell\nSell / Offer\nSell / Offer / Price\nSell / Deliver\nBuy\n",
    "by paths with two colons, some only named": "path\nSell::Offer::Price\nSell::Deliver\nBuy\n",
    "by the paths of parents": "Name,Hierarchy\nSell,\nOffer,Sell\nPrice,Sell > Offer\nDeliver,Sell\nBuy,\n",
    "paths in the names": "name\nSell\nSell | Offer\nSell | Offer | Price\nSell | Deliver\nBuy\n",
    "by outline numbers": "Hierarchy ID,Name\n1.0,Sell\n1.1,Offer\n1.1.1,Price\n1.2,Deliver\n2.0,Buy\n",
    "by codes": "Code,Name\nA1,Sell\nA1.1,Offer\nA1.1.1,Price\nA1.2,Deliver\nB1,Buy\n",
    "by ids that are codes": "id,name\nBC-1,Sell\nBC-1.1,Offer\nBC-1.1.1,Price\nBC-1.2,Deliver\nBC-2,Buy\n",
    "by level numbers": "level,name\nL1,Sell\nL2,Offer\nL3,Price\nL2,Deliver\nL1,Buy\n",
    "by indented names": "name,owner\nSell,Ann\n  Offer,Bob\n    Price,\n  Deliver,\nBuy,Ann\n",
    "by order among siblings": "id,name,parent,order\n5,Buy,,2\n4,Deliver,1,2\n2,Offer,1,1\n3,Price,2,1\n1,Sell,,1\n",
}


@pytest.mark.parametrize("layout", SAME_TREE)
def test_the_same_tree_comes_of_every_layout(layout: str) -> None:
    assert outline(read_bytes(SAME_TREE[layout])) == SHOP


def as_json(value: Any) -> Reading:
    return read_bytes(json.dumps(value), ".json")


NESTED_JSON: dict[str, Any] = {
    "nested": [
        {"name": "Sell", "children": [{"name": "Offer", "children": [{"name": "Price"}]}, {"name": "Deliver"}]},
        {"name": "Buy"},
    ],
    "under words of their own": [
        {"titel": "Sell", "teile": [{"titel": "Offer", "teile": [{"titel": "Price"}]}, {"titel": "Deliver"}]},
        {"titel": "Buy", "teile": []},
    ],
    "wrapped twice": {
        "title": "Shop",
        "data": {
            "capabilities": [
                {"id": 1, "name": "Sell"},
                {"id": 2, "name": "Offer", "parent": 1},
                {"id": 3, "name": "Price", "parent": 2},
                {"id": 4, "name": "Deliver", "parent": 1},
                {"id": 5, "name": "Buy", "parent": None},
            ]
        },
    },
    "names as keys": {"Sell": {"Offer": ["Price"], "Deliver": None}, "Buy": {}},
    "ids as keys": {
        "c1": {"name": "Sell", "children": ["c2", "c4"]},
        "c2": {"name": "Offer", "children": ["c3"]},
        "c3": {"name": "Price"},
        "c4": {"name": "Deliver"},
        "c5": {"name": "Buy"},
    },
    "children by name": [
        {"name": "Sell", "children": ["Offer", "Deliver"]},
        {"name": "Offer", "children": ["Price"]},
        {"name": "Price"},
        {"name": "Deliver"},
        {"name": "Buy"},
    ],
}


@pytest.mark.parametrize("layout", NESTED_JSON)
def test_the_same_tree_comes_of_every_kind_of_json(layout: str) -> None:
    assert outline(as_json(NESTED_JSON[layout])) == SHOP


def test_links_to_other_things_are_no_children() -> None:
    reading = as_json([{"name": "Sell", "applications": [{"name": "Shop", "cost": 3}], "owner": {"name": "Ann"}}])
    assert outline(reading) == "Sell"
    assert values(reading, "owner") == {"Sell": "Ann"}
    assert list(boxes(reading)["Sell"].values["extra"].values()) == ["Shop"]


def test_several_parents_in_one_cell_make_references() -> None:
    told = "Sell\n  Care\nServe\n  → Care"
    assert outline(read_bytes("id,name,parents\n1,Sell,\n2,Serve,\n3,Care,1;2\n".replace("parents", "parent"))) == told
    assert (
        outline(as_json([{"name": "Sell"}, {"name": "Serve"}, {"name": "Care", "parent": ["Sell", "Serve"]}])) == told
    )


def test_a_column_says_which_rows_are_references() -> None:
    reading = read_bytes("code,name,alias of\n1,Sell,\n1.1,Care,\n2,Serve,\n2.1,Care,1.1\n")
    assert outline(reading) == "Sell\n  Care\nServe\n  → Care"


def test_a_name_that_stands_twice_means_the_row_above() -> None:
    text = "name,parent\nEast,\nSales,East\nDeals,Sales\nWest,\nSales,West\nLeads,Sales\n"
    assert outline(read_bytes(text)) == "East\n  Sales\n    Deals\nWest\n  Sales\n    Leads"


def test_a_parent_without_a_row_of_its_own_is_made() -> None:
    reading = read_bytes("name,parent\nOffer,Sell\nDeliver,Sell\n")
    assert outline(reading) == "Sell\n  Offer\n  Deliver"
    assert reading.notices == ("“Sell” has no row of its own; a box was made for it.",)


def test_a_parent_id_that_is_nowhere_is_told() -> None:
    reading = read_bytes("id,name,parent\n1,Sell,\n2,Offer,1\n3,Stray,77\n")
    assert outline(reading) == "Sell\n  Offer\nStray"
    assert reading.notices == ("row 4: the parent “77” is not in the list, so the box stands at the top level.",)


def test_gaps_in_outline_numbers_are_told() -> None:
    reading = read_bytes("number,name\n1,Sell\n1.1,Offer\n1.1.1,Price\n1.3.1,Call\n")
    assert outline(reading) == "Sell\n  Offer\n    Price\n  Call"
    assert reading.notices == ("row 5: there is no 1.3; the box stands in the nearest one above.",)


def test_a_ten_that_a_spreadsheet_cut_to_a_one_is_mended() -> None:
    rows = "".join(f"1.{n},box {n}\n" for n in range(1, 10)) + "1.1,box 10\n1.11,box 11\n"
    reading = read_bytes(f"number,name\n1,Sell\n{rows}")
    assert reading.levels == (1, 11)
    assert values(reading, "code")["box 10"] == "1.10"
    assert reading.notices == ("the outline number 1.1 came a second time, after 1.9; read as 1.10.",)


def test_an_outline_number_that_stands_twice_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"list.csv, row 4: the outline number 1.1 stands twice; give “Deliver” its own"
    ):
        read_bytes("number,name\n1,Sell\n1.1,Offer\n1.1,Deliver\n")


def test_rows_without_a_name_are_left_out_and_told() -> None:
    reading = read_bytes("name,owner\nSell,Ann\n,Bob\n\n,Eve\nBuy,\n")
    assert outline(reading) == "Sell\nBuy"
    assert reading.notices == ("row 3, row 5: there is no name, so the row was left out.",)


def test_a_row_that_repeats_a_path_is_read_once() -> None:
    reading = read_bytes("L1,L2,Application\nSell,Offer,Shop\nSell,Offer,Till\n")
    assert outline(reading) == "Sell\n  Offer"
    assert reading.notices == ("row 3: the box is on a row before already; only its first row was read.",)


def test_the_same_row_twice_is_one_box() -> None:
    reading = read_bytes("id,name,parent\n1,Sell,\n2,Offer,1\n2,Offer,1\n")
    assert outline(reading) == "Sell\n  Offer"
    assert reading.notices == ("row 4: the box stands in the same place twice and was read once.",)


def test_a_box_in_itself_is_refused() -> None:
    with pytest.raises(InputError, match=r"list.json, element 1: “Sell” stands inside itself; give it another parent"):
        as_json([{"id": 1, "name": "Sell", "children": [1]}])


def test_references_that_go_round_stay_boxes() -> None:
    assert read_bytes("name,alias of\nA,B\nB,A\nC,\n").count == 3


def test_a_name_that_is_too_long_is_cut_and_kept_in_the_description() -> None:
    reading = read_bytes(f"name,description\n{'long ' * 60},words\n")
    (box,) = reading.boxes
    assert len(box.name) <= 200
    assert box.name.endswith("…")
    assert box.values["description"] == ("long " * 60).strip() + "\n\nwords"
    assert len(reading.notices) == 1
