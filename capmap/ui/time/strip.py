"""TimeStrip: the quiet strip under the map with the line of days, its buttons, and what is shown in a sentence."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from capmap.ui.canvas.telling import announce
from capmap.ui.panels.fieldeditors import DateField
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.parts.labels import plain_label
from capmap.ui.time.timing import Timing
from capmap.ui.time.track import TimeTrack

_DATE_WIDTH = 132


class TimeStrip(QWidget):
    """``closed`` says that somebody is done with it, ``refused`` what is wrong with a day that was typed."""

    closed = Signal()
    refused = Signal(str)

    def __init__(self, timing: Timing, appearance: Appearance) -> None:
        super().__init__()
        self._timing, self._appearance = timing, appearance
        self.setObjectName("timeStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Time")
        self.track = TimeTrack(timing, appearance)
        self.play = self._icon_button("Let the quarters go by (Space)")
        self.play.clicked.connect(lambda: timing.walk(not timing.is_walking))
        self.since = self._date("Compared with")
        self.since.picked.connect(lambda date: self._picked(date, earlier=True))
        self.to = plain_label("to", self)
        self.date = self._date("Day that is shown")
        self.date.picked.connect(lambda date: self._picked(date, earlier=False))
        self.today = self._button("Today", "Show the present (T)")
        self.today.clicked.connect(timing.go_to_today)
        self.compare = self._button("Only what changes", "Light only what changes between two days")
        self.compare.setCheckable(True)
        self.compare.clicked.connect(timing.compare)
        self.warning = self._button("", "")
        self.warning.setCheckable(True)
        self.warning.clicked.connect(timing.warn)
        self.warning.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.close_button = self._icon_button("Back to the present (Esc)")
        self.close_button.clicked.connect(self.closed)
        self._words = ElidedLabel(self)
        self._key = plain_label("", self)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (self.play, self.since, self.to, self.date, self.today, self.compare):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._key, self.warning, self.close_button):
            row.addWidget(widget)
        words = QHBoxLayout()
        words.setContentsMargins(4, 0, 8, 0)
        words.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 3, 6, 4)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.track)
        column.addLayout(words)
        self._said = ""
        timing.changed.connect(self.refresh)
        appearance.changed.connect(self._look)
        self._look()
        self.refresh()

    def _icon_button(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quietButton", True)
        button.setAccessibleName(words.partition(" (")[0])
        button.setToolTip(words)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _button(self, words: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("handle", True)
        button.setText(words)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _date(self, label: str) -> DateField:
        field = DateField(label, self._appearance, self)
        field.setFixedWidth(_DATE_WIDTH)
        field.refused.connect(self.refused)
        return field

    def _picked(self, date: dt.date | None, *, earlier: bool) -> None:
        """A day was typed or picked; nothing stands for today."""
        timing = self._timing
        timing.walk(False)
        (timing.go_since if earlier else timing.go_to)(date or timing.today)

    @property
    def sentence(self) -> str:
        """What is said about the day, or the two days."""
        return self._words.full_text

    def refresh(self) -> None:
        """Say and show how things are now."""
        timing = self._timing
        if not timing.is_on:
            return
        between = timing.between
        for widget in (self.since, self.to):
            widget.setVisible(between is not None)
        if between is not None:
            self.since.show_value(between[0])
        self.date.show_value(timing.day)
        self.compare.setChecked(between is not None)
        self.today.setEnabled(between is not None or timing.moment is not None)
        self._words.set_text(timing.sentence)
        self._key.setText("signs: within six weeks" if between is None and timing.happenings else "")
        self.warning.setVisible(bool(timing.too_long))
        self.warning.setText(timing.short_warning)
        self.warning.setToolTip(f"{timing.warning} Press to light the boxes." if timing.too_long else "")
        self.warning.setAccessibleDescription(timing.warning)
        self.warning.setChecked(timing.warns)
        self._show_play()
        if timing.sentence != self._said:
            self._said = timing.sentence
            announce(self, self._said)

    def _show_play(self) -> None:
        walking = self._timing.is_walking
        self.play.setIcon(self._appearance.icon("pause" if walking else "play"))
        self.play.setAccessibleName("Stop" if walking else "Let the quarters go by")

    def _look(self) -> None:
        """The colours of light or dark."""
        look = self._appearance.look
        self.setStyleSheet(f"#timeStrip {{ background: {look.panel}; border-top: 1px solid {look.line}; }}")
        self.warning.setIcon(self._appearance.icon("triangle-alert", look.warning))
        self.close_button.setIcon(self._appearance.icon("x"))
        self._key.setStyleSheet(f"color: {look.quiet}; font-size: 12px;")
        self._show_play()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc anywhere in the strip gives back the present."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
