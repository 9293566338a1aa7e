"""For work inside a job's process that can stop between two steps: what the user wants it to do.

    from engine.jobs.control import obey
    for batch in batches:
        obey()  # waits while paused; raises `Cancelled`

A job that does this says so in its struct: `pausable: ClassVar[bool] = True`.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from engine.errors import Cancelled
from engine.jobs.folder import CONTROL

Wish = Literal["run", "pause", "cancel"]
_WISHES: dict[str, Wish] = {"pause": "pause", "resume": "run", "cancel": "cancel"}
_POLL_S = 0.1


class JobControl:
    """The control file of one job; without a folder nobody wants anything."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / CONTROL if folder is not None else None
        self._size = 0
        self._wish: Wish = "run"

    def wish(self) -> Wish:
        """The last word; costs one look at the file's size."""
        if self._path is None:
            return "run"
        try:
            size = self._path.stat().st_size
            if size != self._size:
                words = self._path.read_text("utf-8").split()
                self._size = size
                self._wish = next((_WISHES[word] for word in reversed(words) if word in _WISHES), "run")
        except OSError:
            pass  # nobody has said anything, or the folder is gone
        return self._wish

    def obey(self, on_pause: Callable[[], None] | None = None) -> float:
        """Waits while paused, calling `on_pause` once before; the seconds it waited. Raises `Cancelled`."""
        if self.wish() == "pause":
            if on_pause is not None:
                on_pause()
            since = time.monotonic()
            while self.wish() == "pause":
                time.sleep(_POLL_S)
            waited = time.monotonic() - since
        else:
            waited = 0.0
        if self._wish == "cancel":
            raise Cancelled
        return waited


_current = JobControl(None)


def use_folder(folder: Path) -> None:
    """Called by the process of a job, once."""
    global _current
    _current = JobControl(folder)


def wish() -> Wish:
    """What the user wants this process to do."""
    return _current.wish()


def obey(on_pause: Callable[[], None] | None = None) -> float:
    """See `JobControl.obey`."""
    return _current.obey(on_pause)
