"""Head statistics and masks, on attention whose answers are known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.inspection.attention_masks import detect_masks
from engine.inspection.attention_stats import HeadStatistics, HeadTable, ranked, row_entropy

LENGTH = 12
TOKENS = [7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9]


def one_hot(targets: list[int]) -> NDArray[np.float32]:
    matrix = np.zeros((LENGTH, LENGTH), np.float32)
    matrix[np.arange(LENGTH), targets] = 1
    return matrix


def heads() -> NDArray[np.float32]:
    """[1, 5, query, key]: uniform, first, previous, current, induction."""
    uniform = np.tril(np.ones((LENGTH, LENGTH), np.float32))
    uniform /= uniform.sum(axis=1, keepdims=True)
    places = list(range(LENGTH))
    first = one_hot([0] * LENGTH)
    previous = one_hot([max(0, place - 1) for place in places])
    current = one_hot(places)
    # The token repeats every third place: what followed it there is two places back.
    induction = one_hot([max(0, place - 2) for place in places])
    return np.stack([uniform, first, previous, current, induction])[None]


@pytest.fixture
def table() -> HeadTable:
    statistics = HeadStatistics(TOKENS)
    statistics.add_matrix(heads())
    return statistics.table()


def test_means_of_known_heads(table: HeadTable) -> None:
    uniform_entropy = np.mean([np.log2(size) for size in range(1, LENGTH + 1)])
    np.testing.assert_allclose(table.entropy[0], [uniform_entropy, 0, 0, 0, 0], atol=1e-6)
    mean_distance = np.mean([place / 2 for place in range(LENGTH)])
    places = np.arange(LENGTH)
    expected = [mean_distance, places.mean(), np.minimum(places, 1).mean(), 0, np.minimum(places, 2).mean()]
    np.testing.assert_allclose(table.distance[0], expected, rtol=1e-6)
    assert table.first[0, 1] == 1
    assert table.previous[0, 2] == 1
    assert table.current[0, 3] == 1
    assert table.rows == LENGTH


def test_induction_head_is_found(table: HeadTable) -> None:
    assert table.induction_rows == LENGTH - 3
    assert table.induction[0, 4] == 1
    assert table.induction[0, 2] == 0
    # Uniform attention gives each of the 1, 2 or 3 earlier followers 1 / (position + 1).
    expected = np.mean([(place // 3) / (place + 1) for place in range(3, LENGTH)])
    assert table.induction[0, 0] == pytest.approx(expected)
    best = ranked(table.induction, layers=[5], heads=[10, 11, 12, 13, 14])[0]
    assert (best.layer, best.head, best.value) == (5, 14, 1)


def test_rows_one_by_one_are_the_same(table: HeadTable) -> None:
    live = HeadStatistics()
    for position, token in enumerate(TOKENS):
        live.add_tokens([token])
        # As it comes live: only the keys there are, in half precision.
        live.add_row(heads()[:, :, position, : position + 1].astype(np.float16), position)
    for ours, whole in zip(live.table()[:6], table[:6], strict=True):
        np.testing.assert_allclose(ours, whole, atol=2e-3)


def test_without_repetition_there_is_no_induction_score() -> None:
    statistics = HeadStatistics(range(LENGTH))
    statistics.add_matrix(heads())
    assert np.isnan(statistics.table().induction).all()
    order = ranked(np.array([[0.2, np.nan, 0.9]]), ascending=True)
    assert [one.head for one in order] == [0, 2, 1]


def test_nothing_seen_is_an_error() -> None:
    with pytest.raises(ValueError, match="no rows"):
        HeadStatistics().table()
    with pytest.raises(ValueError, match="position 5"):
        HeadStatistics().add_row(np.ones((1, 1, 5), np.float32), 5)


def test_entropy_of_a_coin() -> None:
    assert row_entropy(np.array([0.5, 0.5, 0.0], np.float32)) == 1


def masked(allowed: NDArray[np.bool_]) -> NDArray[np.float32]:
    """[1, 3, query, key] random weights under a mask, as a softmax leaves them."""
    weights = np.random.default_rng(0).random((1, 3, LENGTH, LENGTH), np.float32) * allowed
    shares: NDArray[np.float32] = weights / weights.sum(axis=-1, keepdims=True)
    return shares


def test_masks() -> None:
    query, key = np.ogrid[:LENGTH, :LENGTH]
    causal = key <= query
    window = causal & (query - key < 4)
    sink = causal & ((query - key < 4) | (key < 2))
    attention = np.concatenate([masked(one) for one in (causal, window, sink, causal | True)])
    shapes = [shape[:3] for shape in detect_masks(attention)]
    assert shapes == [
        ("causal", 0, 0),
        ("sliding_window", 4, 0),
        ("sink_window", 4, 2),
        ("bidirectional", 0, 0),
    ]


def test_a_window_that_was_never_reached_is_causal() -> None:
    query, key = np.ogrid[:LENGTH, :LENGTH]
    (shape,) = detect_masks(masked((key <= query) & (query - key < 50)))
    assert shape.kind == "causal"


def test_underflow_is_no_mask() -> None:
    attention = masked(np.tril(np.ones((LENGTH, LENGTH), np.bool_)))
    attention[:, :, 8, 3] = 0
    attention[:, :, 10, 1] = 0
    (shape,) = detect_masks(attention)
    assert shape.kind == "causal"
