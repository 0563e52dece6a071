"""Measured: from what a rule wants to know of capabilities to a measure that can be taken on one map."""

from __future__ import annotations

import datetime as dt

from capmap.analysis.fieldmeasures import of_field, of_gap
from capmap.analysis.linkedmeasures import linked
from capmap.analysis.measures import Measured
from capmap.analysis.reckonedmeasures import answered, costing
from capmap.model.lensrules import Measure
from capmap.model.map import Map


def measured(measure: Measure, current: Map, on: dt.date) -> Measured:
    """A measure ready to be taken on this map, as of a day. Raises RuleRefused with one sentence where the map has
    no such thing, and UsageError where a question says so.
    """
    if measure.of == "field":
        return of_field(measure, current)
    if measure.of == "gap":
        return of_gap(measure, current)
    if measure.of == "linked":
        return linked(measure, current, on)
    return costing(measure, current, on) if measure.of == "cost" else answered(measure, current, on)
