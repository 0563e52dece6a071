"""Bidi: the order in which the letters of a line are seen where some of them run from right to left (Unicode annex 9).

Own code, since the libraries for it give the reordered text only, and shaping needs to know which way each part runs.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_EMBEDDINGS = {"LRE": (0, ""), "RLE": (1, ""), "LRO": (0, "L"), "RLO": (1, "R")}
_ISOLATES = ("LRI", "RLI", "FSI")
_REMOVED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_DEEPEST = 125
_PAIRS = (
    "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌"
    "⦑⦒⦓⦔⦕⦖⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENED_BY = {closing: opening for opening, closing in _CLOSES.items()}
_MIRRORED = dict(zip("<>«»‹›≤≥", "><»«›‹≥≤", strict=True))
_MOST_BRACKETS = 63


class Part(NamedTuple):
    """Characters side by side that run one way: from ``start`` up to ``stop`` in the text."""

    start: int
    stop: int
    rtl: bool


def mirrored(character: str) -> str:
    """What a bracket looks like in a text from right to left; any other character itself."""
    return _CLOSES.get(character) or _OPENED_BY.get(character) or _MIRRORED.get(character, character)


def is_rtl(text: str) -> bool:
    """Whether a paragraph of this text runs from right to left: as its first letter does."""
    return not text.isascii() and _first_strong(_classes(text), 0, len(text)) == 1


def in_visual_order(text: str, *, rtl: bool) -> list[Part]:
    """The parts of a line from left to right, in a paragraph that runs from right to left or not."""
    levels = embedding_levels(text, int(rtl))
    parts = [Part(start, stop, bool(levels[start] & 1)) for start, stop in _runs(levels)]
    deep = [levels[part.start] for part in parts]
    for level in range(max(deep, default=0), 0, -1):
        start = 0
        while start < len(parts):
            if deep[start] < level:
                start += 1
                continue
            stop = start
            while stop < len(parts) and deep[stop] >= level:
                stop += 1
            parts[start:stop] = reversed(parts[start:stop])
            deep[start:stop] = reversed(deep[start:stop])
            start = stop
    return parts


def embedding_levels(text: str, base: int) -> list[int]:
    """The embedding level of every character of a line; odd ones run from right to left."""
    original = _classes(text)
    matching = _matching(original)
    explicit, classes = _explicit(original, matching, base)
    levels = list(explicit)
    seen = [place for place, kind in enumerate(original) if kind not in _REMOVED]
    for sequence in _isolating_runs(seen, explicit, original, matching):
        before = max((place for place in seen if place < sequence[0]), default=None)
        after = min((place for place in seen if place > sequence[-1]), default=None)
        unended = original[sequence[-1]] in _ISOLATES
        level = explicit[sequence[0]]
        start = _strong(max(level, base if before is None else explicit[before]))
        end = _strong(max(level, base if after is None or unended else explicit[after]))
        kinds = [classes[place] for place in sequence]
        _weak(kinds, start)
        _brackets([text[place] for place in sequence], [original[place] for place in sequence], kinds, level, start)
        _neutral(kinds, level, start, end)
        for place, kind in zip(sequence, kinds, strict=True):
            levels[place] = level + (kind != "R" if level & 1 else {"R": 1, "AN": 2, "EN": 2}.get(kind, 0))
    # What takes no room goes with what stands before it; blanks at the end stay at the end.
    for place in range(len(text)):
        if original[place] in _REMOVED:
            levels[place] = levels[place - 1] if place else base
    trailing = True
    for place in range(len(text) - 1, -1, -1):
        if original[place] in ("S", "B"):
            levels[place], trailing = base, True
        elif trailing and (original[place] in ("WS", *_ISOLATES, "PDI") or original[place] in _REMOVED):
            levels[place] = base
        else:
            trailing = False
    return levels


def _classes(text: str) -> list[str]:
    return [unicodedata.bidirectional(character) or "L" for character in text]


def _first_strong(classes: Sequence[str], start: int, stop: int) -> int | None:
    """0 or 1 by the first letter outside of isolates; None without any."""
    depth = 0
    for kind in classes[start:stop]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif not depth and kind in ("L", "R", "AL"):
            return int(kind != "L")
    return None


def _matching(classes: Sequence[str]) -> dict[int, int]:
    """Where each isolate ends, and where each end began."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, kind in enumerate(classes):
        if kind in _ISOLATES:
            opened.append(place)
        elif kind == "PDI" and opened:
            start = opened.pop()
            pairs[start], pairs[place] = place, start
    return pairs


