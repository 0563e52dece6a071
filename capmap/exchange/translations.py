"""Translations: names and descriptions in another language, from a list to the capabilities of a map."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from capmap.errors import InputError, UsageError
from capmap.exchange.boxes import Box
from capmap.exchange.encoding import decode
from capmap.exchange.foreign_json import parse
from capmap.exchange.formats import read_file
from capmap.exchange.source import Source, read_source
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, field_table

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TEXTS = ("name", "description")


class Entry(NamedTuple):
    """What a source says of one capability: the ids and codes it may be known by, and its texts."""

    keys: tuple[str, ...]
    texts: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Translated:
    """What comes of a source: how many capabilities get their texts, how many entries are of none in the map, how many
    capabilities have no name in the language after it, and all of it as one Change.
    """

    given: int
    unknown: int
    lacking: int
    change: Change


def translated(current: Map, path: Path, language: str) -> Translated:
    """The texts of a source in this language, for the capabilities with the same id or code. Raises InputError, and
    UsageError for what is no language such as "de" or "pt-BR".
    """
    code = language_named(language)
    own = current.settings.language
    if own and code.partition("-")[0].casefold() == own.partition("-")[0].casefold():
        raise UsageError(f"The names of this map are in “{own}” already; give another language.")
    known = _known(current)
    puts: dict[str, Capability] = {}
    unknown = 0
    for entry in _entries(path):
        record_id = next((known[key] for key in entry.keys if key in known), None)
        if record_id is None:
            unknown += 1
            continue
        capability = puts.get(record_id) or current.capability(record_id)
        texts = {**(capability.translations.get(code) or {}), **_checked(entry.texts)}
        puts[record_id] = dataclasses.replace(capability, translations={**capability.translations, code: texts})
    if not puts:
        raise InputError(
            "none of its ids or codes is in the map. A list of names in another language needs the id or the code of"
            " each capability beside the name.",
            source=path.name,
        )
    lacking = sum(
        1
        for capability in current.capabilities
        if not capability.alias_of
        and not (puts.get(capability.id, capability).translations.get(code) or {}).get("name")
    )
    changed = [record for record in puts.values() if record != current[record.id]]
    return Translated(len(puts), unknown, lacking, Change.of(f"Names in {code}", current, changed))


def language_named(language: str) -> str:
    """The language as the map keeps it. Raises UsageError."""
    found = language.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(found):
        raise UsageError(f"{language!r} is no language; write its code, such as de, fr or pt-BR.")
    first, *rest = found.split("-")
    return "-".join((first.lower(), *rest))


def _known(current: Map) -> dict[str, str]:
    """The ids of capabilities by every id and code that only one of them has."""
    pairs = [
        (key, capability.id)
        for capability in current.capabilities
        if not capability.alias_of
        for key in {capability.id, capability.external, capability.code}
        if key
    ]
    counts = Counter(key for key, _ in pairs)
    return {key: record_id for key, record_id in pairs if counts[key] == 1}


def _entries(path: Path) -> Iterator[Entry]:
    source = read_source(path)
    found = list(_keyed(source))
    yield from found or (_entry(box) for box, _ in read_file(path).walk())


def _keyed(source: Source) -> Iterable[Entry]:
    """The entries of a JSON object that holds under each id an object with the name."""
    if source.suffix != ".json":
        return
    value: Any = parse(decode(source.data, source.name)[0], source.name)
    if not isinstance(value, dict) or not all(isinstance(inner, dict) and "name" in inner for inner in value.values()):
        return
    for key, inner in value.items():
        yield Entry((str(key),), {name: str(inner[name]) for name in _TEXTS if isinstance(inner.get(name), str)})


def _entry(box: Box) -> Entry:
    keys = (str(box.values.get(name) or "") for name in ("id", "external", "code"))
    texts = {"name": box.name, "description": str(box.values.get("description") or "")}
    return Entry(tuple(key for key in keys if key), texts)


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as a capability would keep them, without empty ones."""
    fields = field_table("capability")
    return {name: str(fields[name].check(text.strip())) for name, text in texts.items() if text.strip()}
