"""Figures: money, dates and shares as a person of this place reads them, short enough for the end of a row."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale

from capmap.model.records import Objective, Project, Service, Unit

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF", "NOK": "NOK", "SEK": "SEK", "DKK": "DKK"}


def money(cents: int, currency: str) -> str:
    """An amount in round words: € 410k, € 1.2 m."""
    locale, whole = QLocale(), cents / 100
    size = abs(whole)
    if size >= 999_500_000:
        text = f"{_rounded(whole / 1_000_000_000, locale)} bn"
    elif size >= 999_500:
        text = f"{_rounded(whole / 1_000_000, locale)} m"
    elif size >= 1_000:
        text = f"{locale.toString(round(whole / 1_000))}k"
    else:
        text = locale.toString(round(whole))
    sign = _SIGNS.get(currency.upper(), currency)
    return f"{sign} {text}" if sign else text


def number(value: float) -> str:
    """A number with no more digits than it has."""
    locale = QLocale()
    return locale.toString(int(value)) if value == int(value) else locale.toString(value, "f", 1)


def percent(value: float) -> str:
    """A share: 97.2 %."""
    return f"{number(value)} %"


def quarter(date: dt.date) -> str:
    """A quarter of a year: Q1 27."""
    return f"Q{(date.month - 1) // 3 + 1} {date.year % 100:02d}"


def day(date: dt.date) -> str:
    """A day in the short form of this place."""
    return QLocale().toString(QDate(date.year, date.month, date.day), QLocale.FormatType.ShortFormat)


def of_service(service: Service, currency: str) -> str:
    """The one figure that tells most about a service: its service level, else its cost."""
    if service.level_actual is not None and service.level_target is not None:
        return f"SLA {percent(service.level_actual)} / {percent(service.level_target)}"
    if service.run_cost is not None:
        return f"{money(service.run_cost, currency)} a year"
    return ""


def of_project(project: Project) -> str:
    """When a project runs."""
    start, end = project.start, project.finished or project.end
    if start and end:
        return f"{quarter(start)} – {quarter(end)}"
    return f"until {quarter(end)}" if end else f"from {quarter(start)}" if start else project.status or ""


def of_objective(objective: Objective) -> str:
    """Where an objective stands now."""
    if objective.actual is None:
        return "no figure yet"
    unit = objective.measure_unit
    return f"{number(objective.actual)} {unit}".strip()


def of_unit(unit: Unit) -> str:
    """How a business unit works with IT."""
    return unit.relationship or ""


def _rounded(value: float, locale: QLocale) -> str:
    text = locale.toString(value, "f", 1 if abs(value) < 100 else 0)
    tail = f"{locale.decimalPoint()}0"
    return text.removesuffix(tail)
