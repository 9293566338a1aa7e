"""Moving Lathe's own models to the trash of the system, and back. Not for a GUI thread: it moves files."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QDir, QFile, QStandardPaths

from engine.errors import UserError
from engine.library.entries import ModelEntry
from engine.library.shards import part_paths


class Trashed(NamedTuple):
    """Where a file was, and where it is in the trash ("" where the system does not tell)."""

    path: Path
    kept: str


def move_to_trash(entry: ModelEntry, home: Path) -> list[Trashed]:
    """All files of a model in `home`/models; of others nothing is ever moved.

    Raises `UserError` model.not_own, model.no_trash; what was moved before is then moved back.
    """
    own = (home / "models").resolve()
    path = Path(entry.path)
    if not path.resolve().is_relative_to(own) or path.resolve() == own:
        raise UserError("model.not_own", path=path)
    # Qt makes the trash, not the folder above it.
    QDir().mkpath(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))
    moved: list[Trashed] = []
    for each in _files(path):
        file = QFile(str(each))
        if not file.moveToTrash():
            restore(moved)
            raise UserError("model.no_trash", path=each, reason=file.errorString().rstrip("."))
        moved.append(Trashed(each, file.fileName() if file.fileName() != str(each) else ""))
    return moved


def restore(moved: Sequence[Trashed]) -> None:
    """Undo `move_to_trash`. Raises `UserError` model.not_restored."""
    for each in moved:
        if not each.kept or each.path.exists():
            raise UserError("model.not_restored", path=each.path)
        try:
            each.path.parent.mkdir(parents=True, exist_ok=True)
            Path(each.kept).rename(each.path)
        except OSError:
            raise UserError("model.not_restored", path=each.path) from None


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [path]
    try:
        return part_paths(path)
    except UserError:
        return [path]
