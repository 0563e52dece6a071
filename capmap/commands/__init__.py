"""Commands: what the command line can do, one module a family; each declares its words and carries them out."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from capmap.commands.comparing import declare_compare
from capmap.commands.exporting import declare_export
from capmap.commands.importing import declare_import
from capmap.commands.maps import declare_check, declare_new, declare_open
from capmap.commands.querying import declare_query

COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "open": ("Open a map in the window.", declare_open),
    "new": ("Make a map, empty or from a list.", declare_new),
    "import": ("Bring lists and tables into a map.", declare_import),
    "export": ("Write a map as a picture or as data.", declare_export),
    "compare": ("Say what is different between two maps, and draw it.", declare_compare),
    "check": ("Look for problems in a map file, and mend them.", declare_check),
    "query": ("Ask a question about a map.", declare_query),
}
"""Every command with what it does."""
