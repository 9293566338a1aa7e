from engine.sampling.params import DEFAULT_ORDER, SamplingParams
from engine.sampling.specs import SPECS, STAGE_PARAMS, spec
from engine.sampling.texts import TEXTS


def test_every_parameter_has_a_spec_and_texts() -> None:
    assert set(SPECS) == set(SamplingParams.__struct_fields__) == set(TEXTS)
    for text in TEXTS.values():
        assert text.label
        assert text.summary
        assert text.meaning.endswith(".")
        assert not text.summary.endswith(".")


def test_defaults_lie_in_the_range_and_neutral_values_are_neutral() -> None:
    for item in SPECS.values():
        if not item.is_number:
            continue
        assert isinstance(item.default, (int, float))
        assert item.minimum <= item.default <= item.maximum, item.name
        if item.neutral is not None:
            assert item.minimum <= item.neutral <= item.maximum, item.name
            assert item.is_neutral(item.neutral), item.name


def test_a_slider_stays_within_what_is_accepted() -> None:
    for item in SPECS.values():
        if item.is_number:
            assert item.slider is not None
            low, high = item.slider
            assert item.minimum <= low < high <= item.maximum, item.name
            assert item.step > 0


def test_everything_up_to_a_limit_can_be_off() -> None:
    assert spec("top_n_sigma").is_neutral(0.0)
    assert not spec("top_n_sigma").is_neutral(0.5)
    assert spec("adaptive_target").is_neutral(-0.01)
    assert not spec("adaptive_target").is_neutral(0.0)
    assert spec("stop").is_neutral(())
    assert not spec("grammar").is_neutral("root ::= 'a'")


def test_options_carry_both_names() -> None:
    assert spec("temperature").options == ("--temperature", "--temp")
    assert spec("top_k").options == ("--top-k",)
    assert spec("repeat_penalty").options == ("--repeat-penalty", "--penalty-repeat")
    every = [option for item in SPECS.values() for option in item.options]
    assert len(every) == len(set(every))


def test_each_stage_has_the_parameters_that_switch_it_on() -> None:
    assert set(STAGE_PARAMS) == set(DEFAULT_ORDER)
    for stage, names in STAGE_PARAMS.items():
        assert all(spec(name).stage == stage for name in names)
