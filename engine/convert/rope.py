"""Rotary position embeddings that are stretched for longer texts, as GGUF has them."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.convert.config import Config
from engine.errors import UserError

Tensors = dict[str, NDArray[np.float32]]


def add_rope(writer: Any, config: Config) -> Tensors:
    """Metadata into the writer; returns the tensors with factors that “llama3” and “longrope” need.

    Raises `UserError` convert.unsupported for other kinds.
    """
    import gguf  # noqa: PLC0415 - takes a moment

    library: Any = gguf
    writer.add_rope_freq_base(config.rope_base)
    rope = config.rope
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind in (None, "default"):
        return {}
    if kind == "linear":
        writer.add_rope_scaling_type(library.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(_number(config, "factor"))
        return {}
    if kind == "yarn":
        writer.add_rope_scaling_type(library.RopeScalingType.YARN)
        writer.add_rope_scaling_factor(_number(config, "factor"))
        writer.add_rope_scaling_orig_ctx_len(int(_number(config, "original_max_position_embeddings")))
        return {}
    if kind in ("longrope", "su"):
        return _longrope(writer, config)
    if kind == "llama3":
        return {"rope_freqs.weight": llama3_factors(config)}
    raise UserError("convert.unsupported", path=config.path, what=f"position embeddings “{str(kind)[:40]}”")


def llama3_factors(config: Config) -> NDArray[np.float32]:
    """By how much each frequency is divided (Llama 3.1): high ones not at all, low ones by `factor`, and
    smoothly in between.
    """
    factor = _number(config, "factor")
    low, high = _number(config, "low_freq_factor"), _number(config, "high_freq_factor")
    length = _number(config, "original_max_position_embeddings")
    size = config.head_size
    factors = []
    for pair in range(size // 2):
        wavelength = 2 * math.pi * config.rope_base ** (2 * pair / size)
        if wavelength < length / high:
            factors.append(1.0)
        elif wavelength > length / low:
            factors.append(factor)
        else:
            smooth = (length / wavelength - low) / (high - low)
            factors.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(factors, np.float32)


def _longrope(writer: Any, config: Config) -> Tensors:
    """LongRoPE (Ding et al. 2024): a factor for each frequency, one list for contexts up to the original
    length and one for longer ones. llama.cpp chooses by the size of the context, not by the text.
    """
    original = _number(config, "original_max_position_embeddings", default=_original(config))
    context = config.integer("max_position_embeddings")
    factor = config.rope.get("factor")
    grown = float(factor) if isinstance(factor, (int, float)) and factor > 0 else context / original
    stated = config.rope.get("attention_factor")
    usual = math.sqrt(1 + math.log(grown) / math.log(original)) if grown > 1 and original > 1 else 1.0
    attention = float(stated) if isinstance(stated, (int, float)) and stated > 0 else usual
    writer.add_rope_scaling_attn_factors(attention)
    pairs = config.rotary_size // 2
    return {
        f"rope_factors_{name}.weight": _factors(config, f"{name}_factor", pairs) for name in ("long", "short")
    }


def _original(config: Config) -> float:
    return float(config.integer("original_max_position_embeddings", default=0))


def _factors(config: Config, name: str, pairs: int) -> NDArray[np.float32]:
    values = config.rope.get(name)
    if not isinstance(values, list) or len(values) != pairs:
        raise config.wrong(f"rope_scaling.{name}")
    if not all(isinstance(one, (int, float)) and 0 < one < 1e6 for one in values):
        raise config.wrong(f"rope_scaling.{name}")
    return np.array(values, np.float32)


def _number(config: Config, name: str, default: float | None = None) -> float:
    value = config.rope.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise config.wrong(f"rope_scaling.{name}")
    return float(value)
