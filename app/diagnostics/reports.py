"""Reports about bugs: one text file each in HOME/reports, to be copied into an issue by hand."""

import logging
import sys
import time
from pathlib import Path

_log = logging.getLogger(__name__)

DISTRIBUTION = "lathe-workbench"
LIBRARIES = ("PySide6-Essentials", "llama-cpp-python", "numpy")


def compose_report(error: BaseException, where: str) -> str:
    """Version, system and traceback. Contains nothing of the user's chats; paths are shortened to ~."""
    import traceback  # noqa: PLC0415

    return compose(where, "".join(traceback.format_exception(error)))


def compose(where: str, trace: str) -> str:
    """The same, of a traceback that is text already."""
    import platform  # noqa: PLC0415 - 15 ms that a start can do without

    lines = [
        f"Lathe {installed_version(DISTRIBUTION)}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *(f"{name} {installed_version(name)}" for name in LIBRARIES),
        f"In: {where}",
        f"Arguments: {len(sys.argv) - 1}",
        "",
        trace.rstrip(),
    ]
    return "\n".join(lines).replace(str(Path.home()), "~") + "\n"


def write_report(home: Path, report: str) -> Path | None:
    """Keep a report; None where that is impossible."""
    folder = home / "reports"
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path = folder / f"report-{stamp}-{time.time_ns() % 10**9:09}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
    except OSError as problem:
        _log.warning("the report cannot be written: %s", problem)
        return None
    return path


def installed_version(distribution: str) -> str:
    """A version, or “not installed”."""
    from importlib import metadata  # noqa: PLC0415 - 16 ms that a start can do without

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"
