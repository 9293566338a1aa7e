"""Entry point of the console script `lathe`."""

import sys
from collections.abc import Sequence

CANCELLED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    try:
        # Inside the `try`: Ctrl+C while Python still imports ends quietly, too.
        from engine.cli.commands import run_command_line  # noqa: PLC0415

        return run_command_line(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return CANCELLED


if __name__ == "__main__":
    sys.exit(main())
