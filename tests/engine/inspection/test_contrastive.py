"""Contrastive scores against Li et al. 2022, token by token."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.inspection.contrastive import contrastive_scores

SIZE = 60


def softmax(logits: NDArray[np.float32]) -> list[float]:
    powers = [math.exp(float(one)) for one in logits]
    return [one / sum(powers) for one in powers]


@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("amateur_temperature", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("seed", range(4))
def test_formula(alpha: float, amateur_temperature: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    expert, amateur = (random.standard_normal((2, SIZE)) * 2).astype(np.float32)
    p_expert, p_amateur = softmax(expert), softmax(amateur / np.float32(amateur_temperature))
    scores = contrastive_scores(expert, amateur, alpha, amateur_temperature)
    assert scores.dtype == np.float32
    for token in range(SIZE):
        if p_expert[token] >= alpha * max(p_expert) * (1 - 1e-9):
            expected = math.log(p_expert[token]) - math.log(p_amateur[token])
            assert scores[token] == pytest.approx(expected, abs=1e-4)
        else:
            assert scores[token] == -math.inf


def test_the_expert_alone_decides_at_one() -> None:
    expert = np.array([1.0, 3.0, 2.0], np.float32)
    scores = contrastive_scores(expert, np.array([-9.0, 9.0, -9.0], np.float32), 1.0)
    assert np.isfinite(scores).tolist() == [False, True, False]


def test_what_the_expert_rules_out_stays_out() -> None:
    expert = np.array([1.0, -np.inf, 0.5], np.float32)
    scores = contrastive_scores(expert, np.array([0.0, -np.inf, 0.0], np.float32), 0.0)
    assert np.isfinite(scores).tolist() == [True, False, True]


def test_the_amateur_need_not_know() -> None:
    """A token that the amateur gives nothing is the expert's by any measure."""
    scores = contrastive_scores(np.zeros(3, np.float32), np.array([0, -np.inf, 0], np.float32), 0.1)
    assert scores[1] > 1000
    assert np.isfinite(scores).all()


def test_nonsense_is_refused() -> None:
    two, three = np.zeros(2, np.float32), np.zeros(3, np.float32)
    with pytest.raises(ValueError, match="vocabularies"):
        contrastive_scores(two, three)
    with pytest.raises(ValueError, match="alpha"):
        contrastive_scores(two, two, 1.5)
    with pytest.raises(ValueError, match="temperature"):
        contrastive_scores(two, two, 0.1, 0.0)
