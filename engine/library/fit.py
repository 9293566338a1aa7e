"""Whether a model fits into memory, and the largest context that does: estimated before loading."""

from typing import NamedTuple

import psutil

from engine.errors import UserError
from engine.library.describe import kv_bytes
from engine.library.entries import ModelFacts
from engine.protocol.values import ContextParams

_RUNTIME_BYTES = 48 << 20
_SMALLEST_CONTEXT = 512
_STEP = 256
_BYTES_PER_FLOAT = 4


class MemoryNeed(NamedTuple):
    """Bytes. `compute`: buffers of one batch; `runtime`: the process itself."""

    weights: int
    kv: int
    compute: int
    runtime: int = _RUNTIME_BYTES

    @property
    def total(self) -> int:
        return self.weights + self.kv + self.compute + self.runtime


def memory_needed(facts: ModelFacts, context: ContextParams, n_ctx: int = 0) -> MemoryNeed:
    """What a load will take. `n_ctx` 0: the context's own, else what the model was trained for.

    Compute buffers after llama.cpp's graph: logits of the rows that ask for them, the widest activations of a
    micro-batch, and without flash attention the attention scores, which grow with the context.
    """
    tokens = n_ctx or context.n_ctx or facts.context_length or 4096
    batch = min(context.n_ubatch, tokens)
    widest = facts.n_vocab + 4 * facts.n_embd + 2 * facts.n_ff
    compute = batch * widest * _BYTES_PER_FLOAT
    if context.flash_attention != "on":
        compute += batch * tokens * max(facts.heads, default=0) * _BYTES_PER_FLOAT
    kv = kv_bytes(facts, tokens, context.type_k, context.type_v, full_window=context.swa_full)
    return MemoryNeed(facts.tensor_bytes, kv, compute)


def largest_context(facts: ModelFacts, context: ContextParams, available: int) -> int:
    """The longest context, a multiple of 256, that fits into `available` bytes; 0 when none does."""
    low, high = 0, (facts.context_length or 1 << 20) // _STEP
    while low < high:
        middle = (low + high + 1) // 2
        if memory_needed(facts, context, middle * _STEP).total <= available:
            low = middle
        else:
            high = middle - 1
    return low * _STEP


def check_fit(
    path: str, facts: ModelFacts, context: ContextParams, n_ctx: int, available: int | None = None
) -> MemoryNeed:
    """What loading takes, where it fits.

    `available`: bytes that may be used; by default what the system can give without swapping, so count a
    model that is about to be unloaded on top. Raises `UserError` model.too_large when even a short
    context does not fit, model.context_too_large with the largest one that does.
    """
    free = psutil.virtual_memory().available if available is None else available
    need = memory_needed(facts, context, n_ctx)
    if need.total <= free:
        return need
    largest = largest_context(facts, context, free)
    if largest < _SMALLEST_CONTEXT:
        smallest = memory_needed(facts, context, _SMALLEST_CONTEXT).total
        raise UserError("model.too_large", path=path, needed=_size(smallest), available=_size(free))
    raise UserError(
        "model.context_too_large",
        n_ctx=n_ctx or context.n_ctx or facts.context_length,
        needed=_size(need.total),
        available=_size(free),
        largest=largest,
    )


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GiB" if count >= 1 << 30 else f"{count / (1 << 20):.0f} MiB"
