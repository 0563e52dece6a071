"""StatusLine: the truth about saving, what the map holds, what undo would take back, and the zoom."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from capmap.model.census import Census
from capmap.model.records import Project, Service
from capmap.ui.files.background import Job
from capmap.ui.parts import icons
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace


class StatusLine(QWidget):
    """The line at the foot of the window. The signals say what was clicked."""

    history_wanted = Signal()
    fit_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._workspace: Workspace | None = None
        self._job: Job | None = None
        self._saved_icon = ("", "")
        self._said: tuple[str, str, str] | None = None
        self._undo_text = ""
        self._tidied: str | None = None
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._mark = plain_label("", self)
        self._saved = ElidedLabel(self)
        self._saved.setAccessibleName("Saving")
        self._counts = ElidedLabel(self)
        self.undo_button = QToolButton(self)
        self.undo_button.setToolTip("Show the history")
        self.undo_button.clicked.connect(self.history_wanted)
        self.undo_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.zoom_button = QToolButton(self)
        self.zoom_button.setToolTip("Fit the whole map")
        self.zoom_button.clicked.connect(self.fit_wanted)
        self._work = plain_label("", self)
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(90)
        self._progress.setTextVisible(False)
        self.cancel_button = QToolButton(self)
        self.cancel_button.setText("Cancel")
        self.cancel_button.clicked.connect(self._cancel_job)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._saved, 0)
        row.addSpacing(18)
        row.addWidget(self._counts, 0)
        row.addStretch(1)
        for widget in (self._work, self._progress, self.cancel_button):
            row.addWidget(widget)
        row.addWidget(self.undo_button, 3)
        row.addWidget(self.zoom_button)
        self._show_job(None)
        self._show_nothing()
        appearance.changed.connect(self._repaint_mark)

    @property
    def saved_text(self) -> str:
        """What is said about saving."""
        return self._saved.full_text

    @property
    def counts_text(self) -> str:
        """What is said about the size of the map."""
        return self._counts.full_text

    @property
    def undo_text(self) -> str:
        """What is said about undo."""
        return self._undo_text

    def watch(self, workspace: Workspace | None) -> None:
        """Tell of this workspace from now on; None: no map is open."""
        self._workspace = workspace
        if workspace is None:
            self._show_nothing()
            return
        workspace.changed.connect(self.refresh)
        workspace.opened.connect(self.refresh)
        workspace.trouble_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Say how things are now."""
        self._say_state()

    def _say_state(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        document = workspace.document
        if workspace.trouble:
            self._say(f"Not saved: {workspace.trouble}", "danger", "circle-alert")
        elif document.why_read_only:
            self._say(f"Read only: {document.why_read_only}", "warning", "lock")
        else:
            self._say(f"Every change is saved in {document.path.name}", "", "check")
        self._saved.setToolTip(f"<qt>{escape(str(document.path))}</qt>")
        self._counts.set_text(told(workspace.census))
        undo = self._tidied or document.undo_text
        text = f"Undo: {undo}" if undo else ""
        metrics = self.undo_button.fontMetrics()
        self.undo_button.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, 330).replace("&", "&&"))
        self.undo_button.setFixedWidth(metrics.horizontalAdvance(self.undo_button.text()) + 18 if text else 0)
        self.undo_button.setToolTip(f"<qt>{escape(text)}<br>Click to see the history</qt>")
        self._undo_text = text
        self.undo_button.setVisible(bool(text))

    def show_tidied(self, text: str | None) -> None:
        """A tidy is what undo takes back first, called so; None: no tidy is."""
        self._tidied = text
        self._say_state()

    def show_scale(self, scale: float) -> None:
        """The zoom, 1.0 for 100 %."""
        self.zoom_button.setText(f"{round(scale * 100)} %")
        self.zoom_button.setAccessibleName(f"Zoom {round(scale * 100)} percent; fit the whole map")

    def show_job(self, job: Job) -> None:
        """Work is done aside: say which, with a way to stop it."""
        self._show_job(job)
        job.progressed.connect(self._work.setText)
        job.ended.connect(self._job_ended)

    def _job_ended(self) -> None:
        if self.sender() is self._job:
            self._show_job(None)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_job(self, job: Job | None) -> None:
        self._job = job
        self._work.setText(job.title if job else "")
        for widget in (self._work, self._progress, self.cancel_button):
            widget.setVisible(job is not None)

    def _show_nothing(self) -> None:
        self._say("", "", "")
        self._counts.set_text("")
        self.undo_button.hide()
        self._undo_text = ""
        self.zoom_button.setText("")

    def _say(self, sentence: str, tone: str, mark: str) -> None:
        if (sentence, tone, mark) == self._said:
            return
        self._said = sentence, tone, mark
        self._saved.set_text(sentence)
        if self._saved.property("tone") != tone:
            self._saved.setProperty("tone", tone)
            self._saved.style().unpolish(self._saved)
            self._saved.style().polish(self._saved)
        self._saved_icon = (mark, tone)
        self._repaint_mark()

    def _repaint_mark(self) -> None:
        mark, tone = self._saved_icon
        look = self._appearance.look
        colour = {"danger": look.danger, "warning": look.warning}.get(tone, look.good)
        self._mark.setVisible(bool(mark))
        if mark:
            self._mark.setPixmap(icons.icon(mark, colour).pixmap(QSize(14, 14), self.devicePixelRatioF()))


def told(census: Census) -> str:
    """What a map holds: 5 areas · 15 capabilities · 52 leaves · 18 services · 6 projects."""
    current = census.map
    parts = [
        _number(census.areas, "area", "areas"),
        _number(census.middle, "capability", "capabilities"),
        _number(census.leaves_below_areas, "leaf", "leaves"),
        _number(current.count(Service), "service", "services"),
        _number(current.count(Project), "project", "projects"),
    ]
    return " · ".join(part for part in parts if part) or "No boxes yet"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else ""