def _explicit(original: Sequence[str], matching: dict[int, int], base: int) -> tuple[list[int], list[str]]:
    """Rules X1 to X8: what the controls in the text ask for."""
    levels, classes = [base] * len(original), list(original)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    too_many_isolates = too_many_embeddings = isolates = 0
    for place, kind in enumerate(original):
        level, override, _ = stack[-1]
        levels[place] = level
        if kind in _EMBEDDINGS or kind in _ISOLATES:
            isolate = kind in _ISOLATES
            odd, forced = _EMBEDDINGS.get(kind, (int(kind == "RLI"), ""))
            if kind == "FSI":
                odd = _first_strong(original, place + 1, matching.get(place, len(original))) or 0
            if isolate and override:
                classes[place] = override
            new = level + 1 + ((level + 1) & 1 != odd)
            if new <= _DEEPEST and not too_many_isolates and not too_many_embeddings:
                isolates += isolate
                stack.append((new, forced, isolate))
            elif isolate:
                too_many_isolates += 1
            elif not too_many_isolates:
                too_many_embeddings += 1
        elif kind == "PDI":
            if too_many_isolates:
                too_many_isolates -= 1
            elif isolates:
                too_many_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                isolates -= 1
            level, override, _ = stack[-1]
            levels[place] = level
            if override:
                classes[place] = override
        elif kind == "PDF":
            if not too_many_isolates:
                if too_many_embeddings:
                    too_many_embeddings -= 1
                elif len(stack) > 1 and not stack[-1][2]:
                    stack.pop()
        elif kind == "B":
            levels[place] = base
        elif kind != "BN" and override:
            classes[place] = override
    return levels, classes


def _isolating_runs(
    seen: Sequence[int], levels: Sequence[int], original: Sequence[str], matching: dict[int, int]
) -> Iterator[list[int]]:
    """The places of each stretch of one level, together with those that go on behind an isolate (rule BD13)."""
    runs: list[list[int]] = []
    for place in seen:
        if runs and levels[runs[-1][-1]] == levels[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    starting = {run[0]: run for run in runs}
    for run in runs:
        first = run[0]
        if original[first] == "PDI" and first in matching:
            continue
        sequence = list(run)
        while original[sequence[-1]] in _ISOLATES and sequence[-1] in matching:
            following = starting.get(matching[sequence[-1]])
            if following is None:
                break
            sequence += following
        yield sequence


def _strong(level: int) -> str:
    return "R" if level & 1 else "L"


def _weak(kinds: list[str], start: str) -> None:
    """Numbers, their signs, and marks on letters."""
    strong, last = start, start
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kind = kinds[place] = "ON" if last in (*_ISOLATES, "PDI") else last
        last = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")):
            kinds[place] = before
    for first, stop in _runs(kinds):
        if kinds[first] == "ET" and "EN" in (
            kinds[first - 1] if first else "",
            kinds[stop] if stop < len(kinds) else "",
        ):
            kinds[first:stop] = ["EN"] * (stop - first)
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _brackets(characters: Sequence[str], original: Sequence[str], kinds: list[str], level: int, start: str) -> None:
    """Rule N0: both brackets of a pair run as what stands in them does."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(characters):
        if kinds[place] != "ON":
            continue
        if character in _CLOSES:
            if len(opened) == _MOST_BRACKETS:
                return
            opened.append((character, place))
        elif character in _OPENED_BY:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == _OPENED_BY[character]:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    own = _strong(level)
    for left, right in sorted(pairs):
        inside = {_direction(kind) for kind in kinds[left + 1 : right]}
        if own in inside:
            kind = own
        elif inside & {"L", "R"}:
            context = next((way for way in map(_direction, reversed(kinds[:left])) if way), start)
            kind = context if context != own else own
        else:
            continue
        for bracket in (left, right):
            kinds[bracket] = kind
            for behind in range(bracket + 1, len(kinds)):
                if original[behind] != "NSM":
                    break
                kinds[behind] = kind


def _direction(kind: str) -> str:
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _neutral(kinds: list[str], level: int, start: str, end: str) -> None:
    """Rules N1 and N2: what has no direction goes with both sides if they agree, else with the whole."""
    merged = ["ON" if kind in _NEUTRAL else kind for kind in kinds]
    for first, stop in _runs(merged):
        if merged[first] == "ON":
            before = _direction(merged[first - 1]) if first else start
            after = _direction(merged[stop]) if stop < len(merged) else end
            kinds[first:stop] = [before if before == after else _strong(level)] * (stop - first)


def _runs(values: Sequence[object]) -> list[tuple[int, int]]:
    """Where stretches of equal values start and stop."""
    borders = [0, *(place for place in range(1, len(values)) if values[place] != values[place - 1]), len(values)]
    return [(start, stop) for start, stop in itertools.pairwise(borders) if start < stop]
