"""Background: work that takes longer than a blink, done aside while the window stays awake, with a way to stop it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from capmap.errors import CapMapError

Work = Callable[["Job"], Any]
log = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work. ``work`` gets the job and may ask ``cancelled`` and tell how far it is; it must not touch
    widgets or the document. A job that was cancelled tells nothing any more.
    """

    progressed = Signal(str)
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.cancelled = False
        self._done: Callable[[Any], None] | None = None
        self._failed: Callable[[str], None] | None = None
        self.runnable: QRunnable | None = None

    def tell(self, sentence: str) -> None:
        """Say how far the work is; from the work itself, in any thread."""
        self.progressed.emit(sentence)

    def cancel(self) -> None:
        """Stop it: whatever comes of it is thrown away."""
        if not self.cancelled:
            self.cancelled = True
            self.ended.emit()

    @Slot(object)
    def _succeed(self, result: object) -> None:
        if not self.cancelled:
            self.ended.emit()
            if self._done is not None:
                self._done(result)
        self.deleteLater()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        if not self.cancelled:
            self.ended.emit()
            if self._failed is not None:
                self._failed(sentence)
        self.deleteLater()


class _Messenger(QObject):
    """Carries the end of the work from its thread to that of the window."""

    succeeded = Signal(object)
    failed = Signal(str)


class _Runnable(QRunnable):
    def __init__(self, job: Job, work: Work) -> None:
        super().__init__()
        self._job = job
        self._work = work
        self.messenger = _Messenger()

    def run(self) -> None:
        try:
            result = self._work(self._job)
        except CapMapError as problem:
            self.messenger.failed.emit(str(problem))
        except MemoryError:
            self.messenger.failed.emit("There is not enough memory for this.")
        except Exception:
            log.exception("Work aside failed")
            self.messenger.failed.emit("Something went wrong inside CapMap; nothing was changed.")
        else:
            self.messenger.succeeded.emit(result)


class Background(QObject):
    """Runs jobs. ``started`` carries each new one, so that the window can show it with a way to stop it."""

    started = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._jobs: set[Job] = set()

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> Job:
        """Do this work aside; then, in the thread of the window, ``done`` with its result or ``failed`` with a
        sentence.
        """
        job = self._start(title, work, done, failed)
        self.started.emit(job)
        return job

    def run_quietly(self, work: Work, done: Callable[[Any], None]) -> Job:
        """Work that nobody waits for and that may come to nothing, such as a picture beside the point."""
        return self._start("", work, done, None)

    def _start(
        self, title: str, work: Work, done: Callable[[Any], None] | None, failed: Callable[[str], None] | None
    ) -> Job:
        job = Job(title, self)
        job._done, job._failed = done, failed
        self._jobs.add(job)
        job.ended.connect(lambda: self._jobs.discard(job))
        runnable = _Runnable(job, work)
        runnable.setAutoDelete(False)
        job.runnable = runnable
        runnable.messenger.succeeded.connect(job._succeed)
        runnable.messenger.failed.connect(job._fail)
        self._pool.start(runnable)
        return job

    @property
    def busy(self) -> bool:
        """Whether any job is under way."""
        return bool(self._jobs)

    @property
    def awaited(self) -> bool:
        """Whether somebody waits for a job: what nobody waits for should not begin now."""
        return any(job.title for job in self._jobs)

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Wait for all threads to end; whether they did. What they tell comes with the next events."""
        return self._pool.waitForDone(milliseconds)

    def stop(self) -> None:
        """Cancel everything and wait for the threads: the window closes."""
        for job in tuple(self._jobs):
            job.cancel()
        self._pool.waitForDone(5_000)
