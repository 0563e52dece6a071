"""Importing: the command that brings a list, or tables of any kinds, into a map."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capmap.commands.telling import facts_out, say
from capmap.errors import UsageError

if TYPE_CHECKING:
    from capmap.exchange.tables.brought import Brought

_TOLD = 20
"""So many cells that do not fit are said one by one; --json lists all."""


def declare_import(command: argparse.ArgumentParser) -> None:
    """The words of ``import``."""
    command.add_argument("source", type=Path, help="a list, a workbook with its sheets, or a folder of CSV files")
    command.add_argument("--into", type=Path, required=True, metavar="FILE", help="the map that takes it in")
    command.add_argument(
        "--as", dest="kind", metavar="KIND", help="what the rows are: capabilities, services, projects ... links"
    )
    command.add_argument(
        "--language", metavar="CODE", help="the list holds names in this language, such as de, by id or code"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
    command.add_argument("--json", action="store_true", help="print the facts for machines")
    command.set_defaults(command=_import)


def kind_named(word: str | None) -> str:
    """The kind of record that a word of the command line names; empty without one. Raises UsageError."""
    from capmap.exchange.grid.columns import KINDS, NOUNS
    from capmap.exchange.tables.kindwords import kind_called

    kind = kind_called(word) if word else ""
    if word and not kind:
        raise UsageError(f"There is no table of “{word}”. There are {', '.join(NOUNS[kind][1] for kind in KINDS)}.")
    return kind


def _import(given: argparse.Namespace) -> int:
    if given.language:
        return _import_names(given)
    from capmap.document import Document
    from capmap.exchange.tables.bringing import brought_by
    from capmap.exchange.tables.incoming import incoming

    found = incoming(given.source, kind_named(given.kind))
    with Document.open(given.into) as document:
        brought = brought_by(document.map, found)
        if not given.dry_run:
            document.commit(brought.change)
    say_brought(brought, is_done=not given.dry_run)
    facts_out(given, {**facts_of(brought), "done": not given.dry_run})
    return 0


def _import_names(given: argparse.Namespace) -> int:
    """Names and descriptions in another language."""
    from capmap.document import Document
    from capmap.exchange.translations import translated

    if given.kind:
        raise UsageError("--language brings names of capabilities; leave --as out.")
    with Document.open(given.into) as document:
        found = translated(document.map, given.source, given.language)
        if not given.dry_run:
            document.commit(found.change)
    verb = "Would name" if given.dry_run else "Named"
    say(f"{verb} {found.given:,} capabilities in “{given.language}”; {found.lacking:,} have no name in it yet.")
    if found.unknown:
        say(f"{found.unknown:,} entries of {given.source.name} are of no capability in the map.")
    facts = {"named": found.given, "lacking": found.lacking, "unknown": found.unknown, "done": not given.dry_run}
    facts_out(given, facts)
    return 0


def facts_of(brought: Brought) -> dict[str, Any]:
    """What came of an import, for machines: the sums, and the same of every kind."""
    kinds = {fact.kind: fact.as_dict() for fact in brought.facts}
    sums = {name: sum(counts[name] for counts in kinds.values()) for name in ("added", "changed", "moved", "refused")}
    return {**sums, "kinds": kinds, "left_out": list(brought.refused), "notices": list(brought.notices)}


def say_brought(brought: Brought, *, is_done: bool) -> None:
    """What came of an import, for a person."""
    for notice in brought.notices:
        say(notice)
    for sentence in brought.refused[:_TOLD]:
        say(sentence)
    if len(brought.refused) > _TOLD:
        say(f"… and {len(brought.refused) - _TOLD:,} more cells that do not fit; --json lists all.")
    facts = facts_of(brought)
    if len(brought.facts) > 1 or any(fact.kind != "capability" for fact in brought.facts):
        for fact in brought.facts:
            say(fact.sentence)
    verb = "Added" if is_done else "Would add"
    say(f"{verb} {facts['added']:,}, changed {facts['changed']:,}, moved {facts['moved']:,}.")
