"""Querying: the command that asks a question about a map."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from capmap.commands.sources import make_folder, read
from capmap.commands.telling import facts_out, say, tell
from capmap.errors import UsageError


def declare_query(command: argparse.ArgumentParser) -> None:
    """The words of ``query``."""
    command.add_argument("file", type=Path, help="a map, or anything that can be read as one")
    command.add_argument("question", nargs="?", help="the question; without one, all are listed")
    command.add_argument("argument", nargs="?", help="what the question is about")
    command.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="the day as of which it is asked (today)")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="write the answer: pages as .pdf .svg .png, a table as .xlsx .csv"
    )
    command.add_argument("--paper", metavar="NAME", help="of the pages (A4)")
    command.add_argument("--orientation", choices=("landscape", "portrait"), help="(as the table needs)")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer for machines")
    form.add_argument("--csv", action="store_true", help="print the answer as a table")
    command.set_defaults(command=_query)


def _query(given: argparse.Namespace) -> int:
    from capmap.analysis import QUESTIONS, Answer, answer_as_csv, answer_as_text

    if given.out is not None:
        _require_known(given.out)
    current, _ = read(given.file)
    if not given.question:
        if given.json:
            facts_out(given, {"questions": {name: question.asks for name, question in QUESTIONS.items()}})
        else:
            tell([line for question in QUESTIONS.values() for line in question.lines()])
        return 0
    question = QUESTIONS.get(given.question.casefold())
    if question is None:
        raise UsageError(f"CapMap does not know the question “{given.question}”. It knows {', '.join(QUESTIONS)}.")
    date: dt.date = given.date or dt.date.today()
    answer: Answer = question.ask(current, given.argument or "", date)
    if given.out is not None:
        from capmap.drawing.paper import paper_named
        from capmap.sharing.answerfiles import write_answer

        paper = paper_named(given.paper) if given.paper else None
        make_folder(given.out)
        for written in write_answer(answer, current, given.out, date, paper=paper, orientation=given.orientation):
            say(f"Wrote {written}.")
    if given.json:
        facts_out(given, answer.as_dict())
    elif given.csv:
        sys.stdout.write(answer_as_csv(answer))
    elif given.out is None:
        tell(answer_as_text(answer))
    return 0


def _require_known(target: Path) -> None:
    """Refuse an ending before anything is read."""
    from capmap.sharing.answerfiles import SUFFIXES

    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(f"CapMap writes an answer as {' '.join(SUFFIXES)}, not as {target.name}.")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-11-30") from None
