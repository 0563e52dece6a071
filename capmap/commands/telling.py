"""Telling: facts and answers go to standard output, everything said to a person to standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any


def facts_out(given: argparse.Namespace, facts: dict[str, Any]) -> None:
    """Print facts for machines, if they were asked for."""
    if given.json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")


def tell(lines: Sequence[str]) -> None:
    """Print lines of an answer."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def say(sentence: str) -> None:
    """Say a sentence to the person at the keyboard."""
    sys.stderr.write(f"{sentence}\n")
