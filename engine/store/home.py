"""Where everything that belongs to one user of Lathe lives."""

import os
from pathlib import Path

import platformdirs


def lathe_home(override: str | None = None) -> Path:
    """`--home`, else LATHE_HOME, else the platform's user data folder. Not created here."""
    chosen = override or os.environ.get("LATHE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("Lathe", appauthor=False)
