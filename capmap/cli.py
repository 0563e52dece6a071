"""The command line: what the window does to data, for scripts. It loads Qt only to write a PNG."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from capmap import __version__
from capmap.errors import CapMapError, OutputError, UsageError
from capmap.model.map import Map

MAP_SUFFIX = ".capmap"


def window_file(arguments: Sequence[str]) -> list[str] | None:
    """The file to open in the window (an empty list for none), or None where the arguments are a command."""
    if not arguments:
        return []
    if arguments[0] == "open":
        return (
            list(arguments[1:2])
            if len(arguments) <= 2 and "-h" not in arguments and "--help" not in arguments
            else None
        )
    if len(arguments) == 1 and arguments[0] not in _COMMANDS and not arguments[0].startswith("-"):
        return [arguments[0]]
    return None


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status. Whatever goes wrong is one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = given.command
    try:
        return command(given)
    except CapMapError as problem:
        _say(f"capmap: {problem}")
        return problem.exit_status
    except KeyboardInterrupt:
        _say("capmap: stopped.")
        return 130
    except BrokenPipeError:
        # Whoever read our output has read enough; closing quietly is what command lines do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


# -- commands --------------------------------------------------------------------------------------


def _new(given: argparse.Namespace) -> int:
    from capmap.document import Document

    target: Path = given.file
    if target.suffix.lower() != MAP_SUFFIX:
        raise UsageError(f"A map is a file with the ending {MAP_SUFFIX}: {target.name}{MAP_SUFFIX}")
    whole, notices = _read(given.source) if given.source else (Map(), [])
    for notice in notices:
        _say(notice)
    _make_folder(target)
    text = f"New map from {given.source.name}" if given.source else "New map"
    with Document.create(target, whole, text) as document:
        _say(f"{target} holds {_counted(document.map)}.")
    return 0


def _import(given: argparse.Namespace) -> int:
    from capmap.document import Document
    from capmap.exchange.difference import difference

    reading = _reading(given.source)
    with Document.open(given.into) as document:
        found = difference(document.map, reading)
        if not given.dry_run:
            document.commit(found.change)
        facts = {
            "added": len(found.added),
            "changed": len(found.changed),
            "moved": len(found.moved),
            "notices": list(reading.notices),
            "done": not given.dry_run,
        }
    for notice in reading.notices:
        _say(notice)
    verb = "Would add" if given.dry_run else "Added"
    _say(f"{verb} {facts['added']:,}, changed {facts['changed']:,}, moved {facts['moved']:,}.")
    _facts(given, facts)
    return 0


def _export(given: argparse.Namespace) -> int:
    from capmap import exchange, render

    started = time.perf_counter()
    suffix = given.out.suffix.lower()
    if suffix not in {*render.SUFFIXES, *exchange.WRITTEN_SUFFIXES}:
        endings = " ".join(sorted({*render.SUFFIXES, *exchange.WRITTEN_SUFFIXES}))
        raise UsageError(f"CapMap cannot write {suffix or 'a file without an ending'}. It writes {endings}")
    current, notices = _read(given.file)
    for notice in notices:
        _say(notice)
    _make_folder(given.out)
    facts = _export_picture(given, current) if suffix in render.SUFFIXES else _export_data(given, current)
    facts["seconds"] = round(time.perf_counter() - started, 3)
    _say(f"Wrote {given.out}.")
    _facts(given, facts)
    return 0


def _export_data(given: argparse.Namespace, current: Map) -> dict[str, Any]:
    from capmap import exchange

    exchange.write(current, given.out)
    return {"boxes": sum(1 for _ in current.walk())}


def _export_picture(given: argparse.Namespace, current: Map) -> dict[str, Any]:
    from capmap import render
    from capmap.drawing.facts import measure
    from capmap.drawing.page import compose
    from capmap.drawing.paper import PAPERS, paper_named
    from capmap.lens.builtin import default_lens, lens_named

    paper = paper_named(given.paper)
    date: dt.date = given.date or dt.date.today()
    drawing = compose(
        current,
        lens_named(given.lens) if given.lens else default_lens(current),
        paper=paper,
        orientation=given.orientation or ("landscape" if paper.name in PAPERS else None),
        depth=given.depth,
        root=_root(current, given.root),
        date=date,
    )
    render.write([drawing], given.out, author=current.settings.author, created=date)
    return measure([drawing]).as_dict()


def _root(current: Map, wanted: str | None) -> str | None:
    """The id of the capability with this code, outline number or name."""
    if not wanted:
        return None
    found = current.by_number(wanted)
    if found is None:
        same = [capability for capability in current.walk() if capability.name.casefold() == wanted.casefold()]
        if len(same) > 1:
            numbers = ", ".join(current.number(capability.id) for capability in same[:5])
            raise UsageError(f"{len(same)} boxes are called “{wanted}”; name one by its number: {numbers}.")
        found = same[0] if same else None
    if found is None:
        raise UsageError(f"There is no box with the code, number or name “{wanted}” in this map.")
    return found.id


def _check(given: argparse.Namespace) -> int:
    from capmap.storage import repair

    if given.file.suffix.lower() != MAP_SUFFIX:
        _read(given.file)
        _say("This source can be read.")
        return 0
    problems = repair.findings(given.file)
    facts: dict[str, Any] = {"problems": [{"record": item.record_id, "sentence": item.sentence} for item in problems]}
    if given.repair and problems:
        kept, notes = repair.repair(given.file, dt.datetime.now())
        facts |= {"mended": notes, "kept": str(kept)}
    if given.json:
        _facts(given, facts)
    else:
        _tell([item.sentence for item in problems] or ["No problems found."])
        if "kept" in facts:
            _tell([f"Mended: {note}" for note in facts["mended"]])
            _say(f"The file as it was is kept as {facts['kept']}.")
    return 1 if problems else 0


def _query(given: argparse.Namespace) -> int:
    from capmap.analysis import QUESTIONS, answer_as_csv, answer_as_text

    current, _ = _read(given.file)
    if not given.question:
        if given.json:
            _facts(given, {"questions": {name: question.asks for name, question in QUESTIONS.items()}})
        else:
            _tell([line for question in QUESTIONS.values() for line in question.lines()])
        return 0
    question = QUESTIONS.get(given.question.casefold())
    if question is None:
        raise UsageError(f"CapMap does not know the question “{given.question}”. It knows {', '.join(QUESTIONS)}.")
    answer = question.ask(current, given.argument or "")
    if given.json:
        _facts(given, answer.as_dict())
    elif given.csv:
        sys.stdout.write(answer_as_csv(answer))
    else:
        _tell(answer_as_text(answer))
    return 0


# -- pieces ----------------------------------------------------------------------------------------


def _reading(source: Path) -> Any:
    from capmap import exchange

    return exchange.read_file(source)


def _read(source: Path) -> tuple[Map, list[str]]:
    """The map in a .capmap file or in any other source, with the notices of its reading."""
    if source.suffix.lower() == MAP_SUFFIX:
        from capmap.document import opened

        with opened(source, read_only=True) as document:
            return document.map, []
    from capmap.exchange.difference import map_of

    reading = _reading(source)
    return map_of(reading), list(reading.notices)


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise OutputError(f"The folder {target.parent} cannot be made: {refused.strerror}") from refused


def _counted(current: Map) -> str:
    count = sum(1 for _ in current.walk())
    levels = max((current.level(capability.id) for capability in current.capabilities), default=0)
    boxes = "1 capability" if count == 1 else f"{count:,} capabilities"
    return f"{boxes} on {levels} level{'' if levels == 1 else 's'}" if count else "no capabilities yet"


def _facts(given: argparse.Namespace, facts: dict[str, Any]) -> None:
    if given.json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")


def _tell(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


# -- words -----------------------------------------------------------------------------------------


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-11-30") from None


def _levels(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of levels; give 1 or more")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="capmap", description="Business capability maps: capmap FILE opens one in the window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"CapMap {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (explain, declare) in _COMMANDS.items():
        command = commands.add_parser(name, help=explain, description=explain, allow_abbrev=False)
        declare(command)
    return parser


def _declare_open(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", nargs="?", type=Path, help="a map, or anything that can be read as one")
    command.set_defaults(command=lambda given: _refuse_open())


def _refuse_open() -> int:
    raise UsageError("Give one file to open.")


def _declare_new(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="the map to make, FILE.capmap")
    command.add_argument(
        "--from", dest="source", type=Path, metavar="SOURCE", help="a list of capabilities to start from"
    )
    command.set_defaults(command=_new)


def _declare_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", type=Path, help="the list of capabilities to read")
    command.add_argument("--into", type=Path, required=True, metavar="FILE", help="the map that takes it in")
    command.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_import)


def _declare_export(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a map, or anything that can be read as one")
    command.add_argument("out", type=Path, help="the file to write; its ending says the format")
    command.add_argument("--lens", metavar="NAME", help="what the colours say (maturity gap, if assessed)")
    command.add_argument("--paper", default="A3", metavar="NAME", help="A5 to A0, Letter, Tabloid, 16:9, or 420x297mm")
    command.add_argument("--orientation", choices=("landscape", "portrait"), help="landscape, but for own sizes")
    command.add_argument("--depth", type=_levels, metavar="N", help="show N levels")
    command.add_argument("--root", metavar="CODE|NAME", help="show one branch")
    command.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="the date on the page (today)")
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_export)


def _declare_check(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="the map to look through")
    command.add_argument("--repair", action="store_true", help="mend it; the file as it was is kept")
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_check)


def _declare_query(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a map, or anything that can be read as one")
    command.add_argument("question", nargs="?", help="the question; without one, all are listed")
    command.add_argument("argument", nargs="?", help="what the question is about")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer for machines")
    form.add_argument("--csv", action="store_true", help="print the answer as a table")
    command.set_defaults(command=_query)


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "open": ("Open a map in the window.", _declare_open),
    "new": ("Make a map, empty or from a list.", _declare_new),
    "import": ("Read a list into a map.", _declare_import),
    "export": ("Write a map as a picture or as data.", _declare_export),
    "check": ("Look for problems in a map file, and mend them.", _declare_check),
    "query": ("Ask a question about a map.", _declare_query),
}
