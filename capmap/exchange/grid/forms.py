"""Forms: numbers, money and days as people of a place write them, read from a cell and written into one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from capmap.exchange import values
from capmap.model.text import clean_name


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """How a place writes: the mark before decimals ("." or ","), whether 11/30 or 30/11 is the last of November, and
    the currency of the map.
    """

    decimal: str = "."
    month_first: bool = False
    currency: str = ""


_DIGITS = re.compile(r"\d[\d.,'’ ]*|[.,]\d+")
_GROUPED = re.compile(r"\d{1,3}(?:(.)\d{3})(?:\1\d{3})*")
_SCALES = {
    **dict.fromkeys(("k", "tsd", "tausend", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "mio", "mln", "million", "millions", "millionen"), 6),
    **dict.fromkeys(("b", "bn", "mrd", "md", "billion", "billions", "milliarden"), 9),
}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"(\d{1,2})[-. ]+([a-z]{3,9})\.?[-., ]+(\d{4}|\d{2})", re.IGNORECASE)
_NAME_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)


class OtherCurrency(ValueError):
    """An amount with the sign or code of another currency than the map's."""


def number_of(text: str, form: Form, *, unit: str = "") -> Decimal | None:
    """The number that a text such as "1,200,000.50", "1.2m", "(300)" or "EUR 4k" says; None for another text.

    ``unit`` is "%" or "money" where a mark of that may stand beside the digits. Raises OtherCurrency.
    """
    bare = clean_name(text).replace("\u2212", "-")
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1].strip()
    found = _DIGITS.search(bare)
    if found is None:
        return None
    before, digits, after = bare[: found.start()].strip(), found[0].strip(), bare[found.end() :].strip()
    if "-" in before:
        if negative or before.count("-") > 1 or not (before.startswith("-") or before.endswith("-")):
            return None
        negative, before = True, before.replace("-", "").strip()
    plain = _plain_digits(digits, form.decimal)
    if plain is None:
        return None
    power = 0
    for word in (*before.split(), *_words_after(after)):
        if word.casefold().rstrip(".") in _SCALES and word not in before.split():
            power += _SCALES[word.casefold().rstrip(".")]
        elif not _is_unit(word, unit, form):
            return None
    value = Decimal(plain).scaleb(power)
    return -value if negative else value


def _words_after(text: str) -> list[str]:
    """What stands behind the digits, a scale and a unit written together taken apart: "m€" is "m" and "€"."""
    return re.findall(r"[^\W\d_]+\.?|[^\w\s]", text)


def _is_unit(word: str, unit: str, form: Form) -> bool:
    if word == "+":
        return True
    if unit == "%":
        return word == "%"
    if unit != "money":
        return False
    code = _SIGNS.get(word, word.upper())
    if not (word in _SIGNS or (word.isalpha() and len(word) == 3) or code == form.currency.upper()):
        return False
    if form.currency and code != form.currency.upper():
        raise OtherCurrency(word)
    return True


def _plain_digits(digits: str, decimal: str) -> str | None:
    """The digits with a point before the decimals and nothing between groups; None where the marks make no sense."""
    digits = digits.replace("’", "'").rstrip(" ")
    for blank in ("'", " "):
        if blank in digits:
            whole = re.split(r"[.,]", digits, maxsplit=1)[0]
            if not _GROUPED.fullmatch(whole) or blank in digits[len(whole) :]:
                return None
            digits = digits.replace(blank, "")
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    if len(set(marks)) == 2:
        whole, _, part = digits.rpartition(last)
        return f"{_ungrouped(whole)}.{part}" if _ungrouped(whole) and part else None
    if len(marks) > 1:
        return _ungrouped(digits)
    # One mark alone: three digits after it are a group, unless the place writes its decimals so.
    if last != decimal and _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        return digits.replace(last, "")
    whole, _, part = digits.partition(last)
    return f"{whole or '0'}.{part or '0'}"


def _ungrouped(digits: str) -> str | None:
    if digits.isdecimal():
        return digits
    return re.sub(r"\D", "", digits) if _GROUPED.fullmatch(digits) else None


def cents_of(text: str, form: Form) -> int | None:
    """The amount that a text says, in cents, half a cent up; None for another text. Raises OtherCurrency."""
    number = number_of(text, form, unit="money")
    return None if number is None else int((number * 100).to_integral_value(ROUND_HALF_UP))


def day_of(text: str, form: Form) -> dt.date | None:
    """The day that a text such as 2026-11-30, 30.11.26, 11/30/2026 or 30 Nov 2026 names; None for another text."""
    bare = clean_name(text)
    day = values.day_of(bare, month_first=form.month_first)
    if day is not None:
        return day
    if found := _DAY_FIRST.fullmatch(bare):
        return _day(found[3], found[2], found[1])
    if found := _NAME_FIRST.fullmatch(bare):
        return _day(found[3], found[1], found[2])
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    short = month[:3].lower()
    if short not in _MONTHS:
        return None
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), _MONTHS.index(short) + 1, int(day))
    except ValueError:
        return None


def number_text(value: float, form: Form) -> str:
    """A number with all its digits and no groups."""
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", form.decimal)


def money_text(cents: int, form: Form) -> str:
    """An amount with no groups, and no decimals where it has none."""
    text = format(Decimal(cents).scaleb(-2), "f")
    return text.removesuffix(".00").replace(".", form.decimal)
