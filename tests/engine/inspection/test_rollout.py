"""Rollout against the formula of Abnar and Zuidema, written out."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.inspection.rollout import StreamingRollout, head_mean, layer_mean, rollout, rollout_row

LAYERS, HEADS, LENGTH = 4, 3, 9


@pytest.fixture
def attention() -> NDArray[np.float32]:
    weights = np.tril(np.random.default_rng(0).random((LAYERS, HEADS, LENGTH, LENGTH)))
    shares: NDArray[np.float32] = (weights / weights.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def by_the_paper(attention: NDArray[np.float32]) -> NDArray[np.float64]:
    result = np.eye(LENGTH)
    for weights in attention.astype(np.float64).mean(axis=1):
        mixed = 0.5 * weights + 0.5 * np.eye(LENGTH)
        result = mixed / mixed.sum(axis=1, keepdims=True) @ result
    return result


def test_matrix(attention: NDArray[np.float32]) -> None:
    ours = rollout(head_mean(attention))
    np.testing.assert_allclose(ours, by_the_paper(attention), atol=1e-6)
    np.testing.assert_allclose(ours.sum(axis=1), 1, atol=1e-6)
    assert np.triu(ours, 1).max() == 0


def test_hand_computed() -> None:
    means = np.array([[[1, 0], [0.5, 0.5]], [[1, 0], [1, 0]]], np.float32)
    np.testing.assert_allclose(rollout(means), np.array([[1, 0], [0.625, 0.375]]))


@pytest.mark.parametrize("query", [0, 4, LENGTH - 1])
@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_one_row(attention: NDArray[np.float32], query: int, kind: type) -> None:
    ours = rollout_row(head_mean(attention).astype(kind), query)
    np.testing.assert_allclose(
        ours, by_the_paper(attention)[query], atol=1e-6 if kind is np.float32 else 1e-3
    )


def test_rows_that_lost_a_part_are_normalised(attention: NDArray[np.float32]) -> None:
    """A row whose weights no longer sum to 1 still gives a distribution."""
    ours = rollout(head_mean(attention * np.float32(0.5)))
    np.testing.assert_allclose(ours.sum(axis=1), 1, atol=1e-6)


def test_growing_text(attention: NDArray[np.float32]) -> None:
    live = StreamingRollout(LAYERS, LENGTH)
    expected = by_the_paper(attention)
    for position, rows in enumerate(head_mean(attention).transpose(1, 0, 2)):
        ours = live.add_row(rows[:, : position + 1])
        np.testing.assert_allclose(ours, expected[position, : position + 1], atol=1e-6)
    assert live.length == LENGTH
    with pytest.raises(ValueError, match="capacity"):
        live.add_row(np.ones((LAYERS, LENGTH + 1), np.float32))


def test_mean_over_everything(attention: NDArray[np.float32]) -> None:
    np.testing.assert_allclose(layer_mean(attention), attention.mean(axis=(0, 1)), atol=1e-6)
