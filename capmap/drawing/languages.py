"""Languages: one layout for all languages of a map: boxes have room for every name, and show those of one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from capmap.layout.boxes import Layout
from capmap.layout.fonts import wrap
from capmap.layout.parting import AGAIN
from capmap.layout.style import scaled
from capmap.model.map import Map
from capmap.model.records import Capability


def languages_of(current: Map) -> list[str]:
    """The languages in which names stand in the map beside its own, in alphabetical order."""
    return sorted(
        {
            language
            for capability in current.capabilities
            for language, texts in capability.translations.items()
            if texts and texts.get("name")
        }
    )


def translated_names(current: Map, language: str | None) -> dict[str, str]:
    """The names by capability id that the map has in this language; a regional one ("de-CH") falls back to "de"."""
    return translated_texts(current, language, "name")


def translated_texts(current: Map, language: str | None, field: str) -> dict[str, str]:
    """The same for the "name" or the "description"."""
    if not language or language == current.settings.language:
        return {}
    found: dict[str, str] = {}
    for capability in current.capabilities:
        for wanted in (language, language.partition("-")[0]):
            text = (capability.translations.get(wanted) or {}).get(field)
            if text:
                found[capability.id] = text
                break
    return found


def other_names(current: Map) -> Callable[[Capability], Sequence[str]] | None:
    """For a map in several languages: the names of a box in all but the map's own. None for any other map."""
    if not languages_of(current):
        return None

    def names(capability: Capability) -> Sequence[str]:
        translations = current.shown(capability).translations
        return [texts["name"] for _, texts in sorted(translations.items()) if texts and texts.get("name")]

    return names


def show_names(layout: Layout, current: Map, names: Mapping[str, str]) -> None:
    """Break the names anew in a layout made for all languages: those in ``names``, else the map's own."""
    styles = scaled(layout.text_scale)
    for box in layout.walk():
        capability = current.shown(current.capability(box.id))
        style = styles[box.role]
        room = box.width - 2 * style.padding
        again = AGAIN if box.lines[:1] and box.lines[0].startswith(AGAIN) else ""
        name = again + names.get(capability.id, capability.name)
        box.lines = wrap(name, style.type.weight, style.type.size, room)
