"""Garbage: none is looked for among many objects that will all be kept, while they are made or after that."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Without garbage collection, which would look through all the new objects again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def set_aside(*, again: bool) -> None:
    """Much was made that lives long: look through it no more, which would take a quarter of a second for 100,000 boxes
    in the middle of some edit. ``again`` says that something was set aside before and may be garbage by now.
    """
    if again:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
