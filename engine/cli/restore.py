"""`lathe restore FILE`: bring a backup back; what it replaces is kept."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.backup import show_progress
from engine.cli.parser import LineParser, add_common
from engine.cli.progress import Progress
from engine.cli.terminal import note, write_json, write_line
from engine.errors import UserError
from engine.jobs.service import JobService
from engine.store.restore import look_into, restore_backup

_DESCRIPTION = (
    "Checks every file of a backup, then puts them into the data folder. What they replace is kept in "
    "HOME/before-restore; what is not in the backup stays. Lathe must be closed."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    parser.add_argument("file", metavar="FILE", type=Path, help="a .zip file that `lathe backup` has written")
    parser.add_argument("--check", action="store_true", help="only say what is in it")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError` backup.*, home.*, output.*."""
    path: Path = args.file.absolute()
    if args.check:
        _check(path, json_lines=args.json)
        return 0
    _refuse_running_jobs(home)
    progress = Progress()
    try:
        done = restore_backup(path, home, show_progress(progress, "Restoring"))
    finally:
        progress.clear()
    if args.json:
        kept = str(done.kept) if done.replaced else None
        write_json({"event": "done", "files": done.files, "replaced": done.replaced, "kept": kept})
        return 0
    write_line(f"Restored {done.files} files into {home}.")
    if done.replaced:
        note(f"The {done.replaced} files that were there before are in {done.kept}.")
    return 0


def _check(path: Path, *, json_lines: bool) -> None:
    manifest = look_into(path)
    if json_lines:
        fields = {"files": len(manifest.files), "size_bytes": manifest.size_bytes, "models": manifest.models}
        write_json({"version": manifest.version, "created": manifest.created_ms, **fields})
        return
    when = tables.local_time(manifest.created_ms)
    write_line(f"A backup of {when}, written by Lathe {manifest.version}.")
    what = "with models" if manifest.models else "without models"
    note(f"{len(manifest.files)} files, {tables.size(manifest.size_bytes)}, {what}")


def _refuse_running_jobs(home: Path) -> None:
    if not (home / "jobs").is_dir():
        return
    service = JobService(home, starts=False)
    try:
        active = [record.title for record in service.records() if record.active]
    finally:
        service.close()
    if active:
        raise UserError("home.jobs", titles=", ".join(active[:3]))
