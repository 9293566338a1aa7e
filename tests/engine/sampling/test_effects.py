"""The rules about settings without effect, each from a person's point of view."""

import pytest
from msgspec.structs import replace

from engine.sampling.effects import Reason, ineffective, takes_the_best
from engine.sampling.params import DEFAULT_ORDER, SamplingParams
from engine.sampling.presets import PRESETS

OFF = SamplingParams(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)


def test_nothing_is_wrong_with_the_defaults_and_the_presets() -> None:
    assert ineffective(SamplingParams()) == {}
    for preset in PRESETS:
        assert ineffective(preset.sampling) == {}, preset.id


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (replace(OFF, decoding="greedy", top_p=0.9), {"top_p": "greedy"}),
        (replace(OFF, decoding="greedy", temperature=0.5), {"temperature": "greedy"}),
        (replace(OFF, decoding="greedy", min_p=0.1, xtc_probability=0.5, seed=7), {}),
        (replace(OFF, decoding="greedy", seed=7), {"seed": "no_chance"}),
        (replace(OFF, decoding="greedy", repeat_penalty=1.2), {}),
        (replace(OFF, temperature=0.0, top_p=0.9), {"top_p": "temperature_zero"}),
        (replace(OFF, temperature=0.0, seed=7), {"seed": "no_chance"}),
        (replace(OFF, temperature=0.0, xtc_probability=0.5, seed=7), {}),
        (replace(OFF, temperature=0.0, min_p=0.1, xtc_probability=0.5), {}),
        (
            replace(OFF, temperature=0.0, xtc_probability=0.5, order=("temperature", "xtc")),
            {"xtc_probability": "temperature_zero"},
        ),
        (
            replace(OFF, top_k=1, top_p=0.9, temperature=0.7),
            {"top_p": "top_k_one", "temperature": "top_k_one"},
        ),
        (replace(OFF, mirostat=2, top_k=40), {"top_k": "mirostat"}),
        (replace(OFF, mirostat=2, adaptive_target=0.5), {"adaptive_target": "mirostat"}),
        (replace(OFF, mirostat=2, temperature=0.5, order=("min_p",)), {}),
        (replace(OFF, decoding="beam", grammar='root ::= "a"'), {"grammar": "beam"}),
        (replace(OFF, mirostat_tau=4.0), {"mirostat_tau": "needs_mirostat"}),
        (replace(OFF, dry_base=2.0), {"dry_base": "needs_dry"}),
        (replace(OFF, dry_sequence_breakers=()), {"dry_sequence_breakers": "needs_dry"}),
        (replace(OFF, dry_multiplier=0.8, dry_base=2.0), {}),
        (
            replace(OFF, dry_multiplier=0.8, dry_penalty_last_n=0),
            {"dry_multiplier": "dry_no_look_back", "dry_penalty_last_n": "dry_no_look_back"},
        ),
        (replace(OFF, repeat_penalty=1.2, repeat_last_n=0), {"repeat_penalty": "no_look_back"}),
        (replace(OFF, repeat_last_n=256), {"repeat_last_n": "needs_penalty"}),
        (replace(OFF, xtc_threshold=0.2), {"xtc_threshold": "needs_xtc"}),
        (replace(OFF, dynatemp_exponent=2.0), {"dynatemp_exponent": "needs_dynatemp_range"}),
        (replace(OFF, adaptive_decay=0.5), {"adaptive_decay": "needs_adaptive"}),
        (replace(OFF, decoding="beam", temperature=0.7), {"temperature": "beam"}),
        (replace(OFF, decoding="beam", beam_width=1, length_penalty=0.5), {"length_penalty": "one_beam"}),
        (replace(OFF, beam_width=8), {"beam_width": "needs_beam"}),
        (replace(OFF, contrastive_alpha=0.3), {"contrastive_alpha": "needs_contrastive"}),
        (replace(OFF, decoding="contrastive", contrastive_alpha=0.3), {}),
        (replace(OFF, grammar='root ::= "a"', json_schema="{}"), {"json_schema": "grammar_wins"}),
    ],
)
def test_what_is_set_without_effect(params: SamplingParams, expected: dict[str, Reason]) -> None:
    assert ineffective(params) == expected


def test_a_high_xtc_threshold_switches_xtc_off() -> None:
    found = ineffective(replace(OFF, xtc_probability=0.5, xtc_threshold=0.6))
    assert found == {"xtc_probability": "xtc_threshold_high", "xtc_threshold": "xtc_threshold_high"}


def test_a_stage_that_was_taken_out_of_the_order() -> None:
    order = tuple(stage for stage in DEFAULT_ORDER if stage not in ("top_p", "temperature"))
    found = ineffective(replace(OFF, top_p=0.9, temperature=0.5, min_p=0.1, order=order))
    assert found == {"top_p": "stage_off", "temperature": "stage_off"}


def test_an_engine_that_knows_fewer_parameters() -> None:
    found = ineffective(replace(OFF, top_k=20, top_p=0.9), supported=("temperature", "top_p"))
    assert found == {"top_k": "unsupported"}


def test_when_the_choice_needs_no_chance() -> None:
    assert takes_the_best(replace(OFF, decoding="greedy"))
    assert takes_the_best(replace(OFF, temperature=0.0))
    assert takes_the_best(replace(OFF, top_k=1))
    assert not takes_the_best(replace(OFF, temperature=0.0, dynatemp_range=0.5))
    assert not takes_the_best(replace(OFF, temperature=0.0, order=("min_p",)))
