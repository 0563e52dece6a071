"""In table: actions that do their work on the cells of a table while the keys go there, and on boxes else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow
    from capmap.ui.tables.tableview import TableView


def table_in_use(window: MainWindow) -> TableView | None:
    """The table that the keys go to, if they do."""
    return window.desk.tables.in_use if window.desk is not None else None


def uses_table(window: MainWindow) -> bool:
    """What needs the keys to go to a table."""
    return table_in_use(window) is not None


def in_table(command: str, run: Callable[[MainWindow], object]) -> Callable[[MainWindow], object]:
    """In a table do what the command says there, elsewhere run this."""

    def do(window: MainWindow) -> object:
        table = table_in_use(window)
        if table is None:
            return run(window)
        table.do(command)
        return None

    return do


def in_table_or(enabled: Callable[[MainWindow], bool]) -> Callable[[MainWindow], bool]:
    """What can be done in a table, or where else this says."""
    return lambda window: uses_table(window) or enabled(window)
