"""A process that opens the real window on a file, as the program does, and tells when what was to be seen.

Run as ``python opening_probe.py STARTED [FILE]``, STARTED being the ``time.time()`` at which it was started. It prints
one line of JSON: seconds from that moment until the window was shown and until the map was painted, the longest time
for which events of the window had to wait after it was shown, and the memory in MB. Without FILE it shows an empty
window of Qt: the floor of all.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

STARTED = float(sys.argv[1])
SIZE = (1440, 900)
TICK_MS = 4
PATIENCE_SECONDS = 120.0


def since() -> float:
    """Seconds since the process was started."""
    return time.time() - STARTED


def tell(facts: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps({**facts, **memory()}) + "\n")
    sys.stdout.flush()
    # What comes after is no part of the opening.
    os._exit(0)


def memory() -> dict[str, float]:
    """The memory of the process now and at most, in MB; empty where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return {}
    wanted = {"VmRSS:": "rss_mb", "VmHWM:": "most_mb"}
    return {wanted[line.split()[0]]: int(line.split()[1]) / 1024 for line in lines if line.split()[0] in wanted}


def empty_window() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(["empty"])

    class Empty(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            QTimer.singleShot(0, lambda: tell({"painted": since(), "cpu": time.process_time()}))

    window = Empty()
    window.resize(*SIZE)
    window.show()
    application.exec()


def real_window(file: str) -> None:
    from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from capmap import app
    from capmap.ui.canvas.canvas import Canvas
    from capmap.ui.mainwindow import MainWindow

    facts: dict[str, Any] = {"imported": since()}
    application = app.make_application(["capmap"])
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    gaps = {"longest": 0.0, "last": 0.0}

    class Watch(QObject):
        """Sees the first paint of a map that has boxes, and the window's first one."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if isinstance(watched, MainWindow) and "shown" not in facts:
                    facts["shown"] = since()
                    watched.resize(*SIZE)
                    gaps["last"] = time.perf_counter()
                if isinstance(watched, Canvas):
                    QTimer.singleShot(0, lambda: painted(watched))
            return False

    def painted(canvas: Canvas) -> None:
        if "painted" not in facts and canvas.arrangement.layout.boxes:
            facts.update(painted=since(), cpu=time.process_time())
            QTimer.singleShot(400, rested)

    def tick() -> None:
        now = time.perf_counter()
        if gaps["last"]:
            gaps["longest"] = max(gaps["longest"], now - gaps["last"])
            gaps["last"] = now
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow):
                widget.installEventFilter(watch)
                if widget.desk is not None:
                    widget.desk.canvas.installEventFilter(watch)

    def rested() -> None:
        facts["longest_block"] = gaps["longest"]
        tell(facts)

    watch = Watch()
    timer = QTimer(application)
    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    QTimer.singleShot(int(PATIENCE_SECONDS * 1000), lambda: tell(facts))
    app.run(file)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        real_window(sys.argv[2])
    else:
        empty_window()
