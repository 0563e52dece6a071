"""Writing: how numbers, money and days are written in this place, for whatever reads what a person types."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from capmap.exchange.grid.forms import Form
from capmap.model.map import Map


def form_of(current: Map) -> Form:
    """How this place writes, with the currency of the map."""
    locale = QLocale()
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return Form(
        decimal="," if locale.decimalPoint() == "," else ".",
        month_first=short.lstrip(" '").startswith("M"),
        currency=current.settings.currency,
    )
