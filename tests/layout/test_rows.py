"""Rows are the best ones there are, checked against trying them all."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.layout.curves import Curve, Shape, beside, best, common, levels, place_for_height, place_for_width
from capmap.layout.rows import (
    MOST_UNEVEN,
    Rows,
    Shelves,
    columned,
    counts_by_columns,
    even_choices,
    even_counts,
    fixed,
    grids,
)

GAP = 5.0


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    count = draw(st.integers(1, 4))
    size = st.integers(10, 200).map(float)
    widths = sorted(draw(st.lists(size, min_size=count, max_size=count, unique=True)))
    heights = sorted(draw(st.lists(size, min_size=count, max_size=count, unique=True)), reverse=True)
    return Curve(widths, heights)


CURVES = st.lists(curves(), min_size=1, max_size=6)


def sizes(curve: Curve) -> list[tuple[float, float]]:
    return list(zip(curve.widths, curve.heights, strict=True))


def breaks(count: int) -> Iterator[tuple[int, ...]]:
    """All ways to break a sequence into rows."""
    for rows in range(1, count + 1):
        for cuts in itertools.combinations(range(1, count), rows - 1):
            yield tuple(end - start for start, end in itertools.pairwise((0, *cuts, count)))


def row_height(row: Sequence[Curve], width: float) -> float | None:
    """The least height of a row of this width, by trying every height."""
    fitting = [
        height
        for height in {height for curve in row for height in curve.heights}
        if all(curve.heights[-1] <= height for curve in row)
        and sum(curve.widths[place_for_height(curve, height)] for curve in row) + GAP * (len(row) - 1) <= width
    ]
    return min(fitting, default=None)


@given(curves(), curves())
def test_beside_has_every_useful_size_of_two_boxes(left: Curve, right: Curve) -> None:
    row = beside(left, right, GAP)
    assert row.widths == sorted(row.widths)
    assert row.heights == sorted(row.heights, reverse=True)
    for (one, high), (other, tall) in itertools.product(sizes(left), sizes(right)):
        place = place_for_width(row, one + GAP + other)
        assert place >= 0
        assert row.heights[place] <= max(high, tall)


@given(CURVES)
def test_common_is_the_least_cell_that_holds_each_box(boxes: list[Curve]) -> None:
    cell = common(levels(boxes))
    for width, height in sizes(cell):
        assert all(any(w <= width and h <= height for w, h in sizes(curve)) for curve in boxes)
        assert any(curve.widths[place_for_height(curve, height)] == width for curve in boxes)


@given(CURVES, st.integers(40, 900).map(float))
def test_no_other_rows_need_less_height(boxes: list[Curve], width: float) -> None:
    if max(curve.widths[0] for curve in boxes) > width:
        return
    counts, heights, used = Rows(boxes, GAP, width).broken(width)
    assert sum(counts) == len(boxes)
    assert used <= width
    ends = [0, *itertools.accumulate(counts)]
    rows = [boxes[start:end] for start, end in itertools.pairwise(ends)]
    assert [row_height(row, width) for row in rows] == list(heights)
    for other in breaks(len(boxes)):
        ends = [0, *itertools.accumulate(other)]
        highs = [row_height(boxes[start:end], width) for start, end in itertools.pairwise(ends)]
        if None not in highs:
            # Rows that are quite empty may cost a quarter more than their height.
            least = sum(high for high in highs if high) + GAP * (len(highs) - 1)
            assert sum(heights) + GAP * (len(heights) - 1) <= 1.25 * least + 1e-6


@given(st.lists(curves(), min_size=20, max_size=50), st.integers(400, 2000).map(float))
@settings(max_examples=25)
def test_shelves_of_a_crowd_fit_and_come_near_the_best(boxes: list[Curve], width: float) -> None:
    counts, heights, used = Shelves(boxes, GAP).broken(width)
    assert sum(counts) == len(boxes)
    assert used <= width + 1e-3
    start = 0
    for count, height in zip(counts, heights, strict=True):
        row = boxes[start : start + count]
        assert sum(curve.widths[place_for_height(curve, height)] + GAP for curve in row) - GAP <= width + 1e-3
        start += count
    best_heights = Rows(boxes, GAP, width).broken(width)[1]
    assert sum(heights) + GAP * len(heights) <= 1.6 * (sum(best_heights) + GAP * len(best_heights))


def test_a_shelf_is_as_wide_as_the_widest_box_on_it() -> None:
    """A box that is narrow only when it is very high stands on the highest shelf wider than the width asked for."""
    boxes = [Curve([50.0, 300.0], [900.0, 40.0]), *[Curve([60.0], [40.0])] * 60]
    counts, _, used = Shelves(boxes, GAP).broken(70.0)
    assert sum(counts) == 61
    assert used == 300.0


@given(st.integers(1, 200), st.floats(0.2, 8))
def test_rows_of_like_boxes_are_of_like_length(boxes: int, proportion: float) -> None:
    choices = even_choices(boxes, Curve([100.0], [50.0]), GAP, (proportion / 2, proportion * 2))
    assert choices
    for counts in choices:
        assert sum(counts) == boxes
        assert sorted(counts, reverse=True) == list(counts)
        assert counts[0] - counts[-1] <= 1
        assert counts[0] <= MOST_UNEVEN * counts[-1]


def test_counts() -> None:
    assert even_counts(5, 2) == (3, 2)
    assert counts_by_columns(7, 3) == (3, 3, 1)
    assert counts_by_columns(2, 5) == (2,)


def test_two_and_one_is_never_a_way_for_three() -> None:
    assert even_choices(3, Curve([100.0], [50.0]), GAP, (0.2, 8.0)) == [(3,), (1, 1, 1)]


def test_a_grid_gives_every_box_the_same_cell() -> None:
    (shape,) = grids(Curve([100.0], [40.0]), [(3, 2)], GAP)
    assert (shape.width, shape.height) == (3 * 100 + 2 * GAP, 2 * 40 + GAP)


def test_columns_are_as_wide_as_their_widest_leaf() -> None:
    boxes = [Curve([width], [40.0]) for width in (50.0, 80.0, 60.0, 30.0)]
    (shape,) = columned(boxes, levels(boxes), [(2, 2)], GAP)
    assert shape.width == 60 + 80 + GAP
    (uneven,) = columned(boxes, levels(boxes), [(3, 1)], GAP)
    assert uneven.width == 50 + 80 + 60 + 2 * GAP
    five = [*boxes, Curve([70.0], [40.0])]
    (aligned,) = columned(five, levels(five), [(2, 2, 1)], GAP, aligned=True)
    assert aligned.width == 70 + 80 + GAP


def test_given_rows_are_kept() -> None:
    boxes = [Curve([50.0, 100.0], [60.0, 20.0]) for _ in range(3)]
    shapes = fixed(boxes, (2, 1), GAP, 8)
    assert {shape.counts for shape in shapes} == {(2, 1)}
    assert (min(shape.width for shape in shapes), min(shape.height for shape in shapes)) == (105.0, 45.0)


def test_best_keeps_only_shapes_that_nothing_undercuts() -> None:
    shapes = [Shape(10, 20), Shape(20, 10), Shape(20, 20), Shape(11, 19.5)]
    assert best(shapes, 8, (0.1, 10)) == [Shape(10, 20), Shape(11, 19.5), Shape(20, 10)]
    assert len(best([Shape(width, 1000 / width) for width in range(10, 100)], 5, (0.01, 100))) <= 5
    assert best([Shape(1000, 1)], 8, (0.5, 2)) == [Shape(1000, 1)]


@pytest.mark.parametrize("window", [(0.5, 2.0), (2.0, 4.0)])
def test_best_prefers_the_window(window: tuple[float, float]) -> None:
    shapes = [Shape(float(width), 10_000.0 / width) for width in range(20, 500, 5)]
    assert all(window[0] <= shape.width / shape.height <= window[1] for shape in best(shapes, 8, window))
