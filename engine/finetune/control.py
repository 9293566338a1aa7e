"""What the user wants of a running training: from the run's own control file, or from that of its job."""

import time
from collections.abc import Callable
from typing import Literal

from engine.finetune.run_folder import RunFolder
from engine.jobs import control as job_control

Wish = Literal["go", "pause", "stop"]
_POLL_S = 0.2


class Control:
    """Looked at between two steps."""

    def __init__(self, run: RunFolder) -> None:
        self._run = run

    def wish(self) -> Wish:
        asked, job = self._run.asked(), job_control.wish()
        if "stop" in (asked, job) or job == "cancel":
            return "stop"
        return "pause" if "pause" in (asked, job) else "go"

    def wait_while_paused(self, each: Callable[[], None]) -> Wish:
        """What is wanted instead in the end; `each` is called now and then."""
        while self.wish() == "pause":
            each()
            time.sleep(_POLL_S)
        return self.wish()
