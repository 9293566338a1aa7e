"""Levels: against their formulas, published tables, and the slow way."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.lab.costs import bits_per_weight
from engine.lab.grids import fit_grid, fit_kmeans, fit_uniform, normal_levels
from engine.lab.rounding import round_inputs, round_to_nearest
from engine.protocol.lab import LabScheme

# QLoRA, appendix E.
NF4 = [-1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
       -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
       0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941,
       0.7229568362236023, 1.0]  # fmt: skip


def _weights(rows: int = 24, columns: int = 100) -> NDArray[np.float32]:
    return np.random.default_rng(5).normal(0, 0.1, (rows, columns)).astype(np.float32)


def _nearest(values: NDArray[np.float32], levels: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.take_along_axis(
        np.broadcast_to(levels, (len(values), levels.shape[-1])),
        np.abs(values[:, :, None] - levels[:, None, :]).argmin(axis=2),
        axis=1,
    )


def test_four_bit_normal_levels_are_nf4() -> None:
    np.testing.assert_allclose(normal_levels(4), NF4, atol=3e-7)


@pytest.mark.parametrize("bits", range(2, 9))
def test_normal_levels_are_sorted_and_hold_zero(bits: int) -> None:
    levels = normal_levels(bits)
    assert len(levels) == 2**bits
    assert (np.diff(levels) > 0).all()
    assert levels[0] == -1
    assert levels[-1] == 1
    assert 0 in levels


@pytest.mark.parametrize("levels", ["uniform", "normal", "kmeans"])
@pytest.mark.parametrize("granularity", ["tensor", "channel", "group"])
@pytest.mark.parametrize("symmetric", [True, False])
def test_rounding_takes_the_nearest_level(levels: str, granularity: str, symmetric: bool) -> None:
    weights = _weights()
    scheme = LabScheme(3, levels, symmetric, granularity, 100)  # type: ignore[arg-type]
    grid = fit_grid(weights, scheme)
    assert grid.levels().shape[0] == (1 if granularity == "tensor" else len(weights))
    expected = _nearest(weights, grid.levels())
    far = np.abs(grid.round(weights) - weights) - np.abs(expected - weights)
    assert far.max() < 1e-7
    assert len(np.unique(grid.round(weights)[0])) <= 8


def test_asymmetric_levels_cover_a_shifted_range_and_keep_zero() -> None:
    weights = _weights() + np.float32(0.5)
    even = np.abs(fit_uniform(weights, 4, symmetric=True).round(weights) - weights).mean()
    shifted = fit_uniform(weights, 4, symmetric=False)
    assert np.abs(shifted.round(weights) - weights).mean() < 0.6 * even
    assert (shifted.round(np.zeros_like(weights)) == 0).all()


def test_uniform_error_is_that_of_even_steps() -> None:
    """Step² / 12, for values spread evenly."""
    values = np.random.default_rng(1).uniform(-1, 1, (1, 200_000)).astype(np.float32)
    grid = fit_uniform(values, 6, symmetric=True)
    error = float(np.square(grid.round(values) - values).mean())
    assert error == pytest.approx(float(grid.scale[0, 0]) ** 2 / 12, rel=0.02)


def test_kmeans_is_lloyds_fixed_point() -> None:
    """Every level is the mean of what is nearest to it, and no even steps are better."""
    values = np.random.default_rng(2).standard_t(4, (3, 4000)).astype(np.float32)
    levels = fit_kmeans(values, 2).levels()
    for row, centres in zip(values, levels, strict=True):
        nearest = np.abs(row[:, None] - centres).argmin(axis=1)
        means = [row[nearest == number].mean() for number in range(4)]
        np.testing.assert_allclose(centres, means, atol=0.02)
    error = np.square(fit_kmeans(values, 2).round(values) - values).mean()
    assert error < 0.5 * np.square(fit_uniform(values, 2, symmetric=False).round(values) - values).mean()


def test_kmeans_of_few_values_is_exact() -> None:
    values = np.array([[0.5, -1, 0.5, 2, -1, 0], [1, 1, 1, 1, 1, 1]], np.float32)
    np.testing.assert_array_equal(fit_kmeans(values, 2).round(values), values)


def test_groups_have_levels_of_their_own_and_the_last_may_be_smaller() -> None:
    weights = _weights(4, 100)
    weights[:, 64:] *= 50
    scheme = LabScheme(4, granularity="group", group_size=64)
    rounded = round_to_nearest(weights, scheme)
    for block in (slice(0, 64), slice(64, 100)):
        alone = fit_uniform(weights[:, block], 4, symmetric=True).round(weights[:, block])
        np.testing.assert_array_equal(rounded[:, block], alone)


def test_bits_per_weight_counts_what_is_kept() -> None:
    assert bits_per_weight(10, 128, LabScheme(4, group_size=64)) == 4 + 16 / 64
    assert bits_per_weight(10, 128, LabScheme(4, symmetric=False, group_size=32)) == 4 + 20 / 32
    assert bits_per_weight(10, 100, LabScheme(4, group_size=64)) == 4 + 2 * 16 / 100
    assert bits_per_weight(10, 128, LabScheme(3, "kmeans", granularity="channel")) == 3 + 8 * 16 / 128
    assert bits_per_weight(10, 128, LabScheme(8, granularity="tensor")) == 8 + 16 / 1280


def test_inputs_have_a_scale_for_each_token() -> None:
    inputs = np.random.default_rng(3).normal(size=(700, 32)).astype(np.float32)
    inputs[::7] *= 1000
    rounded = round_inputs(inputs, 8)
    scales = np.abs(inputs).max(axis=1) / 127
    assert (np.abs(rounded - inputs).max(axis=1) <= scales * 0.51 + 1e-4 * np.abs(inputs).max(axis=1)).all()
    assert round_inputs(inputs, 0) is inputs
