"""Pick: a picker that always holds one of its values and keeps it when others are offered."""

from __future__ import annotations

from collections.abc import Sequence

from capmap.ui.panels.picker import Choice, Picker


class Pick(Picker):
    """Its ``value`` is None only while there is nothing to choose from."""

    @property
    def value(self) -> object:
        """The value that is chosen."""
        place = self.currentIndex()
        return self._choices[place][1] if 0 <= place < len(self._choices) else None

    def keep(self, value: object) -> bool:
        """Choose a value; whether it can be chosen. If not, what was chosen stays."""
        values = [held for _, held in self._choices]
        if value in values:
            self.setCurrentIndex(values.index(value))
        return value in values

    def offer_and_keep(self, choices: Sequence[Choice]) -> None:
        """Let these be chosen from; what was chosen stays if it can, else it is the first."""
        before = self.value
        self.offer(choices)
        if not self.keep(before):
            self.setCurrentIndex(0 if choices else -1)
