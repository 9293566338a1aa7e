"""What a crash in native code has left: no Python was there to tell of it, so the next start does."""

import os
from pathlib import Path

from app.diagnostics.logs import CRASH_NAME, log_folder
from app.diagnostics.reports import compose, write_report

_MOST_BYTES = 64_000


def take_crash(home: Path) -> tuple[str, str] | None:
    """The report of a crash that nobody was told of, and the path of its file ("" where it could not be
    written); None where there was none. What was taken is not found again. Reads the disk.
    """
    path = log_folder(home) / CRASH_NAME
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
        if not data.strip():
            return None
        os.truncate(path, 0)
    except OSError:
        return None
    report = compose("the window, the last time: a crash in native code", data.decode("utf-8", "replace"))
    return report, str(write_report(home, report) or "")
