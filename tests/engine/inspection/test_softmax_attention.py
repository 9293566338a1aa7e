"""Attention with its weights kept, against a plain statement in double precision; with the kernel and
without.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.inspection import softmax_attention
from engine.inspection.attention_inputs import (
    BLOCK,
    Attention,
    Floats,
    Weights,
    alibi_slopes,
    plan_mask,
)
from engine.inspection.attention_kernel import LIBRARY, kernel_library
from engine.inspection.softmax_attention import SoftmaxAttention
from engine.taps.pieces import FloatType

LIMIT = 2e-6


class Kept:
    """All weights in one array."""

    def __init__(self, heads: int, queries: int, keys: int, dtype: FloatType = np.float32) -> None:
        self.array: Weights = np.full((heads, queries, keys), np.nan, dtype)

    def rows(self, head: int, first: int, count: int) -> Weights:
        return self.array[head, first : first + count]

    def filled(self, head: int, first: int, rows: Weights) -> None: ...


@pytest.fixture(params=["kernel", "numpy"])
def compute(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "numpy":
        monkeypatch.setattr(softmax_attention, "kernel_library", lambda: None)
    elif kernel_library() is None:
        pytest.skip("no C compiler was there to make the kernel")
    with SoftmaxAttention(n_threads=2) as one:
        yield one


def causal(queries: int, keys: int, window: int = 0) -> Floats:
    """The mask of the last `queries` of `keys` tokens."""
    place = np.arange(keys - queries, keys)[:, None]
    key = np.arange(keys)[None, :]
    hidden = (key > place) | ((key <= place - window) if window else False)
    return np.where(hidden, -np.inf, 0).astype(np.float32)


def make(heads: int, groups: int, queries: int, keys: int, size: int, mask: Floats, **more: Any) -> Attention:
    random = np.random.default_rng(heads * 1000 + keys)

    def normal(*shape: int) -> Floats:
        return random.standard_normal(shape, dtype=np.float32)

    return Attention(
        queries=normal(heads, queries, size) * 2,
        keys=normal(groups, keys, size).astype(more.pop("cache", np.float32)),
        values=normal(groups, keys, more.pop("value_size", size)),
        mask=plan_mask(mask),
        out=np.full((queries, heads, more.pop("out_size", size)), np.nan, np.float32).transpose(1, 0, 2),
        scale=size**-0.5,
        **more,
    )


def plain(one: Attention) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights `[head, query, key]` and what comes of them `[head, query, value_size]`."""
    heads = len(one.queries)
    group = np.arange(heads) * len(one.keys) // heads
    keys, values = one.keys.astype(np.float64)[group], one.values.astype(np.float64)[group]
    scores = one.queries.astype(np.float64) @ keys.transpose(0, 2, 1) * one.scale
    if one.softcap:
        scores = one.softcap * np.tanh(scores / one.softcap)
    slopes = np.ones(heads) if one.slopes is None else np.array(one.slopes)
    # A slope of 0 times -inf has no meaning and does not occur.
    scores = scores + slopes[:, None, None] * one.mask.values.astype(np.float64)
    sinks = np.full(heads, -np.inf) if one.sinks is None else np.array(one.sinks)
    highest = np.maximum(scores.max(axis=2, keepdims=True), sinks[:, None, None])
    highest[np.isinf(highest)] = 0
    raised = np.exp(scores - highest)
    total = raised.sum(axis=2, keepdims=True) + np.exp(sinks[:, None, None] - highest)
    weights = np.divide(raised, total, out=np.zeros_like(raised), where=total > 0)
    return weights, weights @ values


def distance_mask(queries: int, keys: int) -> Floats:
    """As llama.cpp writes it for ALiBi: how far back, negative."""
    place = np.arange(keys - queries, keys)[:, None]
    mask: Floats = causal(queries, keys) - np.abs(place - np.arange(keys)[None, :]).astype(np.float32)
    return mask


