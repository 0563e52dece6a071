"""The application: the one place that knows every part; starts Qt, opens the window on a file, and keeps it alive."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from capmap import __version__
from capmap.ui.mainwindow import MainWindow
from capmap.ui.parts import icons
from capmap.ui.parts.appearance import Appearance

log = logging.getLogger(__name__)
_LOG_BYTES = 500_000
_OLD_LOGS = 3
_WARM_UP_MS = 150
_TURN_SECONDS = 0.001


def run(file: str | None) -> int:
    """Open the window on a file, on the map that was open last, or on the start page; returns the exit status."""
    application = make_application(sys.argv[:1])
    folder = _start_log()
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "CapMap", "CapMap")
    # While a thread works in Python (a large map is opened), the window gets its turn after this time.
    sys.setswitchinterval(_TURN_SECONDS)
    window = make_window(application, settings, folder)
    _catch_faults(window)
    window.show()
    open_first(window, file, settings)
    _warm_up_after(_WARM_UP_MS, window)
    log.info("CapMap %s started", __version__)
    status = application.exec()
    logging.shutdown()
    return status


def make_application(arguments: list[str]) -> QApplication:
    """The application of Qt with CapMap's name and icon; the one there is, if there is one."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(arguments)
    application.setApplicationName("CapMap")
    application.setApplicationDisplayName("CapMap")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("capmap")
    application.setStyle("Fusion")
    application.setWindowIcon(icons.application_icon())
    return application


def make_window(application: QApplication, settings: QSettings, log_folder: Path | None = None) -> MainWindow:
    """The window, not shown yet."""
    appearance = Appearance(application, settings)
    return MainWindow(appearance, settings, log_folder)


def open_first(window: MainWindow, file: str | None, settings: QSettings) -> None:
    """Open the file, or the map that was open when the window was closed last."""
    if file is not None:
        window.files.open_path(Path(file).absolute())
        return
    last = str(settings.value("window/last", ""))
    if last and Path(last).is_file():
        window.files.open_path(Path(last))


def _start_log() -> Path | None:
    """Write what happens to a file that helpers may ask for; what stands in maps is never written there."""
    import platformdirs

    folder = Path(platformdirs.user_log_dir("CapMap", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _turn_over(folder)
        handler = logging.FileHandler(folder / "capmap.log", encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("capmap")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return folder


def _turn_over(folder: Path) -> None:
    """A log that has grown long becomes an old one, of which a few are kept. (``logging.handlers`` would take longer
    to load than this takes.)
    """
    log_file = folder / "capmap.log"
    if not log_file.is_file() or log_file.stat().st_size < _LOG_BYTES:
        return
    for number in range(_OLD_LOGS, 0, -1):
        older = log_file if number == 1 else folder / f"capmap.log.{number - 1}"
        if older.is_file():
            os.replace(older, folder / f"capmap.log.{number}")


def _catch_faults(window: MainWindow) -> None:
    """A fault of ours is noted and said once, quietly; the window goes on."""

    def fault(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        # The text of an error may hold a name from a map, so only its kind and place are noted.
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        log.error("%s at %s", kind.__name__, " > ".join(places))
        if threading.current_thread() is threading.main_thread():
            window.refuse("Something went wrong inside CapMap. Your map is saved as it was before; the log says more.")

    sys.excepthook = fault
    threading.excepthook = lambda told: fault(told.exc_type, told.exc_value or Exception(), told.exc_traceback)


def _is_arriving(window: MainWindow) -> bool:
    """Whether a map is open and its picture still to come."""
    desk = window.desk
    return desk is not None and not desk.canvas.arrangement.layout.boxes and desk.workspace.census.boxes > 0


def _warm_up_after(milliseconds: int, window: MainWindow) -> None:
    """Load in the background what the first edit and the second painting need, so that they are as fast as all others,
    once nobody waits for a map.
    """

    def load() -> None:
        import numpy  # noqa: F401 - it is loaded, not used

        from capmap.storage import writing  # noqa: F401

    def begin() -> None:
        if window.background.awaited or _is_arriving(window):
            _warm_up_after(milliseconds, window)
        else:
            threading.Thread(target=load, name="warm-up", daemon=True).start()

    QTimer.singleShot(milliseconds, window, begin)
