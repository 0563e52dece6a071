"""Filter words: a filter as a person reads it in a sentence, and as a person types it: maturity<=2 owner:Smith."""

from __future__ import annotations

import datetime as dt
import re

from capmap.errors import ValueRefused
from capmap.model.filters import Condition, Filter, condition_on
from capmap.model.map import Map
from capmap.model.traits import Trait, traits_of

# -- read ------------------------------------------------------------------------------------------------

_SAID: dict[str, dict[str, str]] = {
    "text": {
        "contains": "{what} contains “{value}”",
        "contains not": "{what} does not contain “{value}”",
        "is": "{what} is “{value}”",
        "is not": "{what} is not “{value}”",
        "empty": "no {what}",
        "filled": "any {what}",
    },
    "words": {
        "has": "{what} include “{value}”",
        "has not": "{what} do not include “{value}”",
        "empty": "no {what}",
        "filled": "any {what}",
    },
    "number": {
        "most": "{what} at most {value}",
        "least": "{what} at least {value}",
        "less": "{what} less than {value}",
        "more": "{what} more than {value}",
        "is": "{what} {value}",
        "is not": "{what} not {value}",
        "empty": "no {what}",
        "filled": "any {what}",
    },
    "score": {"empty": "{what} not assessed", "filled": "{what} assessed"},
    "date": {
        "before": "{what} before {value}",
        "after": "{what} after {value}",
        "is": "{what} on {value}",
        "older": "{what} more than {value} months ago",
        "empty": "{what}: no date",
        "filled": "{what}: any date",
    },
    "choice": {
        "is": "{what} is {value}",
        "is not": "{what} is not {value}",
        "empty": "no {what}",
        "filled": "any {what}",
    },
    "flag": {"yes": "{what}: yes", "no": "{what}: no", "empty": "{what}: not said"},
    "links": {
        "none": "no {one}",
        "any": "any {one}",
        "to": "{one} “{value}”",
        "to not": "not {one} “{value}”",
        "named": "{one} named “{value}”",
        "least": "at least {value} {what}",
        "most": "at most {value} {what}",
    },
}


def in_words(wanted: Filter, current: Map) -> str:
    """The filter in a few words: "maturity now at most 2 and no IT service"; empty where it lets all through."""
    traits = traits_of(current)
    parts = [
        _said(traits[item.trait], item, current) if item.trait in traits else "something that is no longer in the map"
        for item in wanted.conditions
    ]
    said = (" or " if wanted.any_of else " and ").join(parts)
    if wanted.leaves_only:
        return f"leaves with {said}" if said else "leaves only"
    return said


def _said(trait: Trait, condition: Condition, current: Map) -> str:
    forms = _SAID["score"] if trait.is_score and condition.test in _SAID["score"] else _SAID[trait.type]
    what = _inline(trait.label)
    if trait.type == "date":
        what = what.removesuffix(" on")
    return forms[condition.test].format(what=what, one=trait.one, value=_shown(trait, condition, current))


def _shown(trait: Trait, condition: Condition, current: Map) -> str:
    value = condition.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float):
        amount = value / trait.factor if trait.factor != 1 else value
        return f"{amount:,.10g}"
    if trait.type == "links" and condition.test in ("to", "to not"):
        return str(getattr(current.get(str(value)), "name", "") or "something that is no longer in the map")
    return str(value)


def _inline(label: str) -> str:
    """A label in the middle of a sentence: abbreviations stay in capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


# -- typed -----------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"""(?:[^\s"“”]|["“][^"“”]*["”])+""")
_TYPED = re.compile(r"([^:=<>!]+)(<=|>=|!=|<>|[:=<>])(.*)", re.DOTALL)
_NUMERIC = {"<=": "most", ">=": "least", "<": "less", ">": "more", ":": "is", "=": "is", "!=": "is not", "<>": "is not"}
_NOTHING = {"none", "empty", "-", ""}
_ANYTHING = {"any", "*"}


def typed(words: str, current: Map) -> tuple[Filter, str]:
    """The conditions in words that a person typed, and the words that are none.

    ``maturity<=2``, ``owner:Smith``, ``tag:core``, ``owner:none``, ``services=0``, ``service:crm``,
    ``assessed<2025-01-01``; a value of several words stands in quotes. What begins like a condition and cannot be one
    is words like all others.
    """
    if not _TYPED.search(words):
        return Filter(), words
    table = _names(current)
    conditions: list[Condition] = []
    rest: list[str] = []
    for token in _TOKEN.findall(words):
        condition = _typed_condition(token, table)
        if condition is None:
            rest.append(token)
        else:
            conditions.append(condition)
    return Filter(tuple(conditions)), " ".join(rest)


def _names(current: Map) -> dict[str, Trait]:
    """What a person may call each trait: its name or label, without spaces and capitals, in one or many."""
    found: dict[str, Trait] = {}
    for trait in traits_of(current).values():
        names = [trait.name, trait.label, trait.one, _SHORT.get(trait.name, "")]
        for name in names:
            plain = _plain(name)
            if plain:
                found.setdefault(plain, trait)
                found.setdefault(plain.removesuffix("s"), trait)
    return found


_SHORT = {"assessed_on": "assessed", "inside": "in", "services": "service"}


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).casefold()


def _typed_condition(token: str, table: dict[str, Trait]) -> Condition | None:
    told = _TYPED.fullmatch(token)
    trait = table.get(_plain(told[1].strip('"“”'))) if told is not None else None
    if told is None or trait is None:
        return None
    sign, text = told[2], re.sub(r"[\"“”]", "", told[3]).strip()
    try:
        return _condition(trait, sign, text)
    except (ValueRefused, ValueError):
        return None


def _condition(trait: Trait, sign: str, text: str) -> Condition:
    """Raises ValueError or ValueRefused where the sign and the text mean nothing for this trait."""
    opposite = sign in ("!=", "<>")
    word = text.casefold()
    if trait.type == "flag":
        return condition_on(trait, "empty" if word in _NOTHING else {"yes": "yes", "no": "no"}.get(word, ""))
    if sign in (":", "=", "!=", "<>") and word in _NOTHING | _ANYTHING:
        empty = (word in _NOTHING) != opposite
        if trait.type == "links":
            return condition_on(trait, "none" if empty else "any")
        return condition_on(trait, "empty" if empty else "filled")
    if trait.type == "number":
        return condition_on(trait, _NUMERIC[sign], _number_of(text) * trait.factor)
    if trait.type == "date":
        tests = {"<": "before", ">": "after", ":": "is", "=": "is"}
        return condition_on(trait, tests.get(sign, ""), dt.date.fromisoformat(text))
    if trait.type == "links":
        if sign not in (":",) and re.fullmatch(r"\d+", text):
            return _count(trait, sign, int(text))
        return condition_on(trait, "named" if sign in (":", "=") else "", text)
    tests = {
        "text": {":": "contains", "=": "is", "!=": "is not", "<>": "is not"},
        "words": {":": "has", "=": "has", "!=": "has not", "<>": "has not"},
        "choice": {":": "is", "=": "is", "!=": "is not", "<>": "is not"},
    }[trait.type]
    return condition_on(trait, tests.get(sign, ""), text)


def _count(trait: Trait, sign: str, number: int) -> Condition:
    if sign == "=" and number == 0:
        return condition_on(trait, "none")
    if sign in (">=", "<="):
        return condition_on(trait, "least" if sign == ">=" else "most", number)
    if sign == ">":
        return condition_on(trait, "least", number + 1)
    if sign == "<" and number > 0:
        return condition_on(trait, "most", number - 1)
    raise ValueError(sign)


def _number_of(text: str) -> float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number
