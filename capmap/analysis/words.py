"""Words: how numbers, lists, money and days stand in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_MANY = {"capability": "capabilities", "box": "boxes", "person": "people", "has": "have", "is": "are"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


def plural(word: str) -> str:
    """The word for several of them: by its last word, so that "IT service" becomes "IT services"."""
    front, _, last = word.rpartition(" ")
    many = _MANY.get(last) or f"{last}s"
    return f"{front} {many}" if front else many


def counted(count: int, word: str) -> str:
    """Such as "1 capability", "3,000 capabilities", "no capabilities"."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {plural(word)}" if count else f"no {plural(word)}"


def verb(count: int, one: str, many: str) -> str:
    """The form of a verb that goes with a count."""
    return one if count == 1 else many


def listed(names: Sequence[str], most: int = 5) -> str:
    """Such as "A", "A and B", "A, B and C"; with more than ``most`` of them "A, B and 7 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1:,} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def amount(cents: int, *, to_the_cent: bool | None = None) -> str:
    """Cents as units with thousands separators; cents are shown where there are any, or as told."""
    whole, rest = divmod(abs(cents), 100)
    exact = bool(rest) if to_the_cent is None else to_the_cent
    return f"{'-' if cents < 0 else ''}{whole:,}{f'.{rest:02}' if exact else ''}"


def money(cents: int, currency: str) -> str:
    """An amount with its currency: "EUR 1,250,000"."""
    return f"{currency} {amount(cents)}".strip()


def rounded(cents: int, currency: str) -> str:
    """An amount in whole units with its currency, for a sentence that need not be exact to the cent."""
    return money(round(cents / 100) * 100, currency)


def percentage(part: float, whole: float) -> str:
    """The part of the whole in percent, never rounded to none or all of it: "12 %", "under 1 %"."""
    if not whole:
        return "0 %"
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1 %"
    return "over 99 %" if 99.5 <= share < 100 else f"{share:.0f} %"


def day(date: dt.date) -> str:
    """A day as a person writes it: "31 December 2026"."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def capital(sentence: str) -> str:
    """The sentence with a capital letter at its start."""
    return sentence[:1].upper() + sentence[1:]
