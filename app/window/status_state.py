"""What the status line shows, as one observable value that controllers set. GUI thread only."""

from collections import deque
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal

Phase = Literal["starting", "loading", "ready", "reading", "generating", "no_model", "failed"]

HISTORY = 60
"""Rates kept for the sparkline; the newest last."""


class StatusState(QObject):
    """Setters emit `changed` only when something differs; the line repaints once per turn of the loop."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._phase: Phase = "starting"
        self._detail = ""
        self._device = ""
        self._threads = 0
        self._memory_bytes = -1
        self._kv_used = 0
        self._kv_size = 0
        self._rates: deque[float] = deque(maxlen=HISTORY)
        self._rate = 0.0

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def detail(self) -> str:
        """A few words after the phase: the percentage of a load, the name of a problem."""
        return self._detail

    @property
    def device(self) -> str:
        """“CPU”, or the name of the accelerator; empty while no model is loaded."""
        return self._device

    @property
    def threads(self) -> int:
        return self._threads

    @property
    def memory_bytes(self) -> int:
        """Resident memory of the engine process; negative while unknown."""
        return self._memory_bytes

    @property
    def kv_fraction(self) -> float:
        """Used part of the KV cache, 0 to 1; negative without a model."""
        return self._kv_used / self._kv_size if self._kv_size else -1.0

    @property
    def kv_tokens(self) -> tuple[int, int]:
        """Used and available positions."""
        return self._kv_used, self._kv_size

    @property
    def rate(self) -> float:
        """Output tokens per second of the last reply or the running one; 0 before the first."""
        return self._rate

    @property
    def rates(self) -> Sequence[float]:
        """The sparkline's values, oldest first."""
        return self._rates

    def set_phase(self, phase: Phase, detail: str = "") -> None:
        if (phase, detail) != (self._phase, self._detail):
            self._phase, self._detail = phase, detail
            self.changed.emit()

    def set_device(self, device: str, threads: int) -> None:
        if (device, threads) != (self._device, self._threads):
            self._device, self._threads = device, threads
            self.changed.emit()

    def set_usage(self, memory_bytes: int, kv_used: int, kv_size: int) -> None:
        if (memory_bytes, kv_used, kv_size) != (self._memory_bytes, self._kv_used, self._kv_size):
            self._memory_bytes, self._kv_used, self._kv_size = memory_bytes, kv_used, kv_size
            self.changed.emit()

    def add_rate(self, tokens_per_s: float) -> None:
        """One more point of the sparkline."""
        self._rate = tokens_per_s
        self._rates.append(tokens_per_s)
        self.changed.emit()

    def clear_model(self) -> None:
        """No model is loaded: device, KV use and rates have no meaning."""
        self._device, self._threads = "", 0
        self._kv_used = self._kv_size = 0
        self._rate = 0.0
        self._rates.clear()
        self._phase, self._detail = "no_model", ""
        self.changed.emit()
