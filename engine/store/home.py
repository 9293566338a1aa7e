"""Where everything that belongs to one user of Lathe lives, also after it was moved."""

import os
from pathlib import Path

import platformdirs

from engine.errors import UserError

POINTER = "moved-to"
"""A file in a folder whose data was moved: one line, the folder where it is now."""
_MOST_MOVES = 8


def lathe_home(override: str | None = None) -> Path:
    """`--home`, else LATHE_HOME, else the platform's user data folder; then wherever it was moved from there.

    Not created here. Raises `UserError` home.gone where the data was moved to a folder that is not there.
    """
    return follow(chosen_home(override))


def chosen_home(override: str | None = None) -> Path:
    """The folder that was named, whether the data is still in it or not."""
    chosen = override or os.environ.get("LATHE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("Lathe", appauthor=False)


def follow(home: Path) -> Path:
    """Raises `UserError` home.gone."""
    for _ in range(_MOST_MOVES):
        pointer = home / POINTER
        try:
            text = pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return home
        if not text:
            return home
        home = Path(text)
        if not home.is_dir():
            raise UserError("home.gone", path=home, pointer=pointer)
    return home
