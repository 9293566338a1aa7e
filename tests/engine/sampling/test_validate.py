import math

import pytest

from engine.errors import UserError
from engine.sampling.params import LogitBias, SamplingParams
from engine.sampling.presets import PRESETS
from engine.sampling.specs import spec
from engine.sampling.validate import (
    check_bias,
    check_order,
    parse_number,
    parse_schema,
    validate,
    with_values,
)


def test_defaults_and_presets_are_valid() -> None:
    validate(SamplingParams())
    for preset in PRESETS:
        validate(preset.sampling)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("temperature", -0.1, "from 0 to 2"),
        ("temperature", 2.5, "from 0 to 2"),
        ("top_p", 1.01, "from 0 to 1"),
        ("top_k", -1, "from 0 to 1000000"),
        ("mirostat", 3, "from 0 to 2"),
        ("presence_penalty", math.nan, "from -2 to 2"),
        ("adaptive_decay", math.inf, "from 0 to 0.99"),
        ("beam_width", 2.5, "from 1 to 8"),
    ],
)
def test_an_impossible_number_names_the_range(name: str, value: float, said: str) -> None:
    with pytest.raises(UserError) as caught:
        with_values(SamplingParams(), **{name: value})
    assert caught.value.code == "params.invalid"
    assert name in caught.value.message
    assert said in caught.value.hint


def test_the_nearest_name_is_offered() -> None:
    with pytest.raises(UserError) as caught:
        with_values(SamplingParams(), top_kk=3)
    assert caught.value.hint == "Did you mean “top_k”?"
    with pytest.raises(UserError) as caught:
        with_values(SamplingParams(), decoding="bean")
    assert "beam" in caught.value.hint


def test_text_from_the_command_line() -> None:
    assert parse_number(spec("top_k"), "17") == 17
    assert parse_number(spec("min_p"), "1e-2") == 0.01
    for text in ("1.5", "seven", ""):
        with pytest.raises(UserError, match="whole number"):
            parse_number(spec("top_k"), text)
    with pytest.raises(UserError, match="largest value is 1"):
        parse_number(spec("top_p"), "2")


def test_order_knows_its_stages_and_takes_each_once() -> None:
    check_order(("temperature", "min_p"))
    check_order(())
    with pytest.raises(UserError, match="top_k"):
        check_order(("topk",))
    with pytest.raises(UserError, match="twice"):
        check_order(("min_p", "min_p"))


def test_bias_is_bounded_or_a_ban() -> None:
    check_bias(LogitBias(bias=-math.inf, text="never"))
    check_bias(LogitBias(bias=-100.0, token_id=7))
    for bias in (
        LogitBias(bias=101.0, text="a"),
        LogitBias(bias=math.inf, text="a"),
        LogitBias(bias=math.nan, text="a"),
        LogitBias(bias=1.0),
        LogitBias(bias=1.0, token_id=-3),
    ):
        with pytest.raises(UserError) as caught:
            check_bias(bias)
        assert caught.value.code == "params.invalid"


def test_a_schema_says_where_it_is_wrong() -> None:
    assert parse_schema('{"type": "object"}') == {"type": "object"}
    with pytest.raises(UserError, match="line 2, column 1"):
        parse_schema('{"type":\n}')
    with pytest.raises(UserError, match="object"):
        parse_schema("[1]")
    with pytest.raises(UserError, match="deeply"):
        parse_schema("[" * 200_000)
    with pytest.raises(UserError):
        validate(SamplingParams(json_schema="{"))
