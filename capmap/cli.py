"""The command line: what the window does to data, for scripts. It loads Qt only to write a PNG."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from capmap import __version__
from capmap.commands import COMMANDS
from capmap.commands.telling import say
from capmap.errors import CapMapError


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
    if len(arguments) == 1 and arguments[0] not in COMMANDS and not arguments[0].startswith("-"):
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
        say(f"capmap: {problem}")
        return problem.exit_status
    except KeyboardInterrupt:
        say("capmap: stopped.")
        return 130
    except BrokenPipeError:
        # Whoever read our output has read enough; closing quietly is what command lines do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="capmap", description="Business capability maps: capmap FILE opens one in the window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"CapMap {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (explain, declare) in COMMANDS.items():
        command = commands.add_parser(name, help=explain, description=explain, allow_abbrev=False)
        declare(command)
    return parser
