"""Reports about bugs: a text file in HOME/reports to attach to an issue."""

import platform
import sys
import tempfile
import time
import traceback
from pathlib import Path

from engine.cli.parser import installed_version
from engine.errors import BugError


def write_report(home: Path, error: BaseException) -> Path | None:
    """Keep what is known about a bug, in a temporary folder where HOME cannot be written. None: nowhere."""
    text = _compose(error)
    for folder in (home / "reports", Path(tempfile.gettempdir())):
        name = f"report-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", errors="replace")
        except OSError:
            continue
        return folder / name
    return None


def _compose(error: BaseException) -> str:
    """Version, system and traceback; nothing that the user typed. Paths are shortened to ~."""
    command = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")
    lines = [
        f"Lathe {installed_version()}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"Command: {command if command.isalpha() and len(command) < 12 else ''}",
        "",
        str(error) if isinstance(error, BugError) else "".join(traceback.format_exception(error)).rstrip(),
    ]
    return "\n".join(lines).replace(str(Path.home()), "~") + "\n"
