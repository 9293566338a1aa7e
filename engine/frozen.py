"""What the packaged program does first, and a checkout never needs."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

_SEARCH_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")


def is_frozen() -> bool:
    """Whether this process is one of the packaged programs."""
    return bool(getattr(sys, "frozen", False))


def bundle_folder() -> Path | None:
    """The folder with everything that was packaged; None in a checkout or an installed wheel."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if isinstance(bundle, str) else None


def prepare() -> None:
    """To be called before anything is imported."""
    restore_search_paths(os.environ)
    # A Windows program without a console has no streams, and libraries write to them.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - kept open
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def restore_search_paths(environment: MutableMapping[str, str]) -> None:
    """Let programs that this one starts (a browser, a file manager) find their own libraries.

    PyInstaller's loader puts its folder in front and keeps what was there under another name.
    """
    for name in _SEARCH_PATHS:
        before = environment.pop(f"{name}_ORIG", None)
        if before:
            environment[name] = before
        elif is_frozen():
            environment.pop(name, None)
