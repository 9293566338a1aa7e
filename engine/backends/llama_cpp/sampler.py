"""The sampler of one reply: stages in order, then a draw, then the news of it to those who keep count."""

import ctypes
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.distribution import Distribution
from engine.backends.llama_cpp.grammar import Grammar, grammar_source
from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.stages import (
    Stage,
    StageContext,
    chained,
    selector_key,
    selector_stage,
    truncation_stages,
)
from engine.backends.llama_cpp.tracing import StageTracer
from engine.backends.llama_cpp.vocab import Vocab
from engine.sampling.params import SamplingParams

CANDIDATE = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])
_HISTORY = 1 << 16


class Sampler:
    """Draws tokens from logits. Close it to free the native samplers."""

    def __init__(self, vocab: Vocab, params: SamplingParams, seed: int, n_ctx: int) -> None:
        self._lib = library()
        self._context = StageContext(vocab, n_ctx, seed)
        self._ids: NDArray[np.int32] = np.arange(vocab.size, dtype=np.int32)
        self._candidates = np.zeros(vocab.size, CANDIDATE)
        self._id_column, self._logit_column = self._candidates["id"], self._candidates["logit"]
        self._array = self._lib.llama_token_data_array()
        self._pointer = ctypes.cast(self._candidates.ctypes.data, ctypes.POINTER(self._lib.llama_token_data))
        self._reference = ctypes.byref(self._array)
        self._history: list[int] = []
        self._grammar: Grammar | None = None
        self._stages: list[Stage] = []
        self._chain: Any = None
        self._selector = selector_stage(params, self._context)
        try:
            source = grammar_source(params)
            if source:
                self._grammar = Grammar(vocab, source)
            self._use(params)
        except Exception:
            self.close()
            raise

    def _use(self, params: SamplingParams) -> None:
        self.params = params
        self._free_stages()
        self._stages = truncation_stages(params, self._context)
        # The same stages as one: every call into the library costs some microseconds between two tokens.
        self._chain = chained(self._stages)
        names = [stage.name for stage in self._stages]
        self._top_k_first = params.top_k if names[:1] == ["top_k"] else 0
        # Without a stage that moves scores or can remove the best token, the best stays the best.
        moves = {"logit_bias", "penalties", "dry", "xtc", "typical_p"} & set(names)
        certain = params.decoding == "greedy" or (
            params.temperature <= 0 and self._selector.name == "dist" and "temperature" in names
        )
        self._argmax = certain and not moves
        for stage in self._stages:
            if stage.stateful:
                for token in self._history:
                    self._lib.llama_sampler_accept(stage.handle, token)

    def update(self, params: SamplingParams) -> None:
        """Other parameters from the next token on. Seed and grammar stay; the random state goes on where
        it can.
        """
        if selector_key(params) != selector_key(self.params):
            self._lib.llama_sampler_free(self._selector.handle)
            self._selector = selector_stage(params, self._context)
        self._use(params)

    def prime(self, tokens: Iterable[int]) -> None:
        """Let penalties and DRY know the prompt."""
        for token in tokens:
            self._note(token)

    def sample(
        self, distribution: Distribution, *, forced: int | None = None, tracer: StageTracer | None = None
    ) -> int:
        """Draw a token from what `distribution` holds, and accept it.

        `forced`: take this one, but draw all the same, so that the random state goes on as it would have.
        `tracer` is told what every stage does.
        """
        token = self._draw(distribution, tracer=tracer)
        # Checking the drawn token alone is far cheaper than checking the vocabulary.
        if self._grammar is not None and not self._grammar.allows(token):
            token = self._draw(distribution, self._grammar, tracer)
        if forced is not None:
            token = forced
        if self._grammar is not None and self._grammar.allows(token):
            self._grammar.accept(token)
        self._note(token)
        if self._selector.stateful:
            self._lib.llama_sampler_accept(self._selector.handle, token)
        return token

    def _draw(
        self,
        distribution: Distribution,
        grammar: Grammar | None = None,
        tracer: StageTracer | None = None,
    ) -> int:
        if self._argmax and grammar is None and tracer is None:
            return int(distribution.logits.argmax())
        self._fill(distribution, whole=grammar is not None or tracer is not None)
        if tracer is not None:
            tracer.begin(self._array, self._history)
        if grammar is not None:
            grammar.restrict(self._array)
            if tracer is not None:
                tracer.after("grammar", self._array)
        if tracer is None:
            self._lib.llama_sampler_apply(self._chain, self._reference)
        else:
            for stage in self._stages:
                self._lib.llama_sampler_apply(stage.handle, self._reference)
                tracer.after(stage.name, self._array)
        self._lib.llama_sampler_apply(self._selector.handle, self._reference)
        if tracer is not None:
            tracer.after(self._selector.name, self._array)
        # Read through the structure: a stage may have moved the data elsewhere.
        return int(self._array.data[self._array.selected].id)

    def _fill(self, distribution: Distribution, *, whole: bool) -> None:
        logits = distribution.logits
        size = logits.size
        if self._top_k_first and not whole and (near := distribution.near(self._top_k_first)) is not None:
            size = near.ids.size
            self._id_column[:size] = near.ids
            self._logit_column[:size] = near.scores
        if size == logits.size:
            self._id_column[:] = self._ids
            self._logit_column[:] = logits
        array = self._array
        array.data, array.size, array.selected, array.sorted = self._pointer, size, -1, False

    def _note(self, token: int) -> None:
        self._history.append(token)
        if len(self._history) > 2 * _HISTORY:
            del self._history[:_HISTORY]
        for stage in self._stages:
            if stage.stateful:
                self._lib.llama_sampler_accept(stage.handle, token)

    def _free_stages(self) -> None:
        if self._chain is not None:
            self._lib.llama_sampler_free(self._chain)  # and the stages, which it owns
            self._chain = None
        self._stages = []

    def close(self) -> None:
        self._free_stages()
        if self._selector is not None:
            self._lib.llama_sampler_free(self._selector.handle)
            self._selector = None  # type: ignore[assignment]
        if self._grammar is not None:
            self._grammar.close()
            self._grammar = None