CASES: dict[str, Callable[[], Attention]] = {
    "a causal text": lambda: make(9, 3, 300, 300, 64, causal(300, 300)),
    "one head a group": lambda: make(4, 4, 40, 40, 16, causal(40, 40)),
    "a text that goes on": lambda: make(4, 2, 130, 517, 80, causal(130, 517)),
    "one token": lambda: make(3, 1, 1, 1, 64, causal(1, 1)),
    "the token after many": lambda: make(3, 1, 1, 777, 128, causal(1, 777)),
    "a sliding window": lambda: make(4, 2, 400, 400, 32, causal(400, 400, window=50)),
    "both ways": lambda: make(4, 2, 70, 70, 32, np.zeros((70, 70), np.float32)),
    "half precision": lambda: make(4, 2, 150, 150, 64, causal(150, 150), cache=np.float16),
    "other sizes of values": lambda: make(4, 1, 140, 140, 72, causal(140, 140), value_size=40, out_size=40),
    "capped scores": lambda: make(4, 2, 90, 90, 256, causal(90, 90), softcap=1.5),
    "sinks": lambda: make(4, 2, 90, 90, 64, causal(90, 90), sinks=[-3.0, 0.0, 2.5, 40.0]),
    "ALiBi": lambda: make(6, 6, 90, 140, 40, distance_mask(90, 140), slopes=alibi_slopes(6, 8.0)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_weights_and_result_are_those_of_the_formula(
    compute: SoftmaxAttention, case: Callable[[], Attention]
) -> None:
    one = case()
    heads, queries, _ = one.queries.shape
    kept = Kept(heads, queries, one.keys.shape[1] + 3)  # room for keys that do not exist
    compute.run(one, kept)
    weights, result = plain(one)
    assert np.abs(kept.array[:, :, :-3] - weights).max() < LIMIT
    assert kept.array[:, :, -3:].max() == 0
    assert np.all(kept.array[:, :, :-3][weights == 0] == 0), "what is hidden has no weight at all"
    assert np.abs(one.out - result).max() < 1e-5
    if one.sinks is None:
        assert np.abs(kept.array.sum(axis=2, dtype=np.float64) - 1).max() < LIMIT


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_half_precision_is_single_precision_rounded(
    compute: SoftmaxAttention, case: Callable[[], Attention]
) -> None:
    one = case()
    heads, queries, _ = one.queries.shape
    keys = one.keys.shape[1] + 3
    single, half = Kept(heads, queries, keys), Kept(heads, queries, keys, np.float16)
    compute.run(one, single)
    compute.run(one, half)
    assert np.array_equal(half.array.view(np.uint16), single.array.astype(np.float16).view(np.uint16))


def test_a_query_that_sees_nothing_gets_zeros(compute: SoftmaxAttention) -> None:
    mask = causal(5, 5)
    mask[2] = -np.inf
    one = make(2, 1, 5, 5, 16, mask)
    kept = Kept(2, 5, 5)
    compute.run(one, kept)
    assert kept.array[:, 2].max() == kept.array[:, 2].min() == 0
    assert np.abs(one.out[:, 2]).max() == 0
    assert np.isfinite(kept.array).all()


def test_large_scores_do_not_overflow(compute: SoftmaxAttention) -> None:
    one = make(2, 1, 64, 64, 32, causal(64, 64))
    one = one._replace(queries=one.queries * 40)
    kept = Kept(2, 64, 64)
    compute.run(one, kept)
    assert np.abs(plain(one)[1] - one.out).max() < 1e-3
    assert np.abs(kept.array.sum(axis=2) - 1).max() < LIMIT


def test_nobody_has_to_want_the_weights(compute: SoftmaxAttention) -> None:
    class Nothing:
        def rows(self, head: int, first: int, count: int) -> None: ...

        def filled(self, head: int, first: int, rows: Weights) -> None:
            raise AssertionError

    one = make(4, 2, 150, 150, 64, causal(150, 150))
    compute.run(one, Nothing())
    assert np.abs(one.out - plain(one)[1]).max() < 1e-5


def test_an_error_of_the_store_is_raised(compute: SoftmaxAttention) -> None:
    class Full(Kept):
        def filled(self, head: int, first: int, rows: Weights) -> None:
            if first >= BLOCK:
                raise OSError(28, "no space left")

    with pytest.raises(OSError, match="no space left"):
        compute.run(make(4, 2, 300, 300, 32, causal(300, 300)), Full(4, 300, 300))


def test_a_library_that_is_not_the_kernel_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    other = tmp_path / LIBRARY.name
    other.write_bytes(b"not a library")
    kernel_library.cache_clear()
    monkeypatch.setattr("engine.inspection.attention_kernel.LIBRARY", other)
    try:
        assert kernel_library() is None
    finally:
        kernel_library.cache_clear()
