"""Methods against their papers' formulas, computed another way."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import UserError
from engine.lab.balancing import awq, awq_scales, output_change, smoothing_scales, smoothquant
from engine.lab.decomposition import decompose, decomposed_bits, outlier_columns
from engine.lab.gptq import gptq
from engine.lab.grids import Floats, fit_grid
from engine.lab.measures import output_errors
from engine.lab.methods import Rounded, statistics
from engine.lab.rounding import round_inputs, round_to_nearest
from engine.protocol.lab import LabScheme

CHANNEL = LabScheme(3, granularity="channel")


def _layer(tokens: int = 400, columns: int = 12, rows: int = 6) -> tuple[Floats, Floats]:
    """Inputs that go together, some of them large; weights."""
    random = np.random.default_rng(11)
    mixed = random.normal(size=(tokens, columns)) @ random.normal(size=(columns, columns))
    mixed *= np.exp(random.normal(0, 1, columns))
    weights = random.normal(0, 0.3, (rows, columns))
    return mixed.astype(np.float32), weights.astype(np.float32)


def _obq(
    weights: Floats, hessian: NDArray[np.floating], scheme: LabScheme, damping: float
) -> NDArray[np.float64]:
    """Optimal Brain Quantization in a fixed order, with the inverse of what is left computed anew every time:
    δ = -(w_q - ŵ_q) / [H_F⁻¹]_qq · [H_F⁻¹]_:,q  (Frantar et al. 2022, equation 2).
    """
    columns = weights.shape[1]
    hessian = hessian + damping * np.diagonal(hessian).mean() * np.eye(columns)
    left = weights.astype(np.float64)
    size = scheme.group_size if scheme.granularity == "group" else columns
    grid = fit_grid(weights[:, :size], scheme)
    for column in range(columns):
        if column % size == 0:
            grid = fit_grid(left[:, column : column + size].astype(np.float32), scheme)
        inverse = np.linalg.inv(hessian[column:, column:])
        rounded = grid.round(left[:, column : column + 1].astype(np.float32))[:, 0]
        error = (left[:, column] - rounded) / inverse[0, 0]
        left[:, column:] -= error[:, None] * inverse[0]
        left[:, column] = rounded
    return left


@pytest.mark.parametrize("scheme", [CHANNEL, LabScheme(3, "normal", granularity="group", group_size=5)])
def test_gptq_is_optimal_brain_quantization(scheme: LabScheme) -> None:
    inputs, weights = _layer()
    hessian = statistics(inputs).hessian
    np.testing.assert_allclose(
        gptq(weights, hessian, scheme, 0.01), _obq(weights, hessian, scheme, 0.01), atol=1e-6
    )


def test_gptq_is_the_same_in_batches() -> None:
    """More columns than one batch has."""
    inputs, weights = _layer(tokens=900, columns=300, rows=3)
    hessian = statistics(inputs).hessian
    np.testing.assert_allclose(
        gptq(weights, hessian, CHANNEL), _obq(weights, hessian, CHANNEL, 0.01), atol=1e-5
    )


def test_gptqs_correction_is_the_least_squares_solution() -> None:
    """With one column rounded, the best that the others can do is known without GPTQ."""
    inputs, weights = _layer(rows=1)
    hessian = inputs.astype(np.float64).T @ inputs
    first = fit_grid(weights, CHANNEL).round(weights)[:, 0]
    inverse = np.linalg.inv(hessian)
    moved = weights - (weights[:, 0] - first)[:, None] / inverse[0, 0] * inverse[0]
    wanted = inputs @ weights[0] - inputs[:, 0] * first[0]
    best, *_ = np.linalg.lstsq(inputs[:, 1:].astype(np.float64), wanted, rcond=None)
    np.testing.assert_allclose(moved[0, 1:], best, rtol=1e-3, atol=1e-3)


def test_gptq_changes_the_output_less_than_rounding() -> None:
    inputs, weights = _layer(columns=64, rows=16)
    hessian = statistics(inputs).hessian
    plain = output_change(round_to_nearest(weights, CHANNEL) - weights, hessian)
    assert output_change(gptq(weights, hessian, CHANNEL) - weights, hessian) < 0.7 * plain


def test_gptq_with_inputs_that_are_always_zero() -> None:
    inputs, weights = _layer()
    inputs[:, 3] = 0
    rounded = gptq(weights, statistics(inputs).hessian, CHANNEL)
    assert np.isfinite(rounded).all()
    assert (rounded[:, 3] == 0).all()


def test_gptq_says_when_nothing_can_be_inverted() -> None:
    with pytest.raises(UserError) as caught:
        gptq(np.ones((2, 3), np.float32), np.full((3, 3), np.nan), CHANNEL)
    assert caught.value.code == "lab.singular"


def test_smoothquant_changes_nothing_before_rounding() -> None:
    """Equation 3: Y = (X diag(s)⁻¹) (diag(s) W)."""
    inputs, weights = _layer()
    scales = smoothing_scales(np.abs(inputs).max(axis=0), weights, 0.5)
    np.testing.assert_allclose(
        (inputs / scales) @ (weights * scales).T, inputs @ weights.T, rtol=1e-3, atol=1e-3
    )


def test_smoothquant_at_a_half_makes_ranges_equal() -> None:
    inputs, weights = _layer()
    scales = smoothing_scales(np.abs(inputs).max(axis=0), weights, 0.5)
    np.testing.assert_allclose(
        np.abs(inputs / scales).max(axis=0), np.abs(weights * scales).max(axis=0), rtol=1e-4
    )


def test_smoothquant_helps_where_inputs_have_outliers() -> None:
    inputs, weights = _layer(columns=64, rows=16)
    inputs[:, 5] *= 100
    scheme = LabScheme(8, granularity="channel")
    result = smoothquant(weights, np.abs(inputs).max(axis=0), scheme, 0.5)
    plain = Rounded(round_to_nearest(weights, scheme), 8)
    smooth = Rounded(result.weights, 8, result.scales)
    before, after = (output_errors(inputs, weights, one, 8) for one in (plain, smooth))
    assert after.whole < 0.5 * before.whole


def test_awq_takes_the_exponent_with_the_least_error() -> None:
    """Searched through by hand, with the outputs computed."""
    inputs, weights = _layer(columns=48, rows=16)
    seen = statistics(inputs)
    result = awq(weights, seen.mean, seen.hessian, CHANNEL)
    losses = {}
    for step in range(20):
        scales = awq_scales(seen.mean, step / 20)
        moved = (inputs / scales) @ round_to_nearest(weights * scales, CHANNEL).T - inputs @ weights.T
        losses[step / 20] = float(np.square(moved).sum())
    assert result.strength == min(losses, key=lambda one: losses[one])
    assert result.strength > 0
    assert losses[result.strength] < losses[0.0]
    np.testing.assert_allclose(result.scales.max() * result.scales.min(), 1, rtol=1e-4)


def test_awq_without_strength_is_rounding_to_nearest() -> None:
    np.testing.assert_array_equal(awq_scales(np.array([0.1, 5, 70], np.float32), 0.0), np.ones(3))


def test_decomposition_keeps_outliers_exactly() -> None:
    """X W = X_o W_o in halves + X_r W_r in integers: equation 8."""
    inputs, weights = _layer()
    inputs /= np.abs(inputs).max(axis=0)
    inputs[:, [2, 9]] *= 20
    outliers = outlier_columns(np.abs(inputs).max(axis=0), 6.0)
    assert list(np.nonzero(outliers)[0]) == [2, 9]
    rounded = decompose(weights, outliers, CHANNEL)
    np.testing.assert_array_equal(rounded[:, outliers], weights[:, outliers].astype(np.float16))
    np.testing.assert_array_equal(rounded[:, ~outliers], round_to_nearest(weights[:, ~outliers], CHANNEL))
    sent = round_inputs(inputs, 8, outliers)
    np.testing.assert_array_equal(sent[:, outliers], inputs[:, outliers])
    np.testing.assert_array_equal(sent[:, ~outliers], round_inputs(inputs[:, ~outliers], 8))


def test_decomposition_counts_its_columns() -> None:
    outliers = np.array([True, False, False, False])
    scheme = LabScheme(8, granularity="tensor")
    assert decomposed_bits(5, outliers, scheme) == (16 + 3 * (8 + 16 / 15)) / 4
    assert decomposed_bits(5, np.ones(4, np.bool_), scheme) == 16
    assert decomposed_bits(5, np.zeros(4, np.bool_), scheme) == 8 + 16 / 20


def test_output_change_is_the_change_of_the_output() -> None:
    inputs, weights = _layer()
    difference = weights * np.float32(0.1)
    expected = float(np.square(inputs @ difference.T).sum())
    assert output_change(difference, statistics(inputs).hessian) == pytest.approx(expected, rel=1e-4)
