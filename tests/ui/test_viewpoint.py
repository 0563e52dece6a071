"""Viewpoints: what stands where, and what stays there."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from capmap.ui.canvas.viewpoint import LARGEST_FIT, LARGEST_SCALE, SMALLEST_SCALE, Viewpoint, fitting

scales = st.floats(SMALLEST_SCALE, LARGEST_SCALE)
places = st.floats(-3000, 3000)
views = st.builds(Viewpoint, scales, places, places)


@given(views, scales, places, places)
def test_zooming_keeps_the_point_under_the_pointer(view: Viewpoint, scale: float, x: float, y: float) -> None:
    pointer = QPointF(x, y)
    before = view.to_map(pointer)
    after = view.zoomed(scale, pointer).to_map(pointer)
    assert after == pytest.approx(before, abs=1e-4, rel=1e-6)


@given(views, scales, places, places, st.floats(0, 1))
def test_the_way_of_a_zoom_keeps_that_point_too(
    view: Viewpoint, scale: float, x: float, y: float, share: float
) -> None:
    pointer = QPointF(x, y)
    passing = view.between(view.zoomed(scale, pointer), share)
    there = passing.to_widget(*view.to_map(pointer))
    assert math.hypot(there.x() - x, there.y() - y) < 0.5


@given(views, views)
def test_a_way_begins_here_and_ends_there(start: Viewpoint, goal: Viewpoint) -> None:
    assert start.between(goal, 1.0).scale == pytest.approx(goal.scale)
    assert start.between(goal, 1.0).x == pytest.approx(goal.x, abs=1e-3)
    assert start.between(goal, 0.0).y == pytest.approx(start.y, abs=1e-3)


def test_zoom_stops_at_its_limits() -> None:
    assert Viewpoint().zoomed(1000, QPointF()).scale == LARGEST_SCALE
    assert Viewpoint().zoomed(0.0, QPointF()).scale == SMALLEST_SCALE


def test_a_wide_map_fits_by_its_width_and_stands_in_the_middle() -> None:
    view = fitting((0, 0, 2000, 500), QRectF(10, 20, 1000, 600))
    assert view.scale == 0.5
    assert view.rect((0, 0, 2000, 500)) == QRectF(10, 195, 1000, 250)


def test_a_small_map_is_not_blown_up() -> None:
    assert fitting((0, 0, 20, 20), QRectF(0, 0, 1000, 600)).scale == LARGEST_FIT


@given(views)
def test_some_of_the_map_stays_in_sight(view: Viewpoint) -> None:
    widget = QRectF(0, 0, 800, 600)
    kept = view.kept_in_sight(QSizeF(500, 400), widget)
    seen = kept.rect((0, 0, 500, 400)).intersected(widget)
    assert seen.width() >= min(64, 500 * kept.scale) - 0.01
    assert seen.height() >= min(64, 400 * kept.scale) - 0.01


def test_a_view_snaps_to_device_pixels() -> None:
    view = Viewpoint(1.0, 10.3, -4.9).snapped(1.25)
    assert (view.x * 1.25).is_integer()
    assert (view.y * 1.25).is_integer()
    assert abs(view.x - 10.3) <= 0.4
