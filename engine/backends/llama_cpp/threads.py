"""How many threads compute, and adapting that to what else the machine is doing.

Every graph node ends in a barrier: when another program takes a core, all threads wait for the one that
lost its turn, and two threads can be slower than one. That shows in the processor time: threads that wait
at barriers sleep, so the process uses less than its threads could. When it does, the governor tries one
thread fewer for a few tokens and keeps what is faster; from time to time it tries one more again.
"""

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import psutil

_WINDOW = 6
_BUSY = 0.8
_SLOWER = 1.4
_SIMILAR_DEPTH = 256
_HOPELESS = 3.0
_SOON_TOKENS = 12
_FIRST_PAUSE = 24
_RETRY_TOKENS = 96
"""The first trial with one more thread comes soon, for most disturbances are short; each that fails doubles
the pause, up to this.
"""
_EVERY = 3
"""Tokens between two looks at the times: a look costs what little is done between two tokens."""


def default_threads() -> int:
    """Physical cores this process may use, at least one."""
    try:
        allowed = len(os.sched_getaffinity(0))  # type: ignore[attr-defined,unused-ignore]
    except AttributeError:
        allowed = os.cpu_count() or 1
    physical = psutil.cpu_count(logical=False) or allowed
    return max(1, min(allowed, physical))


def brief_thread() -> ThreadPoolExecutor:
    """A thread for native computing beside the one that writes replies; shut it down at once after.

    OpenMP keeps a team for every thread that ever computed, and when the teams together have more threads
    than there are cores, all of them sleep at each barrier: a third of the speed, as measured. A team goes
    with its thread.
    """
    return ThreadPoolExecutor(1, "brief")


class ThreadGovernor:
    """Proposes a thread count from the wall and processor times of generated tokens, in milliseconds.

    The number of threads does not change what is computed (verified without flash attention), only how fast.
    """

    def __init__(self, n_threads: int) -> None:
        self._most = n_threads
        self.current = n_threads
        self._times: deque[float] = deque(maxlen=_WINDOW)
        self._shares: deque[float] = deque(maxlen=_WINDOW)
        self._before_trial: tuple[int, float] | None = None
        self._best: dict[int, float] = {}
        self._depth = 0
        self._wait = 0
        self._pause = _FIRST_PAUSE
        self._count = 0
        self._slow = 0

    def note(self, token_ms: float, processor_ms: float, depth: int) -> int:
        """Take the times of one token at this depth of the context; the thread count to use for the next."""
        if depth // _SIMILAR_DEPTH != self._depth:
            self._depth = depth // _SIMILAR_DEPTH
            self._times.clear()
            self._shares.clear()
        self._times.append(token_ms)
        self._shares.append(processor_ms / max(token_ms, 1e-6) / self.current)
        self._wait -= 1
        self._count += 1
        stuck = self._is_stuck(token_ms)
        if self._most == 1 or (self._count % _EVERY and self._before_trial is None and not stuck):
            return self.current
        if len(self._times) < _WINDOW and not stuck and not self._is_hopeless():
            return self.current
        now = token_ms if stuck else median(self._times)
        if self._before_trial is not None:
            self._judge(*self._before_trial, now)
        elif self._wait <= 0 and self.current > 1 and self._disturbed(now):
            self._try(self.current - 1, now)
        elif self._wait <= 0 and self.current < self._most:
            self._try(self.current + 1, now)
        return self.current

    def _is_stuck(self, token_ms: float) -> bool:
        """Two tokens in a row that took several times what they took at this depth: no need of more."""
        best = self._best.get(self._depth)
        slow = best is not None and self.current == self._most and token_ms > _HOPELESS * best
        self._slow = self._slow + 1 if slow else 0
        return self._slow >= 2 and self._before_trial is None

    def _is_hopeless(self) -> bool:
        """Whether the first tokens of a trial say enough."""
        if self._before_trial is None:
            return False
        slower = min(self._times) / max(self._before_trial[1], 1e-6)
        return slower > (_SLOWER if len(self._times) > 1 else _HOPELESS)

    def _disturbed(self, now: float) -> bool:
        """Threads sleep, or tokens are much slower than they were at this depth."""
        best = self._best.get(self._depth, now)
        if self.current == self._most:
            self._best[self._depth] = min(best, now)
        return median(self._shares) < _BUSY or now > _SLOWER * best

    def _judge(self, threads: int, before: float, now: float) -> None:
        self._before_trial = None
        kept, fewer = now <= before, self.current < threads
        if kept and fewer:
            self._wait = self._pause
        elif kept:
            self._wait, self._pause = 0, _FIRST_PAUSE
        elif fewer:
            # The one thread may have met the other program on the same core: soon again.
            self._wait = _SOON_TOKENS
            self._change(threads)
        else:
            self._pause = min(2 * self._pause, _RETRY_TOKENS)
            self._wait = self._pause
            self._change(threads)

    def _try(self, threads: int, now: float) -> None:
        self._before_trial = (self.current, now)
        self._change(threads)

    def _change(self, threads: int) -> None:
        self.current = threads
        self._times.clear()
        self._shares.clear()
