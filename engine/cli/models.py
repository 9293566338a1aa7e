"""`lathe models`: what is on this machine."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli import tables
from engine.cli.parser import LineParser, actions, add_common
from engine.cli.runtime import opened_store
from engine.cli.terminal import note, write_json
from engine.errors import UserError
from engine.library.entries import ModelEntry

if TYPE_CHECKING:
    from engine.store.database import Store

_FIELDS = (
    "name",
    "path",
    "format",
    "architecture",
    "parameters",
    "size_bytes",
    "quantization",
    "context_length",
)
_HEAD = ("NAME", "PARAMETERS", "SIZE", "QUANTIZATION", "CONTEXT", "ARCHITECTURE", "WHERE")


def fill(parser: LineParser) -> None:
    """Options and subcommands."""
    add_common(parser)
    commands = actions(parser, "action")
    listed = commands.add_parser("list", help="every model that is found (also without a subcommand)")
    shown = commands.add_parser("show", help="one model in detail")
    shown.add_argument("model", metavar="MODEL", help="a name from the list, or the path of a file or folder")
    scanned = commands.add_parser(
        "scan", help="look for models in a folder, and keep looking there", fill=_fill_scan
    )
    got = commands.add_parser("get", help="fetch a model from a hub", fill=_fill_get)
    for command in (listed, shown, scanned, got):
        add_common(command)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`; for `get` also `Cancelled`, `BugError`."""
    if args.action == "get":
        from engine.cli.models_get import get  # noqa: PLC0415 - brings the engine's client

        get(args, home)
        return 0
    with opened_store(home) as store:
        match args.action:
            case "show":
                _show(store, args.model, json_lines=args.json)
            case "scan":
                _scan(store, args.folder, keep=not args.once, json_lines=args.json)
            case _:
                _list(store, json_lines=args.json)
    return 0


def _fill_scan(parser: LineParser) -> None:
    parser.description = "Looks for models in a folder and everything below it. Nothing in it is changed."
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--once", action="store_true", help="do not add the folder to the library")


def _fill_get(parser: LineParser) -> None:
    from engine.cli.models_get import fill_get  # noqa: PLC0415

    fill_get(parser)


def _list(store: "Store", *, json_lines: bool) -> None:
    from engine.chat.models import model_folders  # noqa: PLC0415 - each action imports what it needs
    from engine.library.catalog import list_models  # noqa: PLC0415

    problems: list[str] = []
    found: list[ModelEntry] = []
    folders = model_folders(store)
    for entry in list_models(store.home, folders, lambda _, problem: problems.append(problem.one_line())):
        found.append(entry)
        if json_lines:
            write_json(_fields(entry))
    if not json_lines:
        _print(found)
        for problem in problems:
            note(problem)


def _show(store: "Store", name: str, *, json_lines: bool) -> None:
    from engine.chat.models import model_folders  # noqa: PLC0415
    from engine.cli.models_show import show  # noqa: PLC0415
    from engine.library.catalog import find_model  # noqa: PLC0415

    entry = find_model(name, store.home, model_folders(store))
    show(store, entry, _fields(entry), json_lines=json_lines)


def _scan(store: "Store", folder: Path, *, keep: bool, json_lines: bool) -> None:
    from engine.chat.models import FOLDERS_SETTING  # noqa: PLC0415
    from engine.library.catalog import read_entry  # noqa: PLC0415
    from engine.library.places import Folder, find_files  # noqa: PLC0415

    folder = folder.expanduser().absolute()
    if not folder.is_dir():
        reason = "it is no folder" if folder.exists() else "there is no such folder"
        raise UserError("file.unreadable", path=folder, reason=reason)
    entries = []
    for found in find_files(Folder(folder, "folder")):
        try:
            entry = read_entry(found)
        except UserError as problem:
            note(problem.one_line())
            continue
        if entry is not None:
            entries.append(entry)
            if json_lines:
                write_json(_fields(entry))
    if not json_lines:
        _print(entries)
    known: list[str] = store.settings.get(FOLDERS_SETTING, [])
    if keep and str(folder) not in known:
        store.settings.set(FOLDERS_SETTING, [*known, str(folder)])


def _print(entries: list[ModelEntry]) -> None:
    if not entries:
        note("No model was found. `lathe models scan DIR` looks in another folder.")
        return
    rows = [
        (
            entry.name,
            tables.count(entry.parameters),
            tables.size(entry.size_bytes),
            entry.quantization,
            f"{entry.context_length:,}" if entry.context_length else "?",
            entry.architecture,
            entry.source,
        )
        for entry in entries
    ]
    tables.print_table(_HEAD, rows, right=(1, 2, 4))


def _fields(entry: ModelEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in _FIELDS}
