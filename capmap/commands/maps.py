"""Maps: the commands that make a map, and look for what is broken in one."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from capmap.commands.sources import MAP_SUFFIX, make_folder, read
from capmap.commands.telling import facts_out, say, tell
from capmap.errors import UsageError
from capmap.model.map import Map


def declare_open(command: argparse.ArgumentParser) -> None:
    """The words of ``open``, which the window takes before the command line does."""
    command.add_argument("file", nargs="?", type=Path, help="a map, or anything that can be read as one")
    command.set_defaults(command=lambda given: _refuse_open())


def _refuse_open() -> int:
    raise UsageError("Give one file to open.")


def declare_new(command: argparse.ArgumentParser) -> None:
    """The words of ``new``."""
    command.add_argument("file", type=Path, help="the map to make, FILE.capmap")
    command.add_argument(
        "--from", dest="source", type=Path, metavar="SOURCE", help="a list of capabilities to start from"
    )
    command.set_defaults(command=_new)


def _new(given: argparse.Namespace) -> int:
    from capmap.document import Document

    target: Path = given.file
    if target.suffix.lower() != MAP_SUFFIX:
        raise UsageError(f"A map is a file with the ending {MAP_SUFFIX}: {target.name}{MAP_SUFFIX}")
    whole, notices = read(given.source) if given.source else (Map(), [])
    for notice in notices:
        say(notice)
    make_folder(target)
    text = f"New map from {given.source.name}" if given.source else "New map"
    with Document.create(target, whole, text) as document:
        say(f"{target} holds {_counted(document.map)}.")
    return 0


def _counted(current: Map) -> str:
    count = sum(1 for _ in current.walk())
    levels = max((current.level(capability.id) for capability in current.capabilities), default=0)
    boxes = "1 capability" if count == 1 else f"{count:,} capabilities"
    return f"{boxes} on {levels} level{'' if levels == 1 else 's'}" if count else "no capabilities yet"


def declare_check(command: argparse.ArgumentParser) -> None:
    """The words of ``check``."""
    command.add_argument("file", type=Path, help="the map to look through")
    command.add_argument("--repair", action="store_true", help="mend it; the file as it was is kept")
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_check)


def _check(given: argparse.Namespace) -> int:
    from capmap.storage import repair

    if given.file.suffix.lower() != MAP_SUFFIX:
        read(given.file)
        say("This source can be read.")
        return 0
    problems = repair.findings(given.file)
    facts: dict[str, Any] = {"problems": [{"record": item.record_id, "sentence": item.sentence} for item in problems]}
    if given.repair and problems:
        kept, notes = repair.repair(given.file, dt.datetime.now())
        facts |= {"mended": notes, "kept": str(kept)}
    if given.json:
        facts_out(given, facts)
    else:
        tell([item.sentence for item in problems] or ["No problems found."])
        if "kept" in facts:
            tell([f"Mended: {note}" for note in facts["mended"]])
            say(f"The file as it was is kept as {facts['kept']}.")
    return 1 if problems else 0
