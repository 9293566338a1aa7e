"""What a model is made of, read from its GGUF header: the parts, their parameters and bytes.

Pure Python and without the weights, so that the window can draw it at any time.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

from engine.library.describe import describe
from engine.library.entries import ModelFacts
from engine.library.gguf_header import GgufHeader, TensorInfo
from engine.library.kv_cache import kv_bytes

PartKind = Literal[
    "embedding",
    "attention_q",
    "attention_k",
    "attention_v",
    "attention_qkv",
    "attention_output",
    "feed_forward_gate",
    "feed_forward_up",
    "feed_forward_down",
    "router",
    "expert_gate",
    "expert_up",
    "expert_down",
    "state_space",
    "norm",
    "output",
    "other",
]

K = TypeVar("K")
_LAYER = re.compile(r"^(?:[a-z]+\.)?blk\.(\d+)\.(.+)$")
_PATTERNS: tuple[tuple[str, PartKind], ...] = (
    (r"(^|\.|_)(post_|pre_)?[a-z_]*norm[a-z0-9_]*\.", "norm"),
    (r"^attn_qkv\.", "attention_qkv"),
    (r"^(attn_q|attn_q_a|attn_q_b|cross_attn_q)\.", "attention_q"),
    (r"^(attn_k|attn_k_b|cross_attn_k)\.", "attention_k"),
    (r"^(attn_v|attn_v_b|cross_attn_v)\.", "attention_v"),
    (r"^(attn_kv_a_mqa|attn_kv_b)\.", "attention_k"),
    (r"^(attn_output|attn_out|cross_attn_o|attn_o)\.", "attention_output"),
    (r"^ffn_gate_inp", "router"),
    (r"^ffn_gate_(exps|shexp|\d+)\.", "expert_gate"),
    (r"^ffn_up_(exps|shexp|\d+)\.", "expert_up"),
    (r"^ffn_down_(exps|shexp|\d+)\.", "expert_down"),
    (r"^ffn_gate\.", "feed_forward_gate"),
    (r"^ffn_up\.", "feed_forward_up"),
    (r"^ffn_down\.", "feed_forward_down"),
    (r"^ssm_|^time_mix|^channel_mix", "state_space"),
    (r"^(token_embd|position_embd|token_types|per_layer_token_embd)\.", "embedding"),
    (r"^output\.", "output"),
)


class Amount(NamedTuple):
    """Parameters, and the bytes that they take in the file."""

    parameters: int = 0
    bytes: int = 0

    def plus(self, other: "Amount") -> "Amount":
        return Amount(self.parameters + other.parameters, self.bytes + other.bytes)

    @property
    def bits_per_weight(self) -> float:
        return self.bytes * 8 / self.parameters if self.parameters else 0.0


class TensorCard(NamedTuple):
    """One tensor. `shape` in ggml's order: inputs first."""

    name: str
    kind: PartKind
    shape: tuple[int, ...]
    type: str
    amount: Amount


class LayerCard(NamedTuple):
    """One block; `number` from 0. `window`: tokens it sees back, 0 all. `experts`: 0 for a dense layer."""

    number: int
    heads: int
    kv_heads: int
    window: int
    experts: int
    kinds: dict[PartKind, Amount]
    tensors: tuple[TensorCard, ...]
    amount: Amount


class ModelCard(NamedTuple):
    """A whole model. 0 and "" where the file says nothing.

    `heads_per_kv_head`: 1 multi-head attention; more: grouped queries (GQA); all heads: one for all (MQA).
    `tied_output`: the output head is the token embedding. `active_parameters`: those that take part in one
    token; fewer than all with experts.
    """

    facts: ModelFacts
    size_bytes: int
    heads: int
    kv_heads: int
    heads_per_kv_head: int
    head_size: int
    rope_dimensions: int
    rope_scaling_factor: float
    rope_original_context: int
    epsilon: float
    tied_output: bool
    shared_experts: int
    kinds: dict[PartKind, Amount]
    types: dict[str, Amount]
    layers: tuple[LayerCard, ...]
    outside: tuple[TensorCard, ...]
    total: Amount
    active_parameters: int
    kv_bytes_per_token: int


