"""The figures, against their definitions written out in double precision."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import UserError
from engine.evaluate.reference import ReferenceStore
from engine.evaluate.scores import (
    blocks,
    compress,
    divergence,
    log_softmax,
    perplexity,
    score_rows,
    standard_error,
    summarize,
)

Rows = NDArray[np.float32]


@pytest.fixture
def logits() -> tuple[Rows, Rows]:
    """Of two similar models: 50 positions, 1,000 tokens."""
    random = np.random.default_rng(3)
    first = (random.standard_normal((50, 1000)) * 3).astype(np.float32)
    return first, (first + random.standard_normal((50, 1000)) * 0.3).astype(np.float32)


def plain(rows: Rows) -> NDArray[np.float64]:
    wide = rows.astype(np.float64)
    result: NDArray[np.float64] = wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))
    return result


def test_log_softmax(logits: tuple[Rows, Rows]) -> None:
    np.testing.assert_allclose(log_softmax(logits[0]), plain(logits[0]), atol=3e-6)
    far = np.array([[1e4, 0, -1e4]], np.float32)
    np.testing.assert_array_equal(log_softmax(far), [[0, -1e4, -2e4]])


def test_divergence_through_sixteen_bits(logits: tuple[Rows, Rows]) -> None:
    p, q = (plain(rows) for rows in logits)
    expected = (np.exp(p) * (p - q)).sum(axis=1)
    packed = compress(log_softmax(logits[0]))
    assert packed.codes.dtype == np.uint16
    np.testing.assert_allclose(divergence(packed, log_softmax(logits[1])), expected, rtol=2e-3, atol=2e-5)
    np.testing.assert_allclose(divergence(packed, log_softmax(logits[0])), 0, atol=1e-4)


def test_tokens_that_are_impossible_add_nothing() -> None:
    base = np.array([[0, -np.inf, -1], [0, 0, 0]], np.float32)
    packed = compress(log_softmax(base))
    other = log_softmax(np.array([[0, -np.inf, -1], [0, 0, 0]], np.float32))
    found = divergence(packed, other)
    np.testing.assert_allclose(found, 0, atol=1e-5)


def test_what_came_and_what_would_have_been_said(logits: tuple[Rows, Rows]) -> None:
    logprobs = log_softmax(logits[0])
    targets = np.arange(50, dtype=np.int32) * 7
    rows = score_rows(logprobs, targets, 4)
    order = np.argsort(-logprobs, axis=1)[:, :4]
    np.testing.assert_array_equal(rows.top_ids, order)
    np.testing.assert_array_equal(rows.top_logprobs, np.take_along_axis(logprobs, order, 1))
    assert [float(value) for value in rows.logprob] == [
        float(logprobs[place, 7 * place]) for place in range(50)
    ]


def test_perplexity_and_its_error() -> None:
    chances = np.array([0.5, 0.25, 0.1, 0.9])
    found = perplexity(np.log(chances))
    assert found.value == pytest.approx((0.5 * 0.25 * 0.1 * 0.9) ** -0.25)
    losses = -np.log(chances)
    assert found.error == pytest.approx(found.value * np.sqrt(losses.var() / 3))
    assert standard_error(np.array([1.0])) == 0


def test_summary() -> None:
    found = summarize(np.arange(101, dtype=np.float32) / 100)
    assert (found.mean, found.median, found.p99, found.largest) == pytest.approx((0.5, 0.5, 0.99, 1))


def test_store_gives_back_what_it_took(logits: tuple[Rows, Rows], tmp_path: Path) -> None:
    parts = [compress(log_softmax(logits[0][rows])) for rows in (slice(0, 20), slice(20, 50))]
    with ReferenceStore(tmp_path, 50, 1000) as store:
        for part in parts:
            store.append(part)
        for _ in range(2):
            store.rewind()
            for part in parts:
                for ours, theirs in zip(store.next(len(part.low)), part, strict=True):
                    np.testing.assert_array_equal(ours, theirs)
    assert list(tmp_path.glob("compare*")) == []


def test_no_room_for_the_reference(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        ReferenceStore(tmp_path, 1 << 40, 100_000)
    assert caught.value.code == "output.no_space"


def test_blocks_cover_all_rows_once() -> None:
    for rows, vocab in ((255, 49152), (3, 10), (5, 1 << 24)):
        places = [place for part in blocks(rows, vocab) for place in range(part.start, part.stop)]
        assert places == list(range(rows))
