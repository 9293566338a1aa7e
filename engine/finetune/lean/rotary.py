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


class Rotation(torch.autograd.Function):
    """x [tokens, heads, head size] turned by cos, sin [tokens, head size / 2]: the first half of a head with
    the second. The gradient is turned back.
    """

    @staticmethod
    def forward(ctx: Any, x: Any, cos: Any, sin: Any) -> Any:
        cos, sin = cos[:, None, :].to(x.dtype), sin[:, None, :].to(x.dtype)
        ctx.save_for_backward(cos, sin)
        return _turned(x, cos, sin, 1)

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        cos, sin = ctx.saved_tensors
        return _turned(gradients[0], cos, sin, -1), None, None


def _turned(x: Any, cos: Any, sin: Any, direction: int) -> Any:
    half = x.shape[-1] // 2
    first, second = x[..., :half], x[..., half:]
    out = torch.empty_like(x)
    torch.mul(first, cos, out=out[..., :half]).addcmul_(second, sin, value=-direction)
    torch.mul(second, cos, out=out[..., half:]).addcmul_(first, sin, value=direction)
    return out
