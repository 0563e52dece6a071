"""Field measures: what a capability says of itself: a field, an own attribute, how much is linked, a gap of two."""

from __future__ import annotations

import datetime as dt

from capmap.analysis.measures import Measured, Reads
from capmap.model.lensrules import Measure, RuleRefused
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.model.traits import CENTS, Trait, traits_of


def of_field(measure: Measure, current: Map) -> Measured:
    """The value of a trait of the box. Raises RuleRefused."""
    return _of_trait(_trait(current, measure.field), current.settings.currency)


def of_gap(measure: Measure, current: Map) -> Measured:
    """What is wanted less what is reached. Raises RuleRefused."""
    return _gap(_trait(current, measure.field), _trait(current, measure.less), current)


def _trait(current: Map, name: str) -> Trait:
    trait = traits_of(current).get(name)
    if trait is None:
        what = "an attribute" if name.startswith("own:") else f"the field “{name}”"
        raise RuleRefused(f"This lens measures {what} that is no longer in the map.")
    return trait


def _of_trait(trait: Trait, currency: str) -> Measured:
    reads: Reads = "links" if trait.of_place or trait.type == "links" else "box"
    read, title = trait.read, trait.label
    fields = ("target", "maturity") if trait.name == "gap" else (trait.name,) if _plain(trait) else ()
    if trait.type == "links":
        return Measured(
            f"Number of {title if title[:2].isupper() else title.lower()}",
            "number",
            lambda current, box: len(read(current, box)),
            whole=True,
            reads=reads,
        )
    if trait.type == "number":
        own_money = trait.factor == CENTS
        return Measured(
            title,
            "number",
            read,
            "not assessed" if trait.is_score or trait.name == "gap" else "not said",
            unit="money" if own_money else "",
            currency=currency if own_money else "",
            whole=trait.is_score or trait.name in ("gap", "level", "columns"),
            is_score=trait.is_score,
            rises_to_bad=True
            if trait.name == "gap"
            else False
            if trait.is_score and trait.name != "importance"
            else None,
            reads=reads,
            fields=fields,
        )
    if trait.type == "date":
        return Measured(
            title, "date", lambda current, box: _ordinal(read(current, box)), "no date", reads=reads, fields=fields
        )
    if trait.type == "flag":
        return Measured(
            title,
            "words",
            lambda current, box: _yes_no(read(current, box)),
            "not said",
            choices=("yes", "no"),
            reads=reads,
            fields=fields,
        )
    label = title if title[:2].isupper() else title.lower()
    return Measured(
        title,
        "words",
        lambda current, box: read(current, box) or None,
        f"no {label}",
        choices=trait.choices,
        reads=reads,
        fields=fields,
    )


def _ordinal(date: dt.date | None) -> float | None:
    return None if date is None else date.toordinal()


def _yes_no(flag: bool | None) -> str | None:
    return None if flag is None else "yes" if flag else "no"


def _gap(wanted: Trait, reached: Trait, current: Map) -> Measured:
    """What is wanted less what is reached; nothing where one of the two is not known."""
    for trait in (wanted, reached):
        if trait.type != "number":
            raise RuleRefused(f"A gap needs two numbers; {trait.label} is none.")
    if wanted.factor != reached.factor:
        raise RuleRefused(f"{wanted.label} and {reached.label} are not counted in the same unit.")
    high, low = wanted.read, reached.read

    def value(current: Map, box: Capability) -> float | None:
        one, other = high(current, box), low(current, box)
        return None if one is None or other is None else one - other

    return Measured(
        f"{wanted.label} less {reached.label[:1].lower() + reached.label[1:]}",
        "number",
        value,
        unit="money" if wanted.factor == CENTS else "",
        currency=current.settings.currency if wanted.factor == CENTS else "",
        whole=wanted.is_score and reached.is_score,
        rises_to_bad=True,
        reads="links" if wanted.of_place or reached.of_place else "box",
        fields=tuple(trait.name for trait in (wanted, reached)) if _plain(wanted) and _plain(reached) else (),
    )


def _plain(trait: Trait) -> bool:
    """Whether a trait is an own field of a capability, of few values or many."""
    return not trait.of_place and trait.type != "links" and not trait.name.startswith("own:") and trait.name != "gap"
