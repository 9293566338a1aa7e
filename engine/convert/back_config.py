"""`config.json` and `generation_config.json` from a GGUF's metadata: the reverse of
`engine.convert.architectures`.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine.convert.config import Config
from engine.convert.gguf_weights import GgufModel, values_of
from engine.convert.rope import llama3_factors
from engine.errors import UserError

Values = dict[str, Any]
_MOST_LAYERS = 4096


class _Kind(NamedTuple):
    model_type: str
    class_name: str
    fill: Callable[[GgufModel, Values], None]


def restored_config(model: GgufModel) -> Values:
    """What transformers needs to make the model. Raises `UserError` convert.*, model.corrupt."""
    kind = _KINDS.get(model.architecture)
    if kind is None:
        raise UserError(
            "convert.architecture",
            path=model.path,
            architecture=model.architecture[:40] or "unknown",
            known=", ".join(_KINDS),
        )
    embedding = model.tensors.get("token_embd.weight")
    if embedding is None or len(embedding.shape) != 2:
        raise UserError("model.corrupt", path=model.path, what="it has no token embedding")
    values: Values = {
        "architectures": [kind.class_name],
        "model_type": kind.model_type,
        "vocab_size": embedding.shape[0],
        "tie_word_embeddings": "output.weight" not in model.tensors,
        **special_tokens(model),
    }
    kind.fill(model, values)
    return values


def special_tokens(model: GgufModel) -> Values:
    """`…_token_id`, null where the file names none: transformers would fill in its own."""
    return {
        "bos_token_id": model.token("bos"),
        "eos_token_id": model.token("eos"),
        "pad_token_id": model.token("padding"),
    }


def restored_generation(model: GgufModel) -> Values:
    """Where a reply ends: the end of the text, and that of a turn."""
    values = special_tokens(model)
    ends = [
        number
        for number in (model.token("eos"), model.token("eot"), model.token("eom"))
        if number is not None
    ]
    values["eos_token_id"] = ends[0] if len(set(ends)) == 1 else list(dict.fromkeys(ends)) or None
    return {name: value for name, value in values.items() if value is not None}


def layer_count(model: GgufModel) -> int:
    """Raises `UserError` model.corrupt."""
    layers = model.integer("block_count")
    if not 0 < layers <= _MOST_LAYERS:
        raise UserError("model.corrupt", path=model.path, what=f"it has {layers} layers")
    return layers


def _gated(model: GgufModel, values: Values) -> None:
    """The kind with RMS norms, gated feed-forward and rotary positions."""
    heads = model.integer("attention.head_count")
    width = model.integer("embedding_length")
    if not heads or not width:
        raise UserError("model.corrupt", path=model.path, what="it has no heads")
    rotary = model.integer("rope.dimension_count", width // heads)
    size = model.integer("attention.key_length", rotary or width // heads)
    if model.integer("attention.value_length", size) != size:
        raise UserError("convert.unsupported", path=model.path, what="values of another size than keys")
    values.update(
        hidden_size=width,
        intermediate_size=model.integer("feed_forward_length"),
        num_hidden_layers=layer_count(model),
        num_attention_heads=heads,
        num_key_value_heads=model.integer("attention.head_count_kv", heads),
        head_dim=size,
        max_position_embeddings=model.integer("context_length"),
        rms_norm_eps=_short(model.real("attention.layer_norm_rms_epsilon")),
        hidden_act="silu",
        rope_theta=_short(model.real("rope.freq_base", 10000.0)),
    )
    _rope(model, values)


def _llama(model: GgufModel, values: Values) -> None:
    _gated(model, values)
    values["attention_bias"] = "blk.0.attn_q.bias" in model.tensors
    values["mlp_bias"] = "blk.0.ffn_up.bias" in model.tensors
    if model.integer("rope.dimension_count", values["head_dim"]) != values["head_dim"]:
        raise UserError("convert.unsupported", path=model.path, what="positions on a part of each head")


def _smollm3(model: GgufModel, values: Values) -> None:
    """llama.cpp leaves every fourth layer without positions, whatever the file says."""
    _llama(model, values)
    values["no_rope_layer_interval"] = 4
    values["no_rope_layers"] = [int((layer + 1) % 4 != 0) for layer in range(values["num_hidden_layers"])]


def _qwen(model: GgufModel, values: Values) -> None:
    _gated(model, values)
    values["use_sliding_window"] = False


def _phi3(model: GgufModel, values: Values) -> None:
    _gated(model, values)
    # Its library computes the size of a head itself.
    size = values.pop("head_dim")
    context = values["max_position_embeddings"]
    rotary = model.integer("rope.dimension_count", size)
    values["partial_rotary_factor"] = rotary / size
    original = model.integer("rope.scaling.original_context_length", context) or context
    values["original_max_position_embeddings"] = original
    values["sliding_window"] = model.integer("attention.sliding_window", 0) or None
    long, short = (model.tensors.get(f"rope_factors_{kind}.weight") for kind in ("long", "short"))
    if long is not None and short is not None:
        values["rope_scaling"] = {
            "type": "longrope",
            "rope_type": "longrope",
            "long_factor": [_short(one) for one in values_of(long).tolist()],
            "short_factor": [_short(one) for one in values_of(short).tolist()],
            "original_max_position_embeddings": original,
        }


def _gemma(model: GgufModel, values: Values, largest: int) -> None:
    _gated(model, values)
    values["hidden_activation"] = values.pop("hidden_act") and "gelu_pytorch_tanh"
    values["attention_bias"] = False
    values["sliding_window"] = model.integer("attention.sliding_window")
    heads, width = values["num_attention_heads"], values["hidden_size"]
    is_largest = values["num_hidden_layers"] == largest
    values["query_pre_attn_scalar"] = width // heads if is_largest else values["head_dim"]


def _gemma2(model: GgufModel, values: Values) -> None:
    _gemma(model, values, largest=46)
    values["attn_logit_softcapping"] = _short(model.real("attn_logit_softcapping", 50.0))
    values["final_logit_softcapping"] = _short(model.real("final_logit_softcapping", 30.0))


def _gemma3(model: GgufModel, values: Values) -> None:
    _gemma(model, values, largest=62)
    values["rope_theta"] = _short(model.real("rope.freq_base", 1e6))
    values["rope_local_base_freq"] = _short(model.real("rope.freq_base_swa", 1e4))
    values["sliding_window_pattern"] = 6


def _gpt2(model: GgufModel, values: Values) -> None:
    values.update(
        n_embd=model.integer("embedding_length"),
        n_layer=layer_count(model),
        n_head=model.integer("attention.head_count"),
        n_inner=model.integer("feed_forward_length"),
        n_positions=model.integer("context_length"),
        layer_norm_epsilon=_short(model.real("attention.layer_norm_epsilon", 1e-5)),
        activation_function="gelu_new",
    )


def _rope(model: GgufModel, values: Values) -> None:
    kind = model.value("rope.scaling.type")
    if "rope_freqs.weight" in model.tensors:
        values["rope_scaling"] = _llama3(model, values)
    elif kind == "linear":
        factor = _short(model.real("rope.scaling.factor"))
        values["rope_scaling"] = {"type": "linear", "rope_type": "linear", "factor": factor}
    elif kind == "yarn":
        values["rope_scaling"] = {
            "type": "yarn",
            "rope_type": "yarn",
            "factor": _short(model.real("rope.scaling.factor")),
            "original_max_position_embeddings": model.integer("rope.scaling.original_context_length"),
        }
    elif kind not in (None, "none", "longrope"):
        what = f"position embeddings “{str(kind)[:40]}”"
        raise UserError("convert.unsupported", path=model.path, what=what)


def _llama3(model: GgufModel, values: Values) -> Values:
    """The settings that give these factors: the file has only what came of them.

    Between the two wavelengths the formula is a straight line in 1/wavelength; a line through two of its
    points gives them. The published models are tried first.
    """
    factors = values_of(model.tensors["rope_freqs.weight"]).astype(np.float64)
    size = values["head_dim"]
    factor = _short(float(factors.max()))
    candidates = [(1.0, 4.0, 8192.0)]
    line = _line(factors, factor, values["rope_theta"], size)
    if line is not None:
        slope, begin = line
        candidates += [(1.0, 1 + 1 / begin, slope / begin), (begin, 1 + begin, slope)] if begin > 0 else []
    for low, high, length in candidates:
        scaling = {
            "rope_type": "llama3",
            "factor": factor,
            "low_freq_factor": _short(low),
            "high_freq_factor": _short(high),
            "original_max_position_embeddings": round(length),
        }
        table = {"rope_theta": values["rope_theta"], "head_dim": size, "rope_scaling": scaling}
        table |= {name: values[name] for name in ("hidden_size", "num_attention_heads")}
        again = llama3_factors(Config(Path(model.path), table))
        if again.shape == factors.shape and np.allclose(again, factors, rtol=1e-4):
            return scaling
    raise UserError("convert.unsupported", path=model.path, what="its factors of positions")


def _line(factors: np.ndarray[Any, Any], factor: float, base: float, size: int) -> tuple[float, float] | None:
    """smooth = slope / wavelength - begin, of the factors between 1 and `factor`."""
    points = []
    for pair, value in enumerate(factors):
        if 1 < value < factor * (1 - 1e-6):
            smooth = (1 / value - 1 / factor) / (1 - 1 / factor)
            points.append((base ** (-2 * pair / size) / (2 * math.pi), smooth))
    if len(points) < 2:
        return None
    places, values = np.array(points).T
    slope, begin = np.polyfit(places, values, 1)
    return float(slope), float(-begin)


def _short(value: float) -> float:
    """A number as it was written before it became single precision: 1e-05, not 9.999999747378752e-06."""
    return float(np.format_float_positional(np.float32(value), unique=True, trim="0"))


_KINDS = {
    "llama": _Kind("llama", "LlamaForCausalLM", _llama),
    "smollm3": _Kind("smollm3", "SmolLM3ForCausalLM", _smollm3),
    "qwen2": _Kind("qwen2", "Qwen2ForCausalLM", _qwen),
    "qwen3": _Kind("qwen3", "Qwen3ForCausalLM", _qwen),
    "phi3": _Kind("phi3", "Phi3ForCausalLM", _phi3),
    "gemma2": _Kind("gemma2", "Gemma2ForCausalLM", _gemma2),
    "gemma3": _Kind("gemma3_text", "Gemma3ForCausalLM", _gemma3),
    "gpt2": _Kind("gpt2", "GPT2LMHeadModel", _gpt2),
}
