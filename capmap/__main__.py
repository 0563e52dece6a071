"""The start: a window, or the command line when a command is given."""

from __future__ import annotations

import sys
from collections.abc import Sequence

WINDOW_COMMAND = "open"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (None: those it was started with); returns the exit status."""
    from capmap import cli

    given = list(sys.argv[1:] if arguments is None else arguments)
    wanted = cli.window_file(given)
    if wanted is None:
        return cli.run(given)
    return window(wanted)


def window(files: Sequence[str] | None = None) -> int:
    """Open the window on the file named first, if any; returns the exit status."""
    from capmap import app

    given = list(sys.argv[1:] if files is None else files)
    return app.run(given[0] if given else None)


if __name__ == "__main__":
    sys.exit(main())
