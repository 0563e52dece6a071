"""Named: from what somebody typed to the record that is meant, or to a sentence that names what comes near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from capmap.analysis.words import counted
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability, Record

_NEAR = 62
"""The least likeness, of 100, of a name that is worth offering."""


def record_named(current: Map, text: str, kinds: Sequence[str]) -> Record:
    """The record of one of these kinds with that id, code, outline number or name; ``kind:`` before it says which kind
    is meant. Raises UsageError with the near matches.
    """
    asked, within = text, tuple(kinds)
    kind, colon, rest = text.partition(":")
    if colon and kind.strip().casefold() in within and rest.strip():
        asked, within = rest.strip(), (kind.strip().casefold(),)
    if not asked:
        raise UsageError(f"Say which {_either(within)} is meant, by its name or code{_example(current, within)}.")
    record = current.get(asked)
    if record is not None and record.kind in within:
        return _meant(current, record)
    found = _found(current, asked, within)
    if len(found) > 1:
        raise UsageError(_which_of(current, asked, found))
    if not found:
        raise UsageError(_unknown(current, asked, within))
    return _meant(current, found[0])


def label(record: Record) -> str:
    """What a sentence calls a record: its name."""
    return str(getattr(record, "name", "") or record.id)


def numbers(current: Map) -> dict[str, str]:
    """The outline number of every box: for tables that number many."""
    found: dict[str, str] = {}
    for box in current.walk():
        place = str(box.position + 1)
        found[box.id] = place if box.parent is None else f"{found[box.parent]}.{place}"
    return found


def _meant(current: Map, record: Record) -> Record:
    return current.shown(record) if isinstance(record, Capability) else record


def _found(current: Map, asked: str, kinds: Iterable[str]) -> list[Record]:
    """The records that the text names: by code or number if any, else by name. An alias box has no name."""
    wanted = " ".join(asked.casefold().split())
    by_code: list[Record] = []
    by_name: list[Record] = []
    for kind in kinds:
        if kind == "capability":
            numbered = current.by_number(asked)
            by_code += [numbered] if numbered else []
        for record in _all(current, kind):
            if kind != "capability" and str(getattr(record, "code", "")).casefold() == wanted:
                by_code.append(record)
            elif label(record).casefold() == wanted and not getattr(record, "alias_of", None):
                by_name.append(record)
    return by_code or by_name


def _all(current: Map, kind: str) -> Iterable[Record]:
    return current.all(CLASS_OF[kind])


def _which_of(current: Map, asked: str, found: Sequence[Record]) -> str:
    kinds = list(dict.fromkeys(record.kind for record in found))
    if len(kinds) > 1:
        forms = " or ".join(f"{kind}:{asked}" for kind in kinds)
        return f"“{asked}” is the name of {' and '.join(f'a {kind}' for kind in kinds)}; write {forms}."
    ways = [_handle(current, record) for record in found]
    return f"{counted(len(found), kinds[0])} are called “{asked}”; name one by its code: {', '.join(ways[:6])}."


def _handle(current: Map, record: Record) -> str:
    if isinstance(record, Capability):
        return current.number(record.id)
    return str(getattr(record, "code", "") or record.id)


def _unknown(current: Map, asked: str, kinds: Sequence[str]) -> str:
    sentence = f"There is no {_either(kinds)} called “{asked}” in this map."
    near = _near(current, asked, kinds)
    return f"{sentence} Near it: {', '.join(near)}." if near else sentence


def _near(current: Map, asked: str, kinds: Sequence[str]) -> list[str]:
    from rapidfuzz import fuzz, process, utils

    names = {
        record.id: label(record)
        for kind in kinds
        for record in _all(current, kind)
        if not getattr(record, "alias_of", None)
    }
    scored = process.extract(
        asked, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=4, score_cutoff=_NEAR
    )
    near = []
    for name, _, record_id in scored:
        handle = _handle(current, current[record_id])
        near.append(f"{name} ({handle})" if handle and handle != record_id else name)
    return list(dict.fromkeys(near))


def _example(current: Map, kinds: Iterable[str]) -> str:
    first = next((record for kind in kinds for record in _all(current, kind)), None)
    return f", such as “{label(first)}”" if first else ""


def _either(kinds: Sequence[str]) -> str:
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]
