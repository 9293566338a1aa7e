"""Built-in presets. A preset sets how tokens are chosen, not what the reply must be."""

from msgspec import Struct, structs

from engine.sampling.params import SamplingParams

KEPT_FIELDS = ("seed", "max_tokens", "stop", "logit_bias", "grammar", "json_schema")
"""What a built-in preset leaves as it is: the request itself, not the way of choosing."""


class BuiltinPreset(Struct, frozen=True):
    """`id` is stable; `name` and `summary` are English and translated by the panel."""

    id: str
    name: str
    summary: str
    sampling: SamplingParams


_NEUTRAL = SamplingParams(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)

PRESETS: tuple[BuiltinPreset, ...] = (
    BuiltinPreset(
        "precise",
        "Precise",
        "Facts, code and extraction: keeps close to the most probable words.",
        SamplingParams(temperature=0.2, top_k=20, top_p=0.9, min_p=0.1, repeat_penalty=1.05),
    ),
    BuiltinPreset(
        "balanced",
        "Balanced",
        "Everyday conversation: varied, but on the subject.",
        SamplingParams(temperature=0.7, top_k=40, top_p=0.95, min_p=0.05, repeat_penalty=1.1),
    ),
    BuiltinPreset(
        "creative",
        "Creative",
        "Stories and ideas: rarer words, fewer clichés, no repeated phrases.",
        SamplingParams(
            temperature=1.1,
            top_k=0,
            top_p=1.0,
            min_p=0.05,
            xtc_probability=0.3,
            dry_multiplier=0.8,
        ),
    ),
    BuiltinPreset(
        "deterministic",
        "Deterministic",
        "Always the most probable token: the same text every time.",
        structs.replace(_NEUTRAL, decoding="greedy"),
    ),
    BuiltinPreset(
        "llama_cpp",
        "llama.cpp defaults",
        "What llama.cpp does when nothing is said.",
        SamplingParams(),
    ),
    BuiltinPreset(
        "neutral",
        "Neutral",
        "Every stage off: the model's own distribution.",
        _NEUTRAL,
    ),
)


def builtin(preset_id: str) -> BuiltinPreset:
    """Raises `KeyError` for an unknown id."""
    for preset in PRESETS:
        if preset.id == preset_id:
            return preset
    raise KeyError(preset_id)


def apply_preset(current: SamplingParams, preset: SamplingParams) -> SamplingParams:
    """The preset's way of choosing with the current seed, limits, bias and constraints."""
    return structs.replace(preset, **{name: getattr(current, name) for name in KEPT_FIELDS})


def matching(params: SamplingParams) -> str | None:
    """The id of the built-in preset that these parameters are, or None."""
    for preset in PRESETS:
        if apply_preset(params, preset.sampling) == params:
            return preset.id
    return None
