"""Replays on stored candidates, against the stages on the whole vocabulary."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from numpy.typing import NDArray

from engine.inspection import sampler_draws, sampler_penalties, sampler_stages
from engine.inspection.replay import ReplayStage, Stored, replay
from engine.inspection.sampler_stages import Candidates, candidates_of
from engine.sampling.params import SamplingParams

VOCABULARY = 300
HISTORY = (1, 5, 5, 9, 20, 21)


def stored_from(logits: NDArray[np.float64], count: int) -> Stored:
    log_total = float(np.log(np.exp(logits).sum()))
    best = np.argsort(-logits)[:count]
    return Stored(
        candidates=tuple((int(token), float(logits[token]) - log_total) for token in best),
        vocabulary=logits.size,
        history=HISTORY,
        log_total=log_total,
        deviation=float(logits.std()),
    )


def plain(name: str, candidates: Candidates, params: SamplingParams) -> Candidates:
    """The stage on everything."""
    match name:
        case "penalties":
            return sampler_penalties.penalties(
                candidates,
                HISTORY,
                params.repeat_last_n,
                params.repeat_penalty,
                params.frequency_penalty,
                params.presence_penalty,
            )
        case "xtc":
            return sampler_stages.xtc(candidates, params.xtc_threshold)
        case "temperature":
            return sampler_stages.dynamic_temperature(
                candidates, params.temperature, params.dynatemp_range, params.dynatemp_exponent
            )
        case "greedy":
            return candidates.take(candidates.ids == sampler_draws.greedy(candidates))
        case "mirostat_v2":
            return sampler_draws.mirostat_v2(candidates, 2 * params.mirostat_tau)
        case _:
            stage = getattr(sampler_stages, name)
            result: Candidates = stage(candidates, getattr(params, name))
            return result


def check(stage: ReplayStage, whole: Candidates, stored: set[int]) -> None:
    """An exact stage names the right tokens, and shares that are right within its own bounds."""
    known = np.isin(whole.ids, list(stored))
    assert {one.id for one in stage.kept} == set(whole.ids[known].tolist())
    rest = float(whole.p[~known].sum())
    assert stage.rest_low - 1e-9 <= rest <= stage.rest_high + 1e-9
    shares = dict(zip(whole.ids.tolist(), whole.p.tolist(), strict=True))
    for one in stage.kept:
        assert one.p / (1 - stage.rest) == pytest.approx(shares[one.id] / (1 - rest), rel=1e-6, abs=1e-9)


@given(
    seed=st.integers(0, 10_000),
    scale=st.sampled_from([1.0, 2.0, 4.0]),
    count=st.sampled_from([1, 5, 20, 100, VOCABULARY]),
    params=st.builds(
        SamplingParams,
        top_k=st.sampled_from([0, 1, 5, 20, 50]),
        top_p=st.sampled_from([0.3, 0.8, 0.95, 1.0]),
        min_p=st.sampled_from([0.0, 0.01, 0.1]),
        typical_p=st.sampled_from([0.5, 0.9, 1.0]),
        top_n_sigma=st.sampled_from([-1.0, 1.0, 2.0]),
        xtc_probability=st.sampled_from([0.0, 0.5]),
        xtc_threshold=st.sampled_from([0.02, 0.1, 0.3]),
        temperature=st.sampled_from([0.0, 0.5, 1.0, 1.5]),
        dynatemp_range=st.sampled_from([0.0, 0.4]),
        repeat_penalty=st.sampled_from([1.0, 1.3]),
        presence_penalty=st.sampled_from([0.0, 0.5]),
        mirostat=st.sampled_from([0, 0, 2]),
        mirostat_tau=st.sampled_from([1.0, 3.0]),
        decoding=st.sampled_from(["sample", "greedy"]),
        order=st.permutations(
            ["penalties", "top_n_sigma", "top_k", "typical_p", "top_p", "min_p", "xtc", "temperature"]
        ).map(tuple),
    ),
)
def test_exact_stages_are_right(seed: int, scale: float, count: int, params: SamplingParams) -> None:
    logits = np.random.default_rng(seed).standard_normal(VOCABULARY) * scale
    stored = stored_from(logits, count)
    whole = candidates_of(logits)
    ids = {token for token, _ in stored.candidates}
    inexact_before = False
    for stage in replay(stored, params):
        whole = plain(stage.sampler, whole, params)
        if stage.exact:
            assert not stage.why
            check(stage, whole, ids)
        inexact_before = inexact_before or not stage.exact
        assert stage.exact is not inexact_before
        assert sum(one.p for one in stage.kept) + stage.rest == pytest.approx(1)


def test_everything_stored_is_always_exact() -> None:
    logits = np.random.default_rng(1).standard_normal(VOCABULARY) * 3
    params = SamplingParams(top_k=40, top_p=0.9, typical_p=0.95, min_p=0.05, top_n_sigma=2, temperature=0.7)
    stages = replay(stored_from(logits, VOCABULARY), params)
    assert [stage.sampler for stage in stages] == [
        "top_n_sigma",
        "top_k",
        "typical_p",
        "top_p",
        "min_p",
        "temperature",
    ]
    assert all(stage.exact for stage in stages)


def test_too_few_candidates_are_said() -> None:
    stored = Stored(((1, math.log(0.3)), (2, math.log(0.2)), (3, math.log(0.1))), vocabulary=1000)
    only = SamplingParams(top_k=0, min_p=0, top_p=0.8, temperature=1)
    (stage,) = replay(stored, only)
    assert (stage.exact, stage.why) == (False, "beyond_stored")
    assert stage.rest == pytest.approx(0.4)
    (stage,) = replay(stored, SamplingParams(top_k=0, min_p=0, top_p=0.45, temperature=1))
    assert stage.exact
    assert [one.id for one in stage.kept] == [1, 2]
    assert [(one.id, round(one.p, 6)) for one in stage.removed] == [(3, 0.1)]


def test_what_needs_scores_or_history_says_so() -> None:
    stored = Stored(((1, math.log(0.6)), (2, math.log(0.3))), vocabulary=1000)
    off = SamplingParams(top_k=0, min_p=0, top_p=1, temperature=1)
    assert replay(stored, off) == []
    cases = {
        "needs_history": structs.replace(off, repeat_penalty=1.2),
        "needs_logits": structs.replace(off, top_n_sigma=1.0),
        "needs_state": structs.replace(off, mirostat=1),
    }
    for why, params in cases.items():
        (stage,) = replay(stored, params)
        assert (stage.exact, stage.why) == (False, why)
