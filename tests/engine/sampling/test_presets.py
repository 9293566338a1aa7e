import pytest

from engine.sampling.params import SamplingParams
from engine.sampling.presets import PRESETS, apply_preset, builtin, matching


def test_a_preset_keeps_what_the_reply_must_be() -> None:
    mine = SamplingParams(seed=7, max_tokens=99, stop=("END",), grammar='root ::= "a"', temperature=0.31)
    changed = apply_preset(mine, builtin("creative").sampling)
    assert (changed.seed, changed.max_tokens, changed.stop, changed.grammar) == (
        7,
        99,
        ("END",),
        mine.grammar,
    )
    assert changed.temperature == builtin("creative").sampling.temperature
    assert matching(changed) == "creative"
    assert matching(mine) is None


def test_each_preset_is_recognised_and_differs_from_the_others() -> None:
    for preset in PRESETS:
        assert matching(apply_preset(SamplingParams(), preset.sampling)) == preset.id


def test_an_unknown_preset() -> None:
    with pytest.raises(KeyError):
        builtin("wild")
