"""The numbers behind the throughput graphs: ring buffers fed with engine events. No Qt.

The three figures: time to first token; prompt tokens read per second; tokens per second after the first one.
Times are seconds on the caller's monotonic clock; tokens carry the worker's own clock, so that their rate
does not depend on how events are gathered on the way.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from engine.protocol.events import AnyEvent, GenerationDone, PromptProgress, Stats, Token

Metric = Literal["output_tps", "input_tps", "ttft_ms", "cpu", "memory", "gpu", "gpu_memory"]
METRICS: tuple[Metric, ...] = ("output_tps", "input_tps", "ttft_ms", "cpu", "memory", "gpu", "gpu_memory")
LIVE_SECONDS = 60.0
RATE_WINDOW = 1.0
"""Seconds over which a live rate is counted."""
SHORTEST = 0.02
"""Seconds that say something about a rate: beam search tells many tokens at the same moment."""
SPACING = 0.1
"""Seconds between two points of a rate."""
GAP = 3.0
"""A longer pause breaks the curve."""
REPLY_POINTS = 1200


class Ring:
    """The latest points (time, value), oldest first, at most `capacity`."""

    def __init__(self, capacity: int = 1024) -> None:
        self._points: deque[tuple[float, float]] = deque(maxlen=capacity)

    def add(self, time: float, value: float) -> None:
        self._points.append((time, value))

    def since(self, start: float) -> tuple[list[float], list[float]]:
        """Times and values from `start` on, with a NaN where the curve breaks."""
        times: list[float] = []
        values: list[float] = []
        for time, value in self._points:
            if time < start:
                continue
            if times and time - times[-1] > GAP:
                times.append(times[-1] + 1e-3)
                values.append(math.nan)
            times.append(time)
            values.append(value)
        return times, values

    def last(self) -> tuple[float, float] | None:
        return self._points[-1] if self._points else None


class Growing:
    """All points since `clear`; when there are too many, neighbours are averaged in pairs."""

    def __init__(self, limit: int = REPLY_POINTS) -> None:
        self._limit = limit
        self.clear()

    def clear(self) -> None:
        self._times: list[float] = []
        self._values: list[float] = []

    def add(self, time: float, value: float) -> None:
        self._times.append(time)
        self._values.append(value)
        if len(self._times) >= 2 * self._limit:
            self._times = _halve(self._times)
            self._values = _halve(self._values)

    def points(self) -> tuple[list[float], list[float]]:
        return self._times, self._values


@dataclass(frozen=True)
class Figures:
    """The three figures as last known; NaN while unknown. `output_tokens` of the latest reply."""

    output_tps: float = math.nan
    input_tps: float = math.nan
    ttft_ms: float = math.nan
    output_tokens: int = 0


class ThroughputSeries:
    """Feed it every event; views compare `version` and read when it has changed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.version = 0
        self.figures = Figures()
        self.has_gpu = False
        self.gpu_total_bytes = 0
        self.running = False
        self._live: dict[Metric, Ring] = {name: Ring() for name in METRICS}
        self._reply: dict[Metric, Growing] = {name: Growing() for name in METRICS}
        self._job = 0
        self._started = 0.0
        self._recent: deque[float] = deque()

    def now(self) -> float:
        return self._clock()

    def feed(self, event: AnyEvent) -> None:
        """Take what an event tells; events of other kinds are passed over."""
        match event:
            case Token():
                self._on_token(event)
            case PromptProgress():
                self._on_prompt(event)
            case GenerationDone():
                self._on_done(event)
            case Stats():
                self._on_stats(event)
            case _:
                return
        self.version += 1

    def live(self, metric: Metric) -> tuple[list[float], list[float]]:
        """The last 60 s: seconds before now (negative) and values."""
        now = self._clock()
        times, values = self._live[metric].since(now - LIVE_SECONDS)
        return [time - now for time in times], values

    def reply(self, metric: Metric) -> tuple[list[float], list[float]]:
        """The whole latest reply: seconds since its request, and values."""
        times, values = self._reply[metric].points()
        return [time - self._started for time in times], values

    def reply_seconds(self) -> float:
        """From the request of the latest reply to its newest point."""
        ends = [times[-1] for times, _values in (each.points() for each in self._reply.values()) if times]
        return max(ends, default=self._started) - self._started

    def columns(self, metric: Metric, count: int) -> list[float]:
        """The last 60 s in `count` equal steps for a sparkline; the largest value of each, NaN for none."""
        now = self._clock()
        times, values = self._live[metric].since(now - LIVE_SECONDS)
        columns = [math.nan] * count
        for time, value in zip(times, values, strict=True):
            if math.isnan(value):
                continue
            index = min(int((time - now + LIVE_SECONDS) / LIVE_SECONDS * count), count - 1)
            columns[index] = value if math.isnan(columns[index]) else max(columns[index], value)
        return _bridge(columns, round(GAP / LIVE_SECONDS * count))

    def latest(self, metric: Metric) -> float:
        """The newest value, NaN for none."""
        last = self._live[metric].last()
        return math.nan if last is None else last[1]

    def _begin(self, job: int, started: float) -> None:
        self._job = job
        self._started = started
        self._recent.clear()
        self.figures = Figures()
        self.running = True
        for series in self._reply.values():
            series.clear()

    def _on_prompt(self, event: PromptProgress) -> None:
        now = self._clock()
        if event.job != self._job:
            self._begin(event.job, now)
        if event.tokens_per_s > 0:
            self._add("input_tps", now, event.tokens_per_s)
            self.figures = Figures(input_tps=event.tokens_per_s)

    def _on_token(self, event: Token) -> None:
        elapsed = event.elapsed_ms / 1000
        if event.job != self._job:
            self._begin(event.job, self._clock() - elapsed)
        if event.seq == 0:
            # The request began `elapsed` before the first token, whatever was heard of it until then.
            self._started = self._clock() - elapsed
            self.figures = Figures(input_tps=self.figures.input_tps, ttft_ms=event.elapsed_ms)
            self._add("ttft_ms", self._clock(), event.elapsed_ms)
        time = self._started + elapsed
        self._recent.append(time)
        while self._recent and self._recent[0] < time - RATE_WINDOW:
            self._recent.popleft()
        span = time - self._recent[0]
        if len(self._recent) < 2 or span < SHORTEST:
            self.figures = replace(self.figures, output_tokens=event.seq + 1)
            return
        rate = (len(self._recent) - 1) / span
        last = self._live["output_tps"].last()
        if last is None or time - last[0] >= SPACING:
            self._add("output_tps", time, rate)
        self.figures = Figures(rate, self.figures.input_tps, self.figures.ttft_ms, event.seq + 1)

    def _on_done(self, event: GenerationDone) -> None:
        metrics = event.metrics
        self.running = False
        self.figures = Figures(
            _known(metrics.output_tps),
            _known(metrics.input_tps),
            _known(metrics.ttft_ms),
            metrics.output_tokens,
        )

    def _on_stats(self, event: Stats) -> None:
        now = self._clock()
        self._add("cpu", now, event.cpu_percent)
        self._add("memory", now, float(event.rss_bytes))
        if event.gpu_percent >= 0:
            self.has_gpu = True
            self._add("gpu", now, event.gpu_percent)
        if event.gpu_used_bytes >= 0:
            self.has_gpu = True
            self.gpu_total_bytes = max(event.gpu_total_bytes, 0)
            self._add("gpu_memory", now, float(event.gpu_used_bytes))

    def _add(self, metric: Metric, time: float, value: float) -> None:
        self._live[metric].add(time, value)
        if self.running:
            self._reply[metric].add(time, value)


def _halve(values: list[float]) -> list[float]:
    return [(values[i] + values[i + 1]) / 2 for i in range(0, len(values) - 1, 2)]


def _bridge(columns: list[float], gap: int) -> list[float]:
    """Short gaps are steps between points, not pauses: carry the value on."""
    filled = list(columns)
    empty = 0
    for index, value in enumerate(columns):
        if not math.isnan(value):
            if 0 < empty <= gap and index > empty:
                before = columns[index - empty - 1]
                filled[index - empty : index] = [before] * empty
            empty = 0
        else:
            empty += 1
    return filled


def _known(value: float) -> float:
    return value if value > 0 else math.nan
