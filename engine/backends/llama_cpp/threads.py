"""How many threads compute, and adapting that to what else the machine is doing.

Every graph node ends in a barrier: when another program takes a core, all threads wait for the one that
lost its turn, and two threads can be slower than one. So while tokens are generated the governor compares
the recent time per token with the best seen and, when it has become much worse, tries one thread fewer,
keeping what is faster.
"""

import os
from collections import deque
from statistics import median

import psutil

_WINDOW = 6
_SLOWER = 1.5
_RETRY_TOKENS = 96


def default_threads() -> int:
    """Physical cores this process may use, at least one."""
    try:
        allowed = len(os.sched_getaffinity(0))  # type: ignore[attr-defined,unused-ignore]
    except AttributeError:
        allowed = os.cpu_count() or 1
    physical = psutil.cpu_count(logical=False) or allowed
    return max(1, min(allowed, physical))


class ThreadGovernor:
    """Proposes a thread count from the times of generated tokens, in milliseconds.

    The number of threads does not change what is computed (verified without flash attention), only how fast.
    """

    def __init__(self, n_threads: int) -> None:
        self._most = n_threads
        self.current = n_threads
        self._recent: deque[float] = deque(maxlen=_WINDOW)
        self._best: float | None = None
        self._before_trial: tuple[int, float] | None = None
        self._since_change = 0

    def note(self, token_ms: float) -> int:
        """Take the time of one token; the thread count to use for the next."""
        self._recent.append(token_ms)
        self._since_change += 1
        if self._most == 1 or len(self._recent) < _WINDOW:
            return self.current
        now = median(self._recent)
        if self.current == self._most:
            self._best = now if self._best is None else min(self._best * 1.002, now)
        if self._before_trial is not None:
            return self._judge(*self._before_trial, now)
        if self.current > 1 and self._best is not None and now > _SLOWER * self._best:
            return self._try(self.current - 1, now)
        if self.current < self._most and self._since_change >= _RETRY_TOKENS:
            return self._try(self.current + 1, now)
        return self.current

    def _judge(self, threads: int, before: float, now: float) -> int:
        self._before_trial = None
        if now > before:
            self._change(threads)
        self._since_change = 0
        return self.current

    def _try(self, threads: int, now: float) -> int:
        self._before_trial = (self.current, now)
        self._change(threads)
        return self.current

    def _change(self, threads: int) -> None:
        self.current = threads
        self._recent.clear()
        self._since_change = 0
