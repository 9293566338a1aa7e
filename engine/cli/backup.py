"""`lathe backup FILE`: everything in one file."""

import argparse
import time
from pathlib import Path

from engine.cli import tables
from engine.cli.parser import LineParser, add_common, installed_version
from engine.cli.progress import Progress
from engine.cli.terminal import note, write_json, write_line
from engine.protocol.events import JobProgress
from engine.store.backup import write_backup
from engine.store.backup_format import Told
from engine.store.database import open_store

_DESCRIPTION = (
    "Writes chats, presets, prompts, settings, data sets, runs and measurements into one .zip file, and "
    "reads it again to be sure. Lathe may go on meanwhile. Keys and tokens stay in the system's keyring."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    parser.add_argument("file", metavar="FILE", type=Path, help="the .zip file to write")
    parser.add_argument(
        "--models", action="store_true", help="with downloaded models and checkpoints of runs"
    )
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError` output.*, backup.*, store.*."""
    open_store(home).close()  # makes it, or brings it up to date
    target: Path = args.file.absolute()
    progress = Progress()
    try:
        told = show_progress(progress, "Backing up")
        manifest = write_backup(home, target, installed_version(), models=args.models, told=told)
    finally:
        progress.clear()
    size = target.stat().st_size
    if args.json:
        fields = {"event": "done", "path": str(target), "size_bytes": size, "files": len(manifest.files)}
        write_json({**fields, "models": args.models, "left_out": manifest.left_out})
        return 0
    write_line(str(target))
    note(f"{len(manifest.files)} files, {tables.size(size)}, every one read back and right")
    if not args.models:
        note("Models and checkpoints are not in it; --models adds them.")
    if manifest.left_out:
        note(f"{manifest.left_out} files were left out: other systems cannot have their names.")
    return 0


def show_progress(progress: Progress, name: str) -> Told:
    """For `told` of a backup or a restore."""
    began = time.monotonic()

    def told(done: int, total: int) -> None:
        fraction = done / max(total, 1)
        spent = time.monotonic() - began
        left = spent / fraction * (1 - fraction) if fraction > 0.02 and spent > 1 else -1.0
        progress.job(name, JobProgress(job=0, fraction=fraction, seconds_left=left))

    return told
