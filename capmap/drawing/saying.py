"""Saying: the words around a map in the language of its names: legend, dates, page numbers, the story in the foot.

One table holds them; what is not in it stays English. A story is put together from what completes "12 of 52
capabilities are".
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from capmap.lens.lens import Heat, LegendEntry, Lens, Step

_ENGLISH = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MONTHS: dict[str, tuple[str, ...]] = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober"),
        *("November", "Dezember"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
        *("novembre", "décembre"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre"),
        *("noviembre", "diciembre"),
    ),
}
_DATES = {"de": "{day}. {month} {year}", "fr": "{day} {month} {year}", "es": "{day} de {month} de {year}"}

_TABLE: tuple[tuple[str, str, str, str], ...] = (
    # English, German, French, Spanish
    ("page {0} of {1}", "Seite {0} von {1}", "page {0} sur {1}", "página {0} de {1}"),
    ("of {0}", "von {0}", "sur {0}", "de {0}"),
    ("{0}, as-is", "{0}, Ist-Zustand", "{0}, état actuel", "{0}, estado actual"),
    ("IT services", "IT-Services", "services informatiques", "servicios de TI"),
    ("projects", "Projekte", "projets", "proyectos"),
    ("IT services and projects on {0}", "IT-Services und Projekte am {0}", "services et projets au {0}",
     "servicios y proyectos el {0}"),
    ("not assessed", "nicht bewertet", "non évalué", "sin evaluar"),
    ("one person's opinion", "Meinung einer Person", "avis d'une seule personne", "opinión de una persona"),
    ("older than a year", "älter als ein Jahr", "date de plus d'un an", "de hace más de un año"),
    ("Capability map", "Fähigkeitenlandkarte", "Carte des capacités", "Mapa de capacidades"),
    ("Capabilities", "Fähigkeiten", "Capacités", "Capacidades"),
    ("Maturity gap", "Reifegradlücke", "Écart de maturité", "Brecha de madurez"),
    ("3 or more below target", "3 oder mehr unter Ziel", "3 ou plus sous la cible", "3 o más por debajo"),
    ("2 below", "2 darunter", "2 en dessous", "2 por debajo"),
    ("1 below", "1 darunter", "1 en dessous", "1 por debajo"),
    ("on target", "am Ziel", "à la cible", "en el objetivo"),
    ("above", "darüber", "au-dessus", "por encima"),
    ("Importance", "Wichtigkeit", "Importance", "Importancia"),
    ("1 marginal", "1 gering", "1 marginale", "1 marginal"),
    ("2 useful", "2 nützlich", "2 utile", "2 útil"),
    ("3 important", "3 wichtig", "3 importante", "3 importante"),
    ("4 major", "4 sehr wichtig", "4 majeure", "4 mayor"),
    ("5 vital", "5 lebenswichtig", "5 vitale", "5 vital"),
    ("Maturity now", "Reifegrad heute", "Maturité actuelle", "Madurez actual"),
    ("1 ad hoc", "1 ad hoc", "1 ad hoc", "1 ad hoc"),
    ("2 repeatable", "2 wiederholbar", "2 reproductible", "2 repetible"),
    ("3 defined", "3 definiert", "3 définie", "3 definida"),
    ("4 managed", "4 gesteuert", "4 pilotée", "4 gestionada"),
    ("5 leading", "5 führend", "5 exemplaire", "5 líder"),
    ("Confidence in IT", "Vertrauen in die IT", "Confiance dans l'informatique", "Confianza en TI"),
    ("1 none", "1 keines", "1 aucune", "1 ninguna"),
    ("2 little", "2 wenig", "2 faible", "2 poca"),
    ("3 some", "3 etwas", "3 moyenne", "3 alguna"),
    ("4 good", "4 gutes", "4 bonne", "4 buena"),
    ("5 full", "5 volles", "5 totale", "5 plena"),
    ("Expectation gap", "Erwartungslücke", "Écart d'attente", "Brecha de expectativas"),
    ("3 or more short", "3 oder mehr zu wenig", "3 ou plus en deçà", "3 o más de menos"),
    ("2 short", "2 zu wenig", "2 en deçà", "2 de menos"),
    ("1 short", "1 zu wenig", "1 en deçà", "1 de menos"),
    ("met", "erfüllt", "satisfaite", "cumplida"),
    ("exceeded", "übertroffen", "dépassée", "superada"),
    ("Category", "Kategorie", "Catégorie", "Categoría"),
    ("no category", "keine Kategorie", "sans catégorie", "sin categoría"),
    ("strategic", "strategisch", "stratégique", "estratégica"),
    ("core", "Kern", "cœur de métier", "central"),
    ("supporting", "unterstützend", "support", "de apoyo"),
    # What completes a story.
    ("{0} of {1} capabilities: {2}", "{0} von {1} Fähigkeiten: {2}", "{0} capacités sur {1} : {2}",
     "{0} de {1} capacidades: {2}"),
    ("none", "keine", "aucune", "ninguna"),
    ("{0} capabilities", "{0} Fähigkeiten", "{0} capacités", "{0} capacidades"),
    ("; {0} are not assessed", "; {0} nicht bewertet", " ; {0} non évaluées", "; {0} sin evaluar"),
    ("; closed boxes show the middle of theirs", "; geschlossene Kästen zeigen die Mitte der ihren",
     " ; les cases fermées montrent leur médiane", "; las cajas cerradas muestran su mediana"),
    ("no capability is assessed yet", "noch keine Fähigkeit ist bewertet", "aucune capacité n'est encore évaluée",
     "ninguna capacidad está evaluada todavía"),
    ("no capability has a value yet", "noch keine Fähigkeit hat einen Wert", "aucune capacité n'a encore de valeur",
     "ninguna capacidad tiene valor todavía"),
    ("the map is empty", "die Karte ist leer", "la carte est vide", "el mapa está vacío"),
    ("; {0}: {1}", "; {0}: {1}", " ; {0} : {1}", "; {0}: {1}"),
    ("2 or more below target", "2 oder mehr unter dem Ziel", "2 ou plus sous la cible", "2 o más por debajo"),
    ("of major or vital importance", "sehr oder lebenswichtig", "d'importance majeure ou vitale",
     "de importancia mayor o vital"),
    ("ad hoc or just repeatable today", "heute ad hoc oder gerade wiederholbar",
     "ad hoc ou tout juste reproductibles", "ad hoc o apenas repetibles hoy"),
    ("where IT has little confidence or none", "wenig oder kein Vertrauen in die IT",
     "peu ou pas de confiance dans l'informatique", "poca o ninguna confianza en TI"),
    ("2 or more short of what is expected", "2 oder mehr hinter der Erwartung", "2 ou plus en deçà de l'attente",
     "2 o más por debajo de lo esperado"),
)  # fmt: skip
_PLACES = {"de": 1, "fr": 2, "es": 3}
_WORDS: dict[str, dict[str, str]] = {
    language: {row[0]: row[place] for row in _TABLE} for language, place in _PLACES.items()
}
SPOKEN = ("en", *_PLACES)
"""The languages in which the words around a map can stand."""

_STORY = re.compile(
    r"(?P<part>none|[\d,]+) of (?P<all>[\d,]+) capabilit(?:y|ies) (?:is|are) (?P<what>[^;]+)"
    r"(?:; (?P<unknown>[\d,]+) (?:is|are) not assessed)?"
    r"(?:; (?P<other>[\d,]+): (?P<word>[^;]+))?(?P<closed>; closed boxes show the middle of theirs)?"
)
_COUNT = re.compile(r"([\d,]+) capabilit(?:y|ies)(; closed boxes show the middle of theirs)?")


def said(language: str, english: str, *values: object) -> str:
    """Words in a language (a regional one falls back to the general), their {0}, {1} ... filled with values."""
    words = _WORDS.get(language.partition("-")[0].casefold(), {}).get(english, english)
    return words.format(*values) if values else words


def said_date(language: str, date: dt.date) -> str:
    """A date for readers: 22 November 2026."""
    code = language.partition("-")[0].casefold()
    month = _MONTHS.get(code, _ENGLISH)[date.month - 1]
    return _DATES.get(code, "{day} {month} {year}").format(day=date.day, month=month, year=date.year)


def said_heat(language: str, heat: Heat) -> Heat:
    """A heat whose title, legend and story are in a language."""
    if language.partition("-")[0].casefold() not in _PLACES:
        return heat
    steps = {step: Step(said(language, step.label), step.fill) for step in heat.lens.steps}
    legend = tuple(
        LegendEntry(None if entry.step is None else steps.get(entry.step, entry.step), entry.count)
        for entry in heat.legend
    )
    return dataclasses.replace(
        heat,
        lens=_lens(language, heat.lens),
        legend=legend,
        story=_story(language, heat.story),
        stripes=tuple(said_heat(language, stripe) for stripe in heat.stripes),
    )


def _lens(language: str, lens: Lens) -> Lens:
    steps = tuple(Step(said(language, step.label), step.fill) for step in lens.steps)
    title, unknown = said(language, lens.title), said(language, lens.unknown)
    return dataclasses.replace(lens, title=title, steps=steps, unknown=unknown)


def _story(language: str, story: str) -> str:
    counted = _COUNT.fullmatch(story)
    if counted is not None:
        return said(language, "{0} capabilities", counted[1]) + (said(language, counted[2]) if counted[2] else "")
    found = _STORY.fullmatch(story)
    if found is None:
        return said(language, story)
    if said(language, found["what"]) == found["what"]:
        return story
    part = said(language, found["part"])
    told = said(language, "{0} of {1} capabilities: {2}", part, found["all"], said(language, found["what"]))
    if found["unknown"]:
        told += said(language, "; {0} are not assessed", found["unknown"])
    if found["other"]:
        told += said(language, "; {0}: {1}", found["other"], said(language, found["word"]))
    return told + (said(language, found["closed"]) if found["closed"] else "")
