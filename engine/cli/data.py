"""`lathe data`: what a data set is, and what would be trained."""

import argparse
from pathlib import Path

from engine.cli.parser import LineParser, actions, add_common


def fill(parser: LineParser) -> None:
    """Subcommands."""
    add_common(parser)
    from engine.cli.data_show import fill as fill_show  # noqa: PLC0415 - only what is used

    commands = actions(parser, "action")
    commands.required = True
    commands.add_parser("show", help="what it is, what is wrong with it, and rows as trained", fill=fill_show)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    from engine.cli.data_show import run as run_show  # noqa: PLC0415

    return run_show(args, home)
