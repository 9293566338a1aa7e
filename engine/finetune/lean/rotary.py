"""Rotary positions (Su et al. 2021), with the scalings that need no knowledge of the text's length."""

import math
from typing import Any

import torch

from engine.finetune.lean.config import LeanConfig


def rotary_tables(config: LeanConfig, length: int, device: Any) -> tuple[Any, Any]:
    """Cosines and sines [length, head size / 2], float32."""
    half = torch.arange(0, config.head_size, 2, dtype=torch.int64).float()
    inverse = 1.0 / (config.rope_theta ** (half / config.head_size))
    scaling = config.rope_scaling
    if config.rope_type == "linear":
        inverse = inverse / float(scaling["factor"])
    elif config.rope_type == "llama3":
        inverse = _llama3(inverse, scaling)
    angles = torch.outer(torch.arange(length).float(), inverse)
    return angles.cos().to(device), angles.sin().to(device)


def _llama3(inverse: Any, scaling: dict[str, Any]) -> Any:
    """Long wavelengths are stretched, short ones kept, those between mixed; as Llama 3.1 does."""
    factor, low, high = (float(scaling[name]) for name in ("factor", "low_freq_factor", "high_freq_factor"))
    context = float(scaling["original_max_position_embeddings"])
    wavelength = 2 * math.pi / inverse
    share = (context / wavelength - low) / (high - low)
    mixed = (1 - share) * inverse / factor + share * inverse
    stretched = torch.where(wavelength > context / low, inverse / factor, inverse)
    between = (wavelength <= context / low) & (wavelength >= context / high)
    return torch.where(between, mixed, stretched)


def rotate(x: Any, cos: Any, sin: Any) -> Any:
    """x [tokens, heads, head size]; cos, sin [tokens, head size / 2]: the first half turns with the
    second.
    """
    half = x.shape[-1] // 2
    first, second = x[..., :half], x[..., half:]
    cos, sin = cos[:, None, :].to(x.dtype), sin[:, None, :].to(x.dtype)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)
