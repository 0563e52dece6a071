"""Difference: what a list would add, change and move in a map; the same spreadsheet can come back ten times."""

from __future__ import annotations

import pytest
from lists import map_outline, read_bytes

from capmap.errors import InputError
from capmap.exchange.boxes import Reading
from capmap.exchange.difference import Difference, difference, map_of, paste, to_change
from capmap.exchange.formats import read_text, writer_for
from capmap.model import edits, rules
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability

LIST = "id,name,parent,maturity,owner\n1,Sell,,3,Ann\n2,Offer,1,2,\n3,Deliver,1,,Bob\n4,Buy,,4,\n"


def shop() -> Map:
    return map_of(read_bytes(LIST))


def called(current: Map, name: str) -> Capability:
    (found,) = [box for box in current.capabilities if box.name == name and not box.alias_of]
    return found


def brought(current: Map, reading: Reading) -> Difference:
    """Bring the reading in; the map stays sound and a second time nothing is left to do."""
    found = difference(current, reading)
    current.apply(found.change)
    assert rules.check(current) == []
    assert difference(current, reading).change.is_empty
    return found


def test_a_new_map_has_everything_in_one_change() -> None:
    current = Map()
    found = brought(current, read_bytes(LIST))
    assert map_outline(current) == "Sell\n  Offer\n  Deliver\nBuy"
    assert found.sentence == "4 added, 0 changed, 0 moved, 0 as before."
    assert found.change.text == "Import list.csv"
    assert called(current, "Deliver").external == "3"
    current.apply(found.change.inverse())
    assert len(current) == 0


def test_values_names_and_places_follow_the_list_by_its_ids() -> None:
    current = shop()
    found = brought(current, read_bytes(LIST.replace("Offer,1,2,", "Quote,4,5,Eve")))
    assert map_outline(current) == "Sell\n  Deliver\nBuy\n  Quote"
    assert (len(found.added), len(found.changed), len(found.moved), found.same) == (0, 1, 1, 3)
    before, after = found.changed[0]
    assert (before.name, before.maturity, after.name, after.maturity, after.owner) == ("Offer", 2, "Quote", 5, "Eve")
    assert before.id == after.id


def test_an_empty_cell_changes_nothing_and_nothing_is_removed() -> None:
    current = shop()
    found = brought(current, read_bytes("id,name,parent,maturity\n1,Sell,,\n"))
    assert found.change.is_empty
    assert called(current, "Sell").maturity == 3
    assert current.count(Capability) == 4


def test_what_was_entered_in_the_map_stays() -> None:
    current = shop()
    current.apply(edits.put(current, called(current, "Offer").id, description="by hand", target=5))
    current.apply(edits.add(current, "Advise", called(current, "Sell").id, position=1))
    current.apply(edits.move(current, [called(current, "Buy").id], None, 0))
    found = brought(current, read_bytes(LIST))
    assert found.change.is_empty
    assert map_outline(current) == "Buy\nSell\n  Offer\n  Advise\n  Deliver"


def test_new_boxes_come_behind_the_sibling_that_they_follow() -> None:
    current = shop()
    text = LIST.replace("3,Deliver", "7,Price,1,,\n3,Deliver").replace("1,Sell", "6,Plan,,,\n1,Sell") + "8,Hire,,,\n"
    brought(current, read_bytes(text))
    assert map_outline(current) == "Plan\nSell\n  Offer\n  Price\n  Deliver\nBuy\nHire"


def test_codes_match_where_there_are_no_ids() -> None:
    current = map_of(read_bytes("code,name\nA1,Sell\nA1.1,Offer\nB1,Buy\n"))
    found = brought(current, read_bytes("code,name,maturity\nA1,Selling,4\nA1.1,Offer,2\nB1,Buy,\n"))
    assert (len(found.added), len(found.changed)) == (0, 2)
    assert called(current, "Selling").maturity == 4


def test_paths_of_names_match_where_there_is_neither() -> None:
    current = map_of(read_text("Sell\n\tCare\nServe\n\tCare"))
    found = brought(current, read_bytes("path,maturity\nServe / care,4\nServe / Repair,2\n"))
    assert [box.name for box in found.added] == ["Repair"]
    second = current.children(current.child_ids(None)[1])[0]
    assert (second.name, second.maturity) == ("care", 4)


def test_a_mere_list_of_names_scores_boxes_wherever_they_stand() -> None:
    current = map_of(read_text("Sell\n\tOffer\n\t\tPrice\nBuy"))
    found = brought(current, read_bytes("name,maturity\nPrice,4\nBuy,2\n"))
    assert (len(found.added), len(found.changed), len(found.moved)) == (0, 2, 0)
    assert called(current, "Price").maturity == 4


def test_a_list_of_one_branch_does_not_move_it_to_the_top() -> None:
    current = shop()
    current.apply(edits.add(current, "Shop"))
    current.apply(edits.move(current, [called(current, "Sell").id], called(current, "Shop").id))
    brought(current, read_bytes("id,name,parent,maturity\n1,Sell,,5\n2,Offer,1,\n"))
    assert map_outline(current) == "Buy\nShop\n  Sell\n    Offer\n    Deliver"
    # A list that knows the box around it and names no parent says that it stands at the top.
    shop_id = called(current, "Shop").id
    brought(current, read_bytes(f"id,name,parent\n{shop_id},Shop,\n1,Sell,\n2,Offer,1\n"))
    assert map_outline(current) == "Buy\nShop\nSell\n  Offer\n  Deliver"


