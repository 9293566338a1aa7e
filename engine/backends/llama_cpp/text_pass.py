"""Reading a text once in a context of its own, keeping what is tapped of every token."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.attention_node import NO_OPERATION, flash_operation
from engine.backends.llama_cpp.attention_tap import AttentionTap
from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.inspection_output import (
    AttentionArray,
    Output,
    UnwantedLayer,
    keep_rows,
    keep_zeros,
)
from engine.backends.llama_cpp.loading import Loaded
from engine.backends.llama_cpp.native import library, supports_gpu
from engine.backends.llama_cpp.params import context_params
from engine.backends.llama_cpp.small_pages import small_pages
from engine.backends.llama_cpp.tap_frames import attention_rows
from engine.backends.llama_cpp.taps import Captured, Tap
from engine.inspection.softmax_attention import SoftmaxAttention, Store
from engine.protocol.inspection import TapKind

CHUNK, LARGEST_CHUNK = 256, 512
CHUNK_PRODUCTS = 140e9
"""Multiplications of a chunk, above which it is not made larger: about the second after which the work says
how far it is and can be cancelled.
"""


class TextPass:
    """One pass over one text. The conversation of the loaded context is not touched."""

    def __init__(
        self,
        loaded: Loaded,
        plan: Mapping[TapKind, Sequence[int]],
        heads: Sequence[int],
        tokens: Sequence[int],
        output: Output,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """`heads`: whose attention is kept; empty means all."""
        self._cancelled = cancelled
        self._loaded, self._plan, self._tokens, self._output = loaded, plan, tokens, output
        self._heads = list(heads) or list(range(loaded.model.n_head))
        self._attention: AttentionArray | None = None
        self._attended: set[int] = set()
        self._start = self._count = 0  # of the chunk that is being read
        self.arrays: dict[TapKind, NDArray[np.float32]] = {}
        """What was caught besides attention, which goes to the output."""

    @property
    def caught(self) -> set[TapKind]:
        return {*self.arrays, *(("attention",) if self._attended else ())}

    def run(self) -> Iterator[int]:
        """Yields how many tokens are done. Raises `Cancelled`, also in the middle of a chunk."""
        if not self._plan:  # only the tokens are asked for
            yield len(self._tokens)
            return
        if "attention" in self._plan and self._can_compute():
            with small_pages():
                yield from self._compute_attention()
            # Where the graph has no flash attention after all, its own weights are read.
        if "attention" not in self.caught:
            yield from self._catch_everything()
        for layer in set(self._plan.get("attention", ())) - self._attended:
            if self._attention is not None:
                keep_zeros(self._store(layer), self._loaded.model.n_head, len(self._tokens))

    def _can_compute(self) -> bool:
        """On the processor, and not from a cache in float32, which flash attention would round."""
        types = self._loaded.facts.context
        exact = "f32" in (types.type_k, types.type_v)
        return not supports_gpu() and not exact and flash_operation() != NO_OPERATION

    def _compute_attention(self) -> Iterator[int]:
        with SoftmaxAttention(self._loaded.n_threads_batch) as compute:
            tap = AttentionTap(self._keep_other, compute, self._store)
            tap.want(self._plan)
            for done in self._decode(tap, flash=True):
                self._attended |= tap.seen
                if not tap.seen:
                    return
                yield done

    def _catch_everything(self) -> Iterator[int]:
        tap = Tap(lambda one: self._keep_attention(one) if one.kind == "attention" else self._keep_other(one))
        tap.want(self._plan)
        yield from self._decode(tap, flash=False)

    def _decode(self, tap: Tap, *, flash: bool) -> Iterator[int]:
        """Chunk by chunk, with the tap in a context of its own."""
        # Only residuals need every output, which costs the scores of the whole vocabulary for each token.
        every_output = "residual" in self._plan
        size = CHUNK if every_output else self._chunk()
        context = self._context(tap, size, flash=flash)
        batch = library().llama_batch_init(size, 0, 1)
        try:
            for start in range(0, len(self._tokens), size):
                chunk = self._tokens[start : start + size]
                _fill(batch, chunk, start, every_output)
                self._start, self._count = start, len(chunk)
                tap.begin_chunk(start)
                context.decode_batch(batch, self._cancelled)
                tap.take()  # raises what went wrong in between
                yield start + len(chunk)
        finally:
            library().llama_batch_free(batch)
            context.close()

    def _chunk(self) -> int:
        """Large matrices are faster, as long as one does not take too long."""
        tokens = int(CHUNK_PRODUCTS / max(1, self._loaded.facts.parameters))
        return min(max(tokens // CHUNK * CHUNK, CHUNK), LARGEST_CHUNK)

    def _context(self, tap: Tap, chunk: int, *, flash: bool) -> LlamaContext:
        loaded = self._loaded
        native = context_params(
            loaded.facts.context,
            n_ctx=-(-len(self._tokens) // 256) * 256,
            n_threads=loaded.n_threads,
            n_threads_batch=loaded.n_threads_batch,
            flash=flash,
            n_seq_max=1,
        )
        native.n_batch = native.n_ubatch = chunk
        # A sliding-window layer then keeps every token too, and cells are positions.
        native.swa_full = True
        return LlamaContext(loaded.model, native, tap)

    def _store(self, layer: int) -> Store:
        layers = self._plan["attention"]
        if layer not in layers:
            return UnwantedLayer()
        if self._attention is None:
            length = len(self._tokens)
            self._attention = self._output.attention((len(layers), len(self._heads), length, length))
        return self._attention.layer(layers.index(layer), self._heads)

    def _keep_attention(self, one: Captured) -> None:
        rows = attention_rows(one, min(self._start + self._count, one.data.shape[-1]))
        keep_rows(self._store(one.layer), rows, self._start)
        self._attended.add(one.layer)

    def _keep_other(self, one: Captured) -> None:
        layers = self._plan[one.kind]
        values = one.data.reshape(-1, one.data.shape[-1])
        if one.kind not in self.arrays:
            shape = (len(layers), len(self._tokens), values.shape[1])
            self.arrays[one.kind] = np.empty(shape, np.float32)
        self.arrays[one.kind][layers.index(one.layer), self._start : self._start + self._count] = values


def _fill(batch: Any, tokens: Sequence[int], start: int, every_output: bool) -> None:
    last = len(tokens) - 1
    batch.n_tokens = len(tokens)
    for slot, token in enumerate(tokens):
        batch.token[slot] = token
        batch.pos[slot] = start + slot
        batch.n_seq_id[slot] = 1
        batch.seq_id[slot][0] = 0
        batch.logits[slot] = 1 if every_output or slot == last else 0
