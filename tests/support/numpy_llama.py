"""The forward pass of a llama, stated in numpy: what llama.cpp's is compared with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import gguf
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Forward(NamedTuple):
    """`logits` [token, vocab]; `inputs`: for each weight the rows that went into it (and their experts)."""

    logits: Floats
    inputs: dict[str, tuple[Floats, NDArray[np.int64]]]


def forward(path: Path, tokens: Sequence[int]) -> Forward:
    """One sequence through a GGUF of the architecture llama whose weights are F32."""
    reader: Any = gguf.GGUFReader(path)
    weights = {one.name: np.array(one.data, np.float64) for one in reader.tensors}

    def number(key: str) -> float:
        return float(reader.fields[key].contents())

    heads = int(number("llama.attention.head_count"))
    layers = int(number("llama.block_count"))
    epsilon = number("llama.attention.layer_norm_rms_epsilon")
    inputs: dict[str, tuple[Floats, NDArray[np.int64]]] = {}

    def product(name: str, rows: Floats) -> Floats:
        inputs[name] = (rows, np.zeros(len(rows), np.int64))
        return rows @ weights[name].T

    hidden = weights["token_embd.weight"][list(tokens)]
    for layer in range(layers):
        block = f"blk.{layer}."
        normed = _norm(hidden, weights[block + "attn_norm.weight"], epsilon)
        q, k, v = (_split(product(f"{block}attn_{part}.weight", normed), heads) for part in "qkv")
        scores = np.einsum("qhd,khd->hqk", _rope(q), _rope(k)) / np.sqrt(q.shape[2])
        scores[:, np.triu(np.ones(scores.shape[1:], bool), 1)] = -np.inf
        mixed = np.einsum("hqk,khd->qhd", _softmax(scores), v).reshape(hidden.shape)
        hidden = hidden + product(block + "attn_output.weight", mixed)
        normed = _norm(hidden, weights[block + "ffn_norm.weight"], epsilon)
        if block + "ffn_gate_inp.weight" in weights:
            hidden = hidden + _experts(block, normed, weights, product, inputs)
            continue
        gate, up = (product(f"{block}ffn_{part}.weight", normed) for part in ("gate", "up"))
        hidden = hidden + product(block + "ffn_down.weight", _silu(gate) * up)
    normed = _norm(hidden, weights["output_norm.weight"], epsilon)
    return Forward(normed @ weights["output.weight"].T, inputs)


def _experts(block: str, rows: Floats, weights: Any, product: Any, inputs: Any) -> Floats:
    """Two experts a token, their weights made to sum to one."""
    chances = _softmax(product(block + "ffn_gate_inp.weight", rows))
    chosen = np.argsort(-chances, axis=1)[:, :2]
    share = np.take_along_axis(chances, chosen, 1)
    share /= share.sum(1, keepdims=True)
    flat, repeated = chosen.reshape(-1), np.repeat(rows, 2, axis=0)
    gate, up, down = (weights[f"{block}ffn_{part}_exps.weight"] for part in ("gate", "up", "down"))
    inputs[f"{block}ffn_gate_exps.weight"] = inputs[f"{block}ffn_up_exps.weight"] = (repeated, flat)
    inner = _silu(np.einsum("rc,roc->ro", repeated, gate[flat])) * np.einsum("rc,roc->ro", repeated, up[flat])
    inputs[f"{block}ffn_down_exps.weight"] = (inner, flat)
    out = np.einsum("rc,roc->ro", inner, down[flat]).reshape(len(rows), 2, -1)
    result: Floats = (out * share[:, :, None]).sum(1)
    return result


def _norm(rows: Floats, weight: Floats, epsilon: float) -> Floats:
    result: Floats = rows / np.sqrt((rows**2).mean(-1, keepdims=True) + epsilon) * weight
    return result


def _split(rows: Floats, heads: int) -> Floats:
    return rows.reshape(len(rows), heads, -1)


def _rope(rows: Floats) -> Floats:
    """Neighbouring pairs are turned, as the architecture llama has it in GGUF."""
    half = rows.shape[2] // 2
    angles = np.arange(len(rows))[:, None] * 10000.0 ** (-np.arange(half) / half)
    sine, cosine = np.sin(angles)[:, None], np.cos(angles)[:, None]
    even, odd = rows[..., 0::2], rows[..., 1::2]
    turned = np.empty_like(rows)
    turned[..., 0::2], turned[..., 1::2] = even * cosine - odd * sine, even * sine + odd * cosine
    return turned


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = powers / powers.sum(-1, keepdims=True)
    return result


def _silu(rows: Floats) -> Floats:
    result: Floats = rows / (1 + np.exp(-rows))
    return result