def test_parents_and_children_can_change_places() -> None:
    current = map_of(read_bytes("id,name,parent\n1,Sell,\n2,Offer,1\n3,Price,2\n"))
    found = brought(current, read_bytes("id,name,parent\n1,Sell,2\n2,Offer,3\n3,Price,\n"))
    assert map_outline(current) == "Price\n  Offer\n    Sell"
    assert len(found.moved) == 3


def test_a_move_that_would_put_a_box_inside_itself_is_left_out_and_told() -> None:
    current = map_of(read_bytes("id,name,parent\n1,Sell,\n9,Middle,1\n2,Offer,9\n"))
    found = difference(current, read_bytes("id,name,parent\n2,Offer,\n1,Sell,2\n"))
    assert found.notices == ("“Sell” was not moved, because it would stand inside itself.",)
    assert found.change.is_empty


def test_own_attributes_are_found_again_by_name() -> None:
    current = map_of(read_bytes("id,name,Cost\n1,Sell,10\n2,Buy,20\n"))
    brought(current, read_bytes("id,name,cost,Colour\n1,Sell,15,red\n2,Buy,,\n"))
    attributes = {attribute.name: attribute for attribute in current.all(Attribute)}
    assert set(attributes) == {"Cost", "Colour"}
    assert called(current, "Sell").extra == {attributes["Cost"].id: 15, attributes["Colour"].id: "red"}
    assert called(current, "Buy").extra == {attributes["Cost"].id: 20}


def test_a_value_that_does_not_fit_the_attribute_of_the_map_is_told() -> None:
    current = map_of(read_bytes("id,name,Cost\n1,Sell,10\n2,Buy,20\n"))
    found = difference(current, read_bytes("id,name,Cost\n1,Sell,cheap\n2,Buy,30\n"))
    assert found.notices == ("row 2: “cheap” is not a number, which Cost holds; left out.",)
    assert len(found.changed) == 1


def test_a_choice_gains_new_words() -> None:
    rows = "".join(f"{n},box {n},{'red' if n % 2 else 'green'}\n" for n in range(8))
    current = map_of(read_bytes(f"id,name,Light\n{rows}"))
    brought(current, read_bytes(f"id,name,Light\n{rows.replace('7,box 7,red', '7,box 7,blue')}"))
    (attribute,) = current.all(Attribute)
    assert attribute.choices == ("green", "red", "blue")


def test_a_csv_goes_out_and_comes_back_edited(small_map: Map) -> None:
    writer = writer_for(".csv")
    assert writer is not None
    text = writer(small_map).decode("utf-8-sig")
    assert brought(small_map, read_bytes(text)).change.is_empty
    names = map_outline(small_map)
    found = brought(small_map, read_bytes(text.replace("Pay suppliers,", "Pay the suppliers,")))
    assert [after.name for _, after in found.changed] == ["Pay the suppliers"]
    assert map_outline(small_map) == names.replace("Pay suppliers", "Pay the suppliers")
    assert called(small_map, "Pay the suppliers").external == ""


def test_a_reference_stays_one_reference() -> None:
    text = "id,name,parent\n1,East,\n2,West,\n3,Care,1\n3,Care,2\n"
    current = map_of(read_bytes(text))
    brought(current, read_bytes(text))
    assert map_outline(current) == "East\n  Care\nWest\n  → Care"
    # A format without references names it like a box, and it stays what it is.
    brought(current, read_text("East\n\tCare\nWest\n\tCare\n\tGrow"))
    assert map_outline(current) == "East\n  Care\nWest\n  → Care\n  Grow"


def test_an_import_can_go_into_one_box() -> None:
    current = shop()
    buy = called(current, "Buy").id
    current.apply(to_change(current, read_text("Order\n\tCall\nStore"), into=buy))
    assert map_outline(current) == "Sell\n  Offer\n  Deliver\nBuy\n  Order\n    Call\n  Store"
    assert to_change(current, read_text("Order\n\tCall\nStore"), into=buy).is_empty


def test_a_paste_always_adds_at_its_place() -> None:
    current = shop()
    sell = called(current, "Sell").id
    change = paste(current, read_text("Offer\n\tPrice"), sell, 1)
    assert change.text == "Add 2 capabilities"
    current.apply(change)
    assert map_outline(current) == "Sell\n  Offer\n  Offer\n    Price\n  Deliver\nBuy"
    current.apply(paste(current, read_text("Hire")))
    assert map_outline(current).endswith("Buy\nHire")
    assert rules.check(current) == []


def test_a_map_that_would_be_too_deep_is_refused() -> None:
    current = Map()
    into: str | None = None
    for level in range(60):
        change = edits.add(current, f"level {level}", into)
        current.apply(change)
        into = next(iter(change.after))
    with pytest.raises(InputError, match="pasted text: with it the map would have more than 64 levels"):
        paste(current, read_text("\n".join("\t" * level + "x" for level in range(5))), into)


def test_ten_thousand_boxes_come_in_as_one_change_and_again_as_none() -> None:
    rows = "".join(f"C{n},Capability {n},{'C' + str(n // 8) if n else ''},{n % 5 + 1}\n" for n in range(10_000))
    reading = read_bytes(f"id,name,parent,maturity\n{rows}")
    current = map_of(reading)
    assert difference(current, reading).change.is_empty
    assert current.count(Capability) == 10_000
