"""The application: the one place that knows every part; starts Qt, opens the window on a file, and keeps it alive."""

from __future__ import annotations

import logging
import logging.handlers
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
_WARM_UP_MS = 150


def run(file: str | None) -> int:
    """Open the window on a file, on the map that was open last, or on the start page; returns the exit status."""
    application = make_application(sys.argv[:1])
    folder = _start_log()
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "CapMap", "CapMap")
    window = make_window(application, settings, folder)
    _catch_faults(window)
    window.show()
    open_first(window, file, settings)
    QTimer.singleShot(_WARM_UP_MS, _warm_up)
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
        handler = logging.handlers.RotatingFileHandler(
            folder / "capmap.log", maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("capmap")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return folder


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


def _warm_up() -> None:
    """Load in the background what the first edit needs, so that it is as fast as all others."""

    def load() -> None:
        from capmap.storage import writing  # noqa: F401 - it is loaded, not used

    threading.Thread(target=load, name="warm-up", daemon=True).start()
