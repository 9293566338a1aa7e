"""Which models the lean path knows, and the numbers it needs of them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

_KINDS = ("llama", "mistral", "qwen2", "qwen3")
_ROPES = ("default", "linear", "llama3")


class LeanConfig(NamedTuple):
    """Of `config.json`. `qkv_bias`: qwen2. `head_norm`: qwen3's norms of every query and key."""

    model_type: str
    vocabulary: int
    width: int
    inner: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    epsilon: float
    rope_theta: float
    rope_type: str
    rope_scaling: dict[str, Any]
    tied: bool
    qkv_bias: bool
    head_norm: bool


def lean_config(values: Mapping[str, Any], max_length: int) -> LeanConfig | None:
    """None where the model has something that the lean path does not compute: the general one does."""
    kind = values.get("model_type")
    rope = values.get("rope_parameters") or values.get("rope_scaling") or {}
    rope_type = rope.get("rope_type") or rope.get("type") or "default"
    window = values.get("sliding_window")
    slides = (
        isinstance(window, int)
        and window < max_length
        and values.get("use_sliding_window", kind == "mistral")
    )
    if (
        kind not in _KINDS
        or rope_type not in _ROPES
        or values.get("hidden_act", "silu") not in ("silu", "swish")
        or values.get("mlp_bias")
        or (values.get("attention_bias") and kind != "qwen2")
        or float(rope.get("partial_rotary_factor", 1.0)) != 1.0
        or values.get("quantization_config") is not None
        or slides
    ):
        return None
    heads = int(values["num_attention_heads"])
    width = int(values["hidden_size"])
    return LeanConfig(
        kind,
        int(values["vocab_size"]),
        width,
        int(values["intermediate_size"]),
        int(values["num_hidden_layers"]),
        heads,
        int(values.get("num_key_value_heads") or heads),
        int(values.get("head_dim") or width // heads),
        float(values.get("rms_norm_eps", 1e-6)),
        float(rope.get("rope_theta") or values.get("rope_theta") or 10000.0),
        rope_type,
        dict(rope),
        bool(values.get("tie_word_embeddings", False)),
        kind == "qwen2",
        kind == "qwen3",
    )
