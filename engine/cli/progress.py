"""One line of progress on stderr, only where a person sees it."""

import sys
import time

from engine.cli.tables import duration
from engine.cli.terminal import is_terminal, printable, raw
from engine.protocol.events import JobProgress, LoadProgress, PromptProgress

_PERIOD_S = 0.1
_WORTH_TELLING = 256
_LOADING = {
    "weights": "Loading {name}",
    "context": "Preparing {name}",
    "measuring": "Finding the fastest settings for {name} on this machine (once)",
}


class Progress:
    """Rewrites its line in place. Without a terminal it says nothing."""

    def __init__(self) -> None:
        self._on = is_terminal(sys.stderr)
        self._shown = ""
        self._at = 0.0
        self._since: dict[str, float] = {}

    def loading(self, name: str, event: LoadProgress) -> None:
        """The time left is taken from the pace so far of each stage."""
        text = _LOADING.get(event.stage, "Loading {name}").format(name=name)
        if event.stage != "weights":
            self.show(text + "…", at_once=True)
            return
        self.show(f"{text} {event.fraction:.0%}{self._left('weights', event.fraction)}")

    def prompt_begins(self, tokens: int) -> None:
        """`tokens` have to be read; a few are read before anybody could read this."""
        if tokens >= _WORTH_TELLING:
            self.show(f"Reading the prompt, {tokens} tokens…", at_once=True)

    def prompt(self, event: PromptProgress) -> None:
        """Shown while there is something to wait for."""
        left = event.total - event.done
        if left <= 0 or event.tokens_per_s <= 0:
            self.clear()
            return
        self.show(
            f"Reading the prompt {event.done}/{event.total} tokens · {event.tokens_per_s:.0f} tok/s"
            f" · {duration(left / event.tokens_per_s)} left"
        )

    def job(self, name: str, event: JobProgress) -> None:
        left = f" · {duration(event.seconds_left)} left" if event.seconds_left >= 0 else ""
        self.show(f"{name} {event.fraction:.0%}{left}")

    def show(self, text: str, *, at_once: bool = False) -> None:
        """Put a text in the line; at most ten times a second unless `at_once`."""
        now = time.monotonic()
        if not self._on or text == self._shown or (not at_once and now - self._at < _PERIOD_S):
            return
        self._shown, self._at = text, now
        raw(sys.stderr, f"\r\x1b[K{printable(text)}")

    def clear(self) -> None:
        """Give the line back before anything else is written."""
        if self._shown:
            self._shown = ""
            raw(sys.stderr, "\r\x1b[K")

    def _left(self, stage: str, fraction: float) -> str:
        now = time.monotonic()
        since = self._since.setdefault(stage, now)
        if fraction <= 0.02 or now - since < 1:
            return ""
        return f" · {duration((now - since) / fraction * (1 - fraction))} left"
