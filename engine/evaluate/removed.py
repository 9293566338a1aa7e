"""Taking a stored comparison or map off its list, so that it can come back."""

import os
import time
from pathlib import Path

from engine.errors import UserError

_ENDING = ".removed"
_KEPT_S = 24 * 3600
"""How long it can come back: longer than any note about it is shown."""


def put_away(path: Path) -> None:
    """Take a file off the lists; those that were put away a day ago are deleted.

    Raises `UserError` output.unwritable.
    """
    try:
        path.rename(_away(path))
        os.utime(_away(path))
    except FileNotFoundError:
        return
    except OSError as error:
        raise UserError("output.unwritable", path=path, reason=error.strerror or str(error)) from error
    _forget_old(path.parent)


def bring_back(path: Path) -> None:
    """Undo `put_away`. Raises `UserError` output.unwritable."""
    try:
        _away(path).rename(path)
    except OSError as error:
        raise UserError("output.unwritable", path=path, reason=error.strerror or str(error)) from error


def _away(path: Path) -> Path:
    return path.with_name(path.name + _ENDING)


def _forget_old(folder: Path) -> None:
    oldest = time.time() - _KEPT_S
    for one in folder.glob(f"*{_ENDING}"):
        try:
            if one.stat().st_mtime < oldest:
                one.unlink()
        except OSError:
            continue
