"""Notices: what was read differently than written, gathered so that a thousand like rows make one sentence."""

from __future__ import annotations

_SHOWN = 3
_SENTENCES = 40


class Notices:
    """Sentences in the order in which they first came, each with the places it holds for."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}

    def add(self, sentence: str, place: str = "") -> None:
        """Note a sentence, at a place ("row 12") if it has one."""
        places = self._places.setdefault(sentence, [])
        if place:
            places.append(place)

    def sentences(self) -> tuple[str, ...]:
        """Each sentence once, headed by the first few of its places; of very many only the first."""
        said = [f"{_listed(places)}: {sentence}" if places else sentence for sentence, places in self._places.items()]
        more = len(said) - _SENTENCES
        return tuple(said) if more <= 0 else (*said[:_SENTENCES], f"There are {more:,} more remarks of such kinds.")


def _listed(places: list[str]) -> str:
    shown = ", ".join(places[:_SHOWN])
    more = len(places) - _SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def quoted(names: list[str], shown: int = 4) -> str:
    """Names in quotation marks for a sentence: “A”, “B” and “C”."""
    marked = [f"“{name[:60]}”" for name in names[:shown]]
    more = len(names) - shown
    if more > 0:
        return f"{', '.join(marked)} and {more:,} more"
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)
