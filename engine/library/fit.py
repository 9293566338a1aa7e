"""Whether a model fits into memory, and the largest context that does: estimated before loading.

The estimate follows llama.cpp's own accounting, part by part, so that it can be held against what a load
really took (`engine.protocol.values.LoadMemory`).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import psutil

from engine.errors import UserError
from engine.library.entries import ModelFacts
from engine.library.kv_cache import kv_bytes, kv_bytes_by_layer
from engine.protocol.values import ContextParams

_RUNTIME_BYTES = 48 << 20
_GPU_RUNTIME_BYTES = 256 << 20
"""What a driver takes for a context of its own."""
_SMALLEST_CONTEXT = 512
_STEP = 256
_BYTES_PER_FLOAT = 4
_OUTPUT_ROWS = 17
"""Rows of logits that are kept: one for the conversation, sixteen for beams."""
_DEFAULT_CONTEXT = 4096
USUAL_CONTEXT = 8192


class MemoryNeed(NamedTuple):
    """Bytes. `compute`: buffers of one batch; `runtime`: the process itself."""

    weights: int
    kv: int
    compute: int
    runtime: int = _RUNTIME_BYTES
    adapters: int = 0
    draft: int = 0

    @property
    def total(self) -> int:
        return sum(self)


class Beside(NamedTuple):
    """What is loaded together with a model: bytes of adapters, and a draft model."""

    adapter_bytes: int = 0
    draft: ModelFacts | None = None


class Budget(NamedTuple):
    """Bytes that there are, and that may be used: what is free, and what the loaded model will give back."""

    ram_total: int
    ram_free: int
    vram_total: int = 0
    vram_free: int = 0


class Fit(NamedTuple):
    """An estimate against a budget.

    `gpu_layers` of `layers` (the output layer counts as one) go to the GPU, as many as fit. `ram` and `vram`
    are the bytes that then lie in each. `largest_context`: the longest one that fits, 0 when none does.
    """

    need: MemoryNeed
    budget: Budget
    n_ctx: int
    ram: int
    vram: int
    gpu_layers: int
    layers: int
    largest_context: int

    @property
    def fits(self) -> bool:
        return self.ram <= self.budget.ram_free and self.vram <= max(self.budget.vram_free, 0)

    @property
    def is_tight(self) -> bool:
        """It fits, and less than a tenth of what is free stays so."""
        return self.fits and self.ram > 0.9 * self.budget.ram_free


class _Placed(NamedTuple):
    gpu_layers: int
    ram: int
    vram: int


def free_memory(given_back: int = 0) -> Budget:
    """Main memory now. `given_back`: bytes of the model that will be unloaded first."""
    memory = psutil.virtual_memory()
    return Budget(memory.total, min(memory.available + given_back, memory.total))


def usual_need(facts: ModelFacts) -> int:
    """Bytes for a load that leaves everything to Lathe."""
    return memory_needed(facts, ContextParams(), usual_context(facts)).total


def usual_context(facts: ModelFacts) -> int:
    """The context that a load takes where nothing else is said."""
    return min(facts.context_length or _DEFAULT_CONTEXT, USUAL_CONTEXT)


def memory_needed(
    facts: ModelFacts,
    context: ContextParams,
    n_ctx: int = 0,
    *,
    flash: bool | None = None,
    rearranged: bool = False,
    beside: Beside = Beside(),  # noqa: B008 - immutable
) -> MemoryNeed:
    """What a load will take. `n_ctx` 0: the context's own, else what the model was trained for.

    `flash`: whether flash attention will be used, where that is known better than from the context.
    `rearranged`: whether the weights are laid out anew for the processor; a head that is also the token
    embedding is then there twice.
    """
    tokens = n_ctx or context.n_ctx or facts.context_length or _DEFAULT_CONTEXT
    draft = 0
    if beside.draft is not None:
        draft = memory_needed(beside.draft, context, tokens, flash=flash)._replace(runtime=0).total
    return MemoryNeed(
        weights=facts.tensor_bytes + (facts.input_bytes if rearranged and facts.tied_output else 0),
        kv=kv_bytes(facts, tokens, context.type_k, context.type_v, full_window=context.swa_full),
        compute=compute_bytes(facts, context, tokens, flash=flash),
        adapters=beside.adapter_bytes,
        draft=draft,
    )


def compute_bytes(
    facts: ModelFacts, context: ContextParams, tokens: int, *, flash: bool | None = None
) -> int:
    """Buffers of llama.cpp's graph for one micro-batch, and the logits that are kept.

    The allocator uses memory again as soon as it can, so what counts is the largest of three moments: the
    scores of one attention layer (none with flash attention) beside its mask, its values as they are laid out
    for the product, and the activations; the widest feed-forward layer; the logits of the whole batch.
    """
    batch = min(context.n_ubatch, tokens)
    # A quantized value cache exists only with flash attention.
    needs_flash = context.type_v not in ("f32", "f16", "bf16")
    uses_flash = (context.flash_attention == "on" if flash is None else flash) or needs_flash
    activations = batch * facts.n_embd
    experts = max(facts.n_expert_used, 1)
    moments = [
        batch * facts.n_vocab + 3 * activations,
        2 * batch * facts.n_ff * experts + 3 * activations,
    ]
    if not uses_flash:
        values = tokens * max(facts.kv_heads, default=0) * facts.value_length
        scores = batch * tokens * (max(facts.heads, default=0) + 1)
        moments.append(scores + values + 5 * activations)
    else:
        moments.append(batch * tokens // 2 + 5 * activations)
    return (max(moments) + _OUTPUT_ROWS * facts.n_vocab) * _BYTES_PER_FLOAT


def largest_context(
    facts: ModelFacts,
    context: ContextParams,
    available: int,
    beside: Beside = Beside(),  # noqa: B008
) -> int:
    """The longest context, a multiple of 256, that fits into `available` bytes; 0 when none does."""

    def fits(tokens: int) -> bool:
        return memory_needed(facts, context, tokens, beside=beside).total <= available

    return _largest(facts, fits)


def estimate(
    facts: ModelFacts,
    context: ContextParams,
    budget: Budget,
    n_ctx: int = 0,
    beside: Beside = Beside(),  # noqa: B008
) -> Fit:
    """A model against what there is, with as many layers on the GPU as fit where `context` says auto."""
    tokens = n_ctx or context.n_ctx or usual_context(facts)
    need = memory_needed(facts, context, tokens, beside=beside)
    placed = _place(facts, context, budget, tokens, beside)

    def fits(length: int) -> bool:
        there = _place(facts, context, budget, length, beside)
        return there.ram <= budget.ram_free and there.vram <= max(budget.vram_free, 0)

    return Fit(
        need=need,
        budget=budget,
        n_ctx=tokens,
        ram=placed.ram,
        vram=placed.vram,
        gpu_layers=placed.gpu_layers,
        layers=facts.n_layer + 1,
        largest_context=_largest(facts, fits),
    )


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


def _largest(facts: ModelFacts, fits: Callable[[int], bool]) -> int:
    low, high = 0, (facts.context_length or 1 << 20) // _STEP
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle * _STEP):
            low = middle
        else:
            high = middle - 1
    return low * _STEP


def _place(facts: ModelFacts, context: ContextParams, budget: Budget, tokens: int, beside: Beside) -> _Placed:
    """As llama.cpp does it: the output layer goes to the GPU first, then layers from the last one back."""
    need = memory_needed(facts, context, tokens, beside=beside)
    layers = facts.n_layer + 1
    wanted = layers if context.n_gpu_layers < 0 else min(context.n_gpu_layers, layers)
    if budget.vram_total <= 0 or wanted == 0:
        return _Placed(0, need.total, 0)
    sizes = _sizes_from_the_end(facts, context, tokens)
    used = need.compute + _GPU_RUNTIME_BYTES
    count = 0
    for size in sizes[:wanted]:
        if context.n_gpu_layers < 0 and used + size > budget.vram_free:
            break
        used += size
        count += 1
    if count == 0:
        return _Placed(0, need.total, 0)
    moved = sum(sizes[:count]) - (facts.input_bytes if facts.tied_output else 0)
    return _Placed(count, max(need.total - moved, need.runtime), used)


def _sizes_from_the_end(facts: ModelFacts, context: ContextParams, tokens: int) -> Sequence[int]:
    """Bytes of the output layer, then of each layer with its part of the KV cache, the last one first."""
    output = facts.tensor_bytes - sum(facts.layer_bytes) - facts.input_bytes
    if facts.tied_output:
        output += facts.input_bytes
    kv = kv_bytes_by_layer(facts, tokens, context.type_k, context.type_v, full_window=context.swa_full)
    on_gpu = kv if context.offload_kqv else [0] * len(kv)
    weights = facts.layer_bytes or (0,) * facts.n_layer
    pairs = zip(reversed(weights), reversed(on_gpu), strict=False)
    return [output, *(size + int(cache) for size, cache in pairs)]


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GiB" if count >= 1 << 30 else f"{count / (1 << 20):.0f} MiB"
