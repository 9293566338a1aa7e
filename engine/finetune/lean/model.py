"""A llama-like model for training LoRA: frozen weights, fused products, rows of any length without
padding.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import torch
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from engine.finetune.lean.config import LeanConfig
from engine.finetune.lean.functions import (
    EVEN,
    GluProduct,
    LoraProduct,
    NormProduct,
    RmsNorm,
    SwiGlu,
    Wiring,
    linear,
    wide_linear,
)
from engine.finetune.lean.rotary import Rotation, rotary_tables

GROUPS: dict[str, tuple[str, ...]] = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "out": ("self_attn.o_proj",),
    "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
    "down": ("mlp.down_proj",),
}
"""Layers that share an input, in transformers' names."""


class Product(NamedTuple):
    """One fused product: frozen weight, and the LoRAs of some of its layers. After a norm, the norm's gain
    stands in the weight.

    `names`: the layers with a LoRA. `a`, `bs`: what is trained; empty where nothing is.
    """

    weight: Any
    bias: Any
    names: tuple[str, ...]
    wiring: Wiring
    a: Any
    bs: tuple[Any, ...]


class Layer(NamedTuple):
    """One block. `norms`: before attention, before the feed-forward. `head_norms`: of queries and keys,
    or empty.
    """

    products: dict[str, Product]
    norms: tuple[Any, Any]
    head_norms: tuple[Any, ...]


class Packed(NamedTuple):
    """Rows one after the other. `ends`: where each begins, and the end of the last; `positions` within
    rows.
    """

    ids: Any
    positions: Any
    ends: tuple[int, ...]


def pack(rows: Sequence[Sequence[int]], device: Any, multiple: int = 1) -> Packed:
    """Rows of token ids as one, and perhaps a last row that means nothing, for a multiple of so many
    tokens.
    """
    missing = -sum(map(len, rows)) % multiple
    if missing:
        rows = [*rows, [0] * missing]
    ends = [0]
    for row in rows:
        ends.append(ends[-1] + len(row))
    ids = torch.tensor([token for row in rows for token in row], dtype=torch.long)
    positions = torch.tensor([place for row in rows for place in range(len(row))], dtype=torch.long)
    return Packed(ids.to(device), positions.to(device), tuple(ends))


class LeanModel:
    """Weights and forward pass. The trained tensors are float32 whatever the type of the weights.

    What flows between the layers has the type of the norms' gains; products are computed in that of their
    weights.
    """

    def __init__(self, config: LeanConfig, layers: Sequence[Layer], outer: Mapping[str, Any]) -> None:
        self.config = config
        self.layers = layers
        self.embedding = outer["embedding"]
        self.head = outer["head"]
        self.norm = outer["norm"]
        self.recompute = False
        self._tables: tuple[Any, Any] = rotary_tables(config, 2048, self.embedding.device)

    @property
    def device(self) -> Any:
        return self.embedding.device

    def hidden(self, packed: Packed, *, adapter: bool = True) -> Any:
        """The last hidden states [tokens, width], after the final norm. `adapter`: with the LoRAs."""
        cos, sin = self.rotary(packed.positions)
        x = self.embed(packed.ids)
        for layer in self.layers:
            if self.recompute and torch.is_grad_enabled() and adapter:
                x = checkpoint(
                    self._block,
                    layer,
                    x,
                    cos,
                    sin,
                    packed.ends,
                    adapter,
                    use_reentrant=False,
                    preserve_rng_state=False,
                )
            else:
                x = self._block(layer, x, cos, sin, packed.ends, adapter)
        return RmsNorm.apply(x, self.norm, self.config.epsilon)

    def embed(self, ids: Any) -> Any:
        """What goes into the first layer [tokens, width]."""
        return self.embedding[ids].to(self.kind)

    @property
    def kind(self) -> Any:
        """The type of what flows between the layers."""
        return self.norm.dtype

    @property
    def multiple(self) -> int:
        """Of how many tokens a pack is best made: see `EVEN`."""
        return EVEN if self.kind != self.embedding.dtype else 1

    def scores(self, hidden: Any) -> Any:
        """Logits [rows, vocabulary], float32."""
        return wide_linear(hidden, self.head).float()

    def rotary(self, positions: Any) -> tuple[Any, Any]:
        """Cosines and sines of these positions; the tables grow with the longest row."""
        longest = int(positions.max()) + 1
        if longest > self._tables[0].shape[0]:
            self._tables = rotary_tables(self.config, 2 * longest, self.device)
        return self._tables[0][positions], self._tables[1][positions]

    def queries_keys_values(
        self, layer: Layer, x: Any, cos: Any, sin: Any, adapter: bool
    ) -> tuple[Any, Any, Any]:
        """[tokens, heads, head size] each, positions turned in; x is what comes into the layer."""
        config = self.config
        tokens, size = x.shape[0], config.head_size
        turned = config.heads + config.kv_heads
        y = self._after_norm(layer.products["qkv"], x, layer.norms[0], adapter)
        # Splits, not slices: the gradient of a slice is a whole array of zeros.
        both, value = y.split([turned * size, config.kv_heads * size], 1)
        both = both.view(tokens, turned, size)
        heads = [config.heads, config.kv_heads]
        if layer.head_norms:
            parts = zip(both.split(heads, 1), layer.head_norms, strict=True)
            both = torch.cat([RmsNorm.apply(part, gain, config.epsilon) for part, gain in parts], 1)
        query, key = Rotation.apply(both, cos, sin).split(heads, 1)
        return query, key, value.view(tokens, config.kv_heads, size)

    def after_attention(self, layer: Layer, x: Any, mixed: Any, adapter: bool) -> Any:
        """The rest of a layer: output product, feed-forward, and both residuals."""
        out = layer.products["out"]
        if adapter and out.names:
            x = x + LoraProduct.apply(mixed, out.weight, out.bias, out.wiring, out.a, *out.bs)
        else:
            x = x + linear(mixed, out.weight, out.bias)
        both = self._after_norm(layer.products["gate_up"], x, layer.norms[1], adapter)
        down = layer.products["down"]
        if adapter and down.names:
            return x + GluProduct.apply(both, down.weight, down.bias, down.wiring, down.a, *down.bs)
        return x + linear(SwiGlu.apply(both), down.weight, down.bias)

    def _after_norm(self, one: Product, x: Any, gain: Any, adapter: bool) -> Any:
        epsilon = self.config.epsilon
        if adapter and one.names:
            return NormProduct.apply(x, gain, epsilon, one.weight, one.bias, one.wiring, one.a, *one.bs)
        return linear(RmsNorm.apply(x, None, epsilon), one.weight, one.bias)

    def _block(self, layer: Layer, x: Any, cos: Any, sin: Any, ends: tuple[int, ...], adapter: bool) -> Any:
        query, key, value = self.queries_keys_values(layer, x, cos, sin, adapter)
        mixed = self._attend(query, key, value, ends).reshape(x.shape[0], -1)
        return self.after_attention(layer, x, mixed, adapter)

    def _attend(self, query: Any, key: Any, value: Any, ends: tuple[int, ...]) -> Any:
        """Every row looks at itself only."""
        grouped = self.config.heads != self.config.kv_heads
        lengths = [end - start for start, end in pairwise(ends)]
        rows = []
        for row in zip(*(one.split(lengths) for one in (query, key, value)), strict=True):
            q, k, v = (one.transpose(0, 1).unsqueeze(0) for one in row)
            seen = functional.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=grouped)
            rows.append(seen[0].transpose(0, 1))
        return torch.cat(rows)
