"""What the worker asks of a backend: llama.cpp, a remote endpoint, the scripted fake, torch."""

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol, runtime_checkable

from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import Scenario
from engine.protocol.events import AnyEvent, Embedded, MaskFilled, NextSentenceScored
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import (
    ChatRequest,
    ContextParams,
    LoadedModel,
    ModelSpec,
    PromptOptions,
    PromptReport,
)
from engine.sampling.params import SamplingParams

LoadReport = Callable[[float, str], None]
"""(fraction 0 to 1, stage key as in `LoadProgress.stage`)."""


class Control:
    """How the outside reaches into a running job. Written by the reader thread, read between tokens."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._sampling: SamplingParams | None = None
        self._taps: list[TapSpec | None] = []

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def update_sampling(self, sampling: SamplingParams) -> None:
        with self._lock:
            self._sampling = sampling

    def take_sampling(self) -> SamplingParams | None:
        """The newest change since the last call, once."""
        if self._sampling is None:
            return None
        with self._lock:
            sampling, self._sampling = self._sampling, None
        return sampling

    def update_taps(self, taps: TapSpec | None) -> None:
        with self._lock:
            self._taps = [taps]

    def take_taps(self) -> list[TapSpec | None]:
        """Empty, or the newest change since the last call, once."""
        if not self._taps:
            return []
        with self._lock:
            taps, self._taps = self._taps, []
        return taps


def refuse_adapters(request: ChatRequest) -> None:
    """For backends that cannot put one on: to answer without would be another answer.

    Raises `UserError` adapter.backend.
    """
    if any(adapter.scale != 0 for adapter in request.adapters):
        raise UserError("adapter.backend")


class TokenizedText(NamedTuple):
    """Parallel sequences: token ids, their bytes, whether each is a control token."""

    ids: tuple[int, ...]
    pieces: tuple[bytes, ...]
    special: tuple[bool, ...]


class SavedState(NamedTuple):
    """What `save_state` wrote."""

    size_bytes: int
    tokens: int


class Backend(Protocol):
    """One model at a time. Called from one thread only; errors are `UserError` or bugs."""

    @property
    def build(self) -> str:
        """Name and version of the engine, for provenance."""

    def load(
        self, model: ModelSpec, context: ContextParams, report: LoadReport, control: Control
    ) -> LoadedModel:
        """Load and replace what was loaded before."""

    def unload(self) -> None:
        """Give everything back. Safe to call twice."""

    def generate(self, job: int, request: ChatRequest, control: Control) -> Iterator[AnyEvent]:
        """Yields `PromptReady`, `PromptProgress`…, `Token`…, and ends with `GenerationDone`."""

    def measure_prompt(
        self, messages: tuple[Message, ...], options: PromptOptions, max_tokens: int, segments: bool
    ) -> PromptReport:
        """Render and count, nothing else."""

    def tokenize(self, text: str, special: bool) -> TokenizedText:
        """`special`: whether control tokens in the text are recognised as such."""

    def save_state(self, path: str) -> SavedState:
        """Write the state of the current conversation to a file, atomically."""

    def benchmark(self, job: int, scenario: Scenario, control: Control) -> Iterator[AnyEvent]:
        """Yields `JobProgress`… and ends with `BenchmarkDone`."""

    def inspect(self, job: int, request: InspectRequest, control: Control) -> Iterator[AnyEvent]:
        """Yields `JobProgress`… and ends with `Inspected`."""

    def kv_usage(self) -> tuple[int, int]:
        """(tokens held, tokens that fit); (0, 0) without a model."""


@runtime_checkable
class ReadingBackend(Protocol):
    """What a backend for encoders answers besides. All raise `UserError` encoder.*."""

    def fill_mask(self, job: int, text: str, top: int) -> MaskFilled:
        """The `top` best candidates for each mask."""

    def embed(self, job: int, texts: tuple[str, ...], control: Control) -> Embedded:
        """One vector for each text."""

    def next_sentence(self, job: int, first: str, second: str) -> NextSentenceScored:
        """How probable it is that the second sentence follows the first."""
