"""Encoders (BERT kind) and encoder-decoders (T5 kind) from safetensors folders, through PyTorch.

What llama.cpp cannot look into. PyTorch and transformers are imported when a model is loaded, in the worker
process; nothing is fetched, no pickle is opened and no code from a model's folder is run.
"""

from collections.abc import Iterator

from engine.backends.backend import Control, LoadReport, SavedState, TokenizedText, refuse_adapters
from engine.backends.benchmarks import run_scenario
from engine.backends.torch import generating, inspecting, reading
from engine.backends.torch.loading import Loaded, load
from engine.backends.torch.runtime import Runtime
from engine.backends.torch.vocabularies import tokenized
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import Scenario
from engine.protocol.events import AnyEvent, Embedded, MaskFilled, NextSentenceScored
from engine.protocol.inspection import InspectRequest
from engine.protocol.values import (
    ChatRequest,
    ContextParams,
    LoadedModel,
    ModelSpec,
    PromptOptions,
    PromptReport,
)


class TorchBackend:
    """See `engine.backends.backend.Backend` and `ReadingBackend`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None
        self._loaded: Loaded | None = None

    @property
    def build(self) -> str:
        return self._runtime.build if self._runtime else "torch"

    def load(
        self, model: ModelSpec, context: ContextParams, report: LoadReport, control: Control
    ) -> LoadedModel:
        """Raises `UserError` engine.backend_missing, model.*."""
        del control
        self.unload()
        report(0.0, "weights")
        self._runtime = self._runtime or Runtime()
        self._loaded = load(self._runtime, model, context, report)
        report(1.0, "weights")
        return self._loaded.facts

    def unload(self) -> None:
        self._loaded = None

    def generate(self, job: int, request: ChatRequest, control: Control) -> Iterator[AnyEvent]:
        refuse_adapters(request)
        return generating.generate(self._writing(), job, request, control)

    def measure_prompt(
        self, messages: tuple[Message, ...], options: PromptOptions, max_tokens: int, segments: bool
    ) -> PromptReport:
        loaded = self._writing()
        source = generating.source_of(loaded, messages, options)
        return generating.report_of(loaded, source, messages, max_tokens, segments=segments)

    def tokenize(self, text: str, special: bool) -> TokenizedText:
        """`special`: with the control tokens that the model reads around a text."""
        loaded = self._require()
        return tokenized(loaded.tokenizer, loaded.pieces, text, special)

    def save_state(self, path: str) -> SavedState:
        """There is nothing to save: each text is read from its beginning."""
        del path
        self._require()
        return SavedState(0, 0)

    def benchmark(self, job: int, scenario: Scenario, control: Control) -> Iterator[AnyEvent]:
        self._writing()
        return run_scenario(self, job, scenario, control)

    def inspect(self, job: int, request: InspectRequest, control: Control) -> Iterator[AnyEvent]:
        return inspecting.inspect(self._require(), job, request, control)

    def fill_mask(self, job: int, text: str, top: int) -> MaskFilled:
        return reading.fill_mask(self._require(), job, text, top)

    def embed(self, job: int, texts: tuple[str, ...], control: Control) -> Embedded:
        return reading.embed(self._require(), job, texts, control)

    def next_sentence(self, job: int, first: str, second: str) -> NextSentenceScored:
        return reading.next_sentence(self._require(), job, first, second)

    def kv_usage(self) -> tuple[int, int]:
        loaded = self._loaded
        return (0, loaded.facts.n_ctx) if loaded else (0, 0)

    def _require(self) -> Loaded:
        if self._loaded is None:
            raise UserError("model.none_loaded")
        return self._loaded

    def _writing(self) -> Loaded:
        loaded = self._require()
        if not loaded.writes:
            raise UserError("model.no_chat", name=loaded.facts.name)
        return loaded
