"""The log of the window, in HOME/logs. Local only; nothing is ever sent anywhere."""

import faulthandler
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

LOG_NAME = "window.log"
CRASH_NAME = "crash.log"
LIMIT_BYTES = 1_000_000

_crash_file: TextIO | None = None


class _Rotating(RotatingFileHandler):
    """One older file is kept; a full disk costs lines of the log and nothing else."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LIMIT_BYTES, backupCount=1, encoding="utf-8", delay=True)
        self.namer = lambda _name: str(path.with_suffix(".old.log"))

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def log_folder(home: Path) -> Path:
    return home / "logs"


def start_logging(home: Path, debug: bool) -> None:
    """Log to a file (one older file is kept), and to stderr too with `debug`.

    Native crashes leave the Python stacks of all threads in crash.log. Where the folder cannot be written,
    the log goes to stderr.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    handlers: list[logging.Handler] = []
    try:
        folder = log_folder(home)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / LOG_NAME
        if path.exists() and path.stat().st_size > LIMIT_BYTES:
            path.replace(path.with_suffix(".old.log"))
        handlers.append(_Rotating(path))
        _watch_crashes(folder / CRASH_NAME)
    except OSError as error:
        sys.stderr.write(f"lathe: the log cannot be written: {error}\n")
    if debug or not handlers:
        handlers.append(logging.StreamHandler())
    form = logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    for handler in handlers:
        handler.setFormatter(form)
        root.addHandler(handler)


def stop_logging() -> None:
    """Close the files again."""
    global _crash_file
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.FileHandler):
            root.removeHandler(handler)
            handler.close()
    if _crash_file is not None:
        faulthandler.disable()
        _crash_file.close()
        _crash_file = None


def _watch_crashes(path: Path) -> None:
    global _crash_file
    _crash_file = path.open("a", encoding="utf-8")
    faulthandler.enable(file=_crash_file, all_threads=True)