def model_card(header: GgufHeader) -> ModelCard:
    """Read the card from a checked header."""
    facts = describe(header)
    cards = [_tensor(info) for info in header.tensors]
    by_layer: dict[int, list[TensorCard]] = {}
    outside: list[TensorCard] = []
    for card in cards:
        match = _LAYER.match(card.name)
        (by_layer.setdefault(int(match[1]), []) if match else outside).append(card)
    heads, kv_heads = max(facts.heads, default=0), max(facts.kv_heads, default=0)
    kinds = _sum_by((card.kind, card.amount) for card in cards)
    return ModelCard(
        facts=facts,
        size_bytes=header.file_size,
        heads=heads,
        kv_heads=kv_heads,
        heads_per_kv_head=heads // kv_heads if kv_heads else 0,
        head_size=facts.key_length,
        rope_dimensions=_integer(header, "rope.dimension_count"),
        rope_scaling_factor=_real(header, "rope.scaling.factor"),
        rope_original_context=_integer(header, "rope.scaling.original_context_length"),
        epsilon=_real(header, "attention.layer_norm_rms_epsilon")
        or _real(header, "attention.layer_norm_epsilon"),
        tied_output="output" not in kinds and "embedding" in kinds,
        shared_experts=_integer(header, "expert_shared_count"),
        kinds=kinds,
        types=_sum_by((card.type, card.amount) for card in cards),
        layers=tuple(_layer(index, facts, by_layer[index]) for index in sorted(by_layer)),
        outside=tuple(outside),
        total=_total(card.amount for card in cards),
        active_parameters=_active(facts, cards),
        kv_bytes_per_token=kv_bytes(facts, 1),
    )


def part_kind(name: str) -> PartKind:
    """What a tensor is for, by llama.cpp's name for it."""
    match = _LAYER.match(name)
    short = match[2] if match else name.removeprefix("enc.").removeprefix("dec.")
    return next((kind for pattern, kind in _PATTERNS if re.search(pattern, short)), "other")


def _tensor(info: TensorInfo) -> TensorCard:
    amount = Amount(info.values, info.nbytes)
    return TensorCard(info.name, part_kind(info.name), info.shape, info.type.name, amount)


def _layer(index: int, facts: ModelFacts, tensors: Sequence[TensorCard]) -> LayerCard:
    known = index < facts.n_layer
    experts = any(card.kind.startswith("expert") for card in tensors)
    return LayerCard(
        number=index,
        heads=facts.heads[index] if known else 0,
        kv_heads=facts.kv_heads[index] if known else 0,
        window=facts.sliding_window if known and facts.window_layers[index] else 0,
        experts=facts.n_expert if experts else 0,
        kinds=_sum_by((card.kind, card.amount) for card in tensors),
        tensors=tuple(tensors),
        amount=_total(card.amount for card in tensors),
    )


def _active(facts: ModelFacts, cards: Sequence[TensorCard]) -> int:
    """Routed experts count by the share of them that one token goes through."""
    active = 0.0
    for card in cards:
        routed = card.kind.startswith("expert") and "shexp" not in card.name
        share = facts.n_expert_used / facts.n_expert if routed and facts.n_expert else 1.0
        active += card.amount.parameters * share
    return round(active)


def _sum_by(items: Iterable[tuple[K, Amount]]) -> dict[K, Amount]:
    sums: dict[K, Amount] = {}
    for key, amount in items:
        sums[key] = sums.get(key, Amount()).plus(amount)
    return dict(sorted(sums.items(), key=lambda one: -one[1].bytes))


def _total(amounts: Iterable[Amount]) -> Amount:
    total = Amount()
    for amount in amounts:
        total = total.plus(amount)
    return total


def _integer(header: GgufHeader, key: str) -> int:
    value = header.metadata.get(f"{header.metadata.get('general.architecture')}.{key}")
    return value if type(value) is int and value >= 0 else 0


def _real(header: GgufHeader, key: str) -> float:
    value = header.metadata.get(f"{header.metadata.get('general.architecture')}.{key}")
    return float(value) if isinstance(value, (int, float)) else 0.0
