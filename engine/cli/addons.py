"""`lathe addons`: what is installed on demand."""

import argparse
import shutil
from pathlib import Path

from engine.addon_folders import training_folder
from engine.cli import tables
from engine.cli.jobs import run_job
from engine.cli.parser import LineParser, actions, add_common
from engine.cli.terminal import note, write_json, write_line
from engine.protocol.addons import AddonInstalled, InstallAddonJob

_DESCRIPTION = (
    "The training stack is PyTorch, transformers, PEFT and TRL: fine-tuning, encoders and T5 models need it. "
    "It is fetched from the Python Package Index, in the versions that this Lathe was tested with, and put "
    "below HOME/addons. Only `install` uses the network."
)
_WORDS = {"training": "PyTorch, transformers, PEFT, TRL: fine-tuning, encoders, T5 models"}


def fill(parser: LineParser) -> None:
    """Options and subcommands."""
    parser.description = _DESCRIPTION
    add_common(parser)
    commands = actions(parser, "action")
    listed = commands.add_parser("list", help="which there are (also without a subcommand)")
    installed = commands.add_parser("install", help="fetch one and put it in place")
    removed = commands.add_parser("remove", help="delete one")
    for command in (installed, removed):
        command.add_argument("addon", choices=sorted(_WORDS), help="its name")
    installed.add_argument(
        "--torch-index",
        metavar="URL",
        default=None,
        help="where the builds of PyTorch for this machine are ('' for the usual index alone)",
    )
    for command in (listed, installed, removed):
        add_common(command)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    folder = training_folder(home.absolute())
    match args.action:
        case "install":
            _install(args, home, folder)
        case "remove":
            _remove(folder, json_lines=args.json)
        case _:
            _list(folder, json_lines=args.json)
    return 0


def _install(args: argparse.Namespace, home: Path, folder: Path) -> None:
    from engine.addons.training import is_installed, torch_index_for_this_machine  # noqa: PLC0415

    if is_installed():
        if args.json:
            write_json({"event": "present", "addon": args.addon})
        else:
            note("The training stack is there already.")
        return
    index = torch_index_for_this_machine() if args.torch_index is None else args.torch_index
    job = InstallAddonJob(args.addon, str(folder), index)
    end = run_job(home, job, "Installing the training stack", json_lines=args.json)
    assert isinstance(end, AddonInstalled)  # noqa: S101 - how such a job ends
    if args.json:
        write_json(
            {
                "event": "done",
                "addon": end.addon,
                "path": end.path,
                "packages": end.packages,
                "size_bytes": end.size_bytes,
                "seconds": round(end.seconds, 1),
            }
        )
        return
    write_line(end.path)
    note(f"{end.packages} packages, {tables.size(end.size_bytes)}, in {tables.duration(end.seconds)}")


def _remove(folder: Path, *, json_lines: bool) -> None:
    there = folder.is_dir()
    if there:
        # First out of sight, in one step: a half-deleted stack must not be found.
        gone = folder.with_name(f"{folder.name}.removed")
        folder.rename(gone)
        shutil.rmtree(gone)
    if json_lines:
        write_json({"event": "removed" if there else "absent", "addon": "training"})
    else:
        note("The training stack is removed." if there else "The training stack was not installed here.")


def _list(folder: Path, *, json_lines: bool) -> None:
    from engine.addons.training import is_installed  # noqa: PLC0415

    state = "installed" if folder.is_dir() else "in the environment" if is_installed() else "not installed"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    if json_lines:
        write_json({"addon": "training", "state": state, "path": str(folder), "size_bytes": size})
        return
    row = ("training", state, tables.size(size) if size else "", _WORDS["training"])
    tables.print_table(("NAME", "STATE", "SIZE", "WHAT"), [row], right=(2,))
