"""How many bytes a KV cache takes."""

from engine.library.entries import ModelFacts
from engine.library.ggml_types import kv_bits


def kv_bytes(
    facts: ModelFacts, n_ctx: int, type_k: str = "f16", type_v: str = "f16", *, full_window: bool = False
) -> int:
    """Bytes of the KV cache for `n_ctx` tokens.

    Layers with a sliding window keep only that much, unless `full_window` (`ContextParams.swa_full`).
    """
    return int(sum(kv_bytes_by_layer(facts, n_ctx, type_k, type_v, full_window=full_window)))


def kv_bytes_by_layer(
    facts: ModelFacts, n_ctx: int, type_k: str = "f16", type_v: str = "f16", *, full_window: bool = False
) -> list[float]:
    """The same for each layer."""
    per_head = (facts.key_length * kv_bits(type_k) + facts.value_length * kv_bits(type_v)) / 8
    sizes: list[float] = []
    for layer, heads in enumerate(facts.kv_heads):
        narrow = facts.sliding_window and facts.window_layers[layer] and not full_window
        sizes.append(heads * per_head * (min(n_ctx, facts.sliding_window) if narrow else n_ctx))
    return sizes
