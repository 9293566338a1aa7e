"""What the person at the terminal sees: numbered steps with what is being done and for how long."""

import re
import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

QUIET_SECONDS = 15.0
"""Where lines cannot be rewritten (a log file, CI), a running step speaks at least this often."""


class Problem(Exception):
    """Something that stops the set-up, as a sentence for the person at the terminal."""


def clock(seconds: float) -> str:
    """`0.4 s`, `12 s` or `3:05 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds // 60)}:{int(seconds % 60):02d} min"


class Console:
    """Prints steps. On a terminal the running step is one line that counts; elsewhere it speaks at times."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream if stream is not None else sys.stdout
        if hasattr(self.stream, "reconfigure"):
            self.stream.reconfigure(errors="replace")
        self.live = self.stream.isatty()

    def line(self, text: str = "") -> None:
        self.stream.write(text + "\n")
        self.stream.flush()

    def step(self, title: str) -> "Step":
        return Step(self, title)

    def done_before(self, title: str) -> None:
        """A step with nothing left to do."""
        self.line(f"  ok   {title}")


class Step:
    """One step, as a context manager; `detail` may be set at any time from any thread."""

    def __init__(self, console: Console, title: str) -> None:
        self.console = console
        self.title = title
        self.detail = ""
        self._started = time.monotonic()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, name=f"step {title}", daemon=True)

    def __enter__(self) -> Self:
        if not self.console.live:
            self.console.line(f"  ...  {self.title}")
        self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._ticker.join()
        mark = "ok  " if kind is None else "FAIL"
        self._rewrite(f"  {mark} {self.title} ({clock(time.monotonic() - self._started)})")
        if self.console.live:
            self.console.line()

    def _tick(self) -> None:
        while not self._ended.wait(0.5 if self.console.live else QUIET_SECONDS):
            detail = f": {self.detail}" if self.detail else ""
            self._rewrite(f"  ...  {self.title} ({clock(time.monotonic() - self._started)}){detail}")

    def _rewrite(self, text: str) -> None:
        if not self.console.live:
            self.console.line(text)
            return
        self.console.stream.write("\r\x1b[K" + text[:110])
        self.console.stream.flush()


_NINJA = re.compile(r"\[(\d+)/(\d+)\]")
_TELLING = ("Collecting ", "Downloading ", "Installing collected packages", "Building wheel", "Setting up ")
_MAKE = re.compile(r"\[ *(\d+)%\]")


def what_it_does(line: str) -> str | None:
    """What a line of a tool's output says about its progress, in a few words; None for nothing."""
    line = line.strip()
    if found := _NINJA.search(line):
        return f"compiling {found[1]} of {found[2]}"
    if found := _MAKE.search(line):
        return f"compiling, {found[1]} %"
    return line.split(" (")[0][:60] if line.startswith(_TELLING) else None
