"""The grammar of the command line. Errors of usage are `UserError`s: one line, like all others."""

import argparse
import difflib
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any, NoReturn

from engine.errors import UserError

Fill = Callable[["LineParser"], None]
DISTRIBUTION = "lathe-workbench"
_CERTAIN = 0.75


class LineParser(argparse.ArgumentParser):
    """Raises instead of printing usage, and adds its arguments (`fill`) only when it is really used."""

    def __init__(self, *, fill: Fill | None = None, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        self._fill = fill

    def parse_known_args(  # type: ignore[override] # argparse overloads it for namespaces of other types
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)
        self.set_defaults(parser=self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        raise UserError("cli.usage", reason=message, command=self.prog.partition(" ")[2])

    def option_strings(self) -> list[str]:
        """Every long option it takes."""
        return [name for name in self._option_string_actions if name.startswith("--")]


class _Version(argparse.Action):
    """Looks the version up only when asked."""

    def __call__(self, *_: object) -> None:
        print(f"lathe {installed_version()}")
        raise SystemExit(0)


def installed_version() -> str:
    """The version of the installed distribution."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def parse(parser: LineParser, arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace.

    Raises `UserError` cli.usage, and params.unknown for an option that resembles one there is.
    """
    known, unknown = parser.parse_known_args(arguments)
    if unknown:
        used: LineParser = known.parser
        option = unknown[0].partition("=")[0]
        near = difflib.get_close_matches(option, used.option_strings(), 1, _CERTAIN)
        if option.startswith("--") and near:
            raise UserError("params.unknown", name=option, nearest=near[0])
        used.error(f"unrecognized arguments: {' '.join(unknown)}")
    return known


def add_common(parser: LineParser) -> None:
    """Options that every command takes, before or after its name."""
    common = parser.add_argument_group("common options")
    add = common.add_argument
    add("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object a line")
    add("--home", metavar="DIR", default=argparse.SUPPRESS, help="keep all state there (or LATHE_HOME)")
    add(
        "--verbose",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print log messages to stderr as well",
    )


def add_version(parser: LineParser) -> None:
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")


def actions(parser: LineParser, dest: str) -> "argparse._SubParsersAction[LineParser]":
    """A place for subcommands."""
    return parser.add_subparsers(dest=dest, metavar="COMMAND", title="commands", parser_class=LineParser)
