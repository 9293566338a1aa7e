"""The other words of the sampling panel: reasons, presets, groups, stages; translated when used."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from engine.sampling.effects import Reason
from engine.sampling.params import SamplerName

_CONTEXT = "SamplingWords"

REASONS: dict[Reason, str] = {
    "greedy": QT_TRANSLATE_NOOP("SamplingWords", "No effect: greedy decoding takes the best token anyway."),
    "beam": QT_TRANSLATE_NOOP("SamplingWords", "No effect: beam search does not use this."),
    "temperature_zero": QT_TRANSLATE_NOOP(
        "SamplingWords", "No effect: at temperature 0 the best token is always taken."
    ),
    "top_k_one": QT_TRANSLATE_NOOP("SamplingWords", "No effect: top-k 1 leaves a single token before this."),
    "mirostat": QT_TRANSLATE_NOOP("SamplingWords", "No effect: Mirostat takes the place of this stage."),
    "stage_off": QT_TRANSLATE_NOOP(
        "SamplingWords", "No effect: its stage is switched off under “Order of the stages”."
    ),
    "needs_dynatemp_range": QT_TRANSLATE_NOOP(
        "SamplingWords", "No effect until the dynamic range is above 0."
    ),
    "needs_xtc": QT_TRANSLATE_NOOP("SamplingWords", "No effect until the XTC probability is above 0."),
    "xtc_threshold_high": QT_TRANSLATE_NOOP(
        "SamplingWords", "No effect: no two tokens can both be above a threshold of 0.5."
    ),
    "needs_penalty": QT_TRANSLATE_NOOP("SamplingWords", "No effect until one of the penalties is set."),
    "no_look_back": QT_TRANSLATE_NOOP("SamplingWords", "No effect: the penalties look back 0 tokens."),
    "needs_dry": QT_TRANSLATE_NOOP("SamplingWords", "No effect until the DRY multiplier is above 0."),
    "dry_no_look_back": QT_TRANSLATE_NOOP("SamplingWords", "No effect: DRY looks back 0 tokens."),
    "needs_mirostat": QT_TRANSLATE_NOOP("SamplingWords", "No effect until Mirostat is on."),
    "needs_adaptive": QT_TRANSLATE_NOOP("SamplingWords", "No effect until an adaptive target is set."),
    "needs_beam": QT_TRANSLATE_NOOP("SamplingWords", "No effect until the decoding mode is beam search."),
    "needs_contrastive": QT_TRANSLATE_NOOP(
        "SamplingWords", "No effect until the decoding mode is contrastive."
    ),
    "one_beam": QT_TRANSLATE_NOOP("SamplingWords", "No effect: with one beam there is nothing to compare."),
    "no_chance": QT_TRANSLATE_NOOP("SamplingWords", "No effect: nothing is drawn by chance here."),
    "grammar_wins": QT_TRANSLATE_NOOP("SamplingWords", "No effect: the grammar is used instead."),
    "unsupported": QT_TRANSLATE_NOOP(
        "SamplingWords", "No effect: what runs this model does not know the parameter."
    ),
}

STAGES: dict[SamplerName, str] = {
    "penalties": QT_TRANSLATE_NOOP("SamplingWords", "Penalties"),
    "dry": QT_TRANSLATE_NOOP("SamplingWords", "DRY"),
    "top_n_sigma": QT_TRANSLATE_NOOP("SamplingWords", "Top-nσ"),
    "top_k": QT_TRANSLATE_NOOP("SamplingWords", "Top-k"),
    "typical_p": QT_TRANSLATE_NOOP("SamplingWords", "Typical-p"),
    "top_p": QT_TRANSLATE_NOOP("SamplingWords", "Top-p"),
    "min_p": QT_TRANSLATE_NOOP("SamplingWords", "Min-p"),
    "xtc": QT_TRANSLATE_NOOP("SamplingWords", "XTC"),
    "temperature": QT_TRANSLATE_NOOP("SamplingWords", "Temperature"),
}

PRESETS: dict[str, tuple[str, str]] = {
    "precise": (
        QT_TRANSLATE_NOOP("SamplingWords", "Precise"),
        QT_TRANSLATE_NOOP(
            "SamplingWords", "Facts, code and extraction: keeps close to the most probable words."
        ),
    ),
    "balanced": (
        QT_TRANSLATE_NOOP("SamplingWords", "Balanced"),
        QT_TRANSLATE_NOOP("SamplingWords", "Everyday conversation: varied, but on the subject."),
    ),
    "creative": (
        QT_TRANSLATE_NOOP("SamplingWords", "Creative"),
        QT_TRANSLATE_NOOP(
            "SamplingWords", "Stories and ideas: rarer words, fewer clichés, no repeated phrases."
        ),
    ),
    "deterministic": (
        QT_TRANSLATE_NOOP("SamplingWords", "Deterministic"),
        QT_TRANSLATE_NOOP("SamplingWords", "Always the most probable token: the same text every time."),
    ),
    "llama_cpp": (
        QT_TRANSLATE_NOOP("SamplingWords", "llama.cpp defaults"),
        QT_TRANSLATE_NOOP("SamplingWords", "What llama.cpp does when nothing is said."),
    ),
    "neutral": (
        QT_TRANSLATE_NOOP("SamplingWords", "Neutral"),
        QT_TRANSLATE_NOOP("SamplingWords", "Every stage off: the model's own distribution."),
    ),
}
"""name, summary."""

GROUPS: dict[str, str] = {
    "temperature": QT_TRANSLATE_NOOP("SamplingWords", "Dynamic temperature"),
    "truncation": QT_TRANSLATE_NOOP("SamplingWords", "Truncation"),
    "penalties": QT_TRANSLATE_NOOP("SamplingWords", "Penalties"),
    "dry": QT_TRANSLATE_NOOP("SamplingWords", "DRY"),
    "mirostat": QT_TRANSLATE_NOOP("SamplingWords", "Mirostat"),
    "adaptive": QT_TRANSLATE_NOOP("SamplingWords", "Adaptive"),
    "decoding": QT_TRANSLATE_NOOP("SamplingWords", "Decoding"),
    "order": QT_TRANSLATE_NOOP("SamplingWords", "Order of the stages"),
    "bias": QT_TRANSLATE_NOOP("SamplingWords", "Logit bias"),
    "constraints": QT_TRANSLATE_NOOP("SamplingWords", "Grammar and JSON"),
    "length": QT_TRANSLATE_NOOP("SamplingWords", "Stop strings"),
}


def reason_text(reason: Reason) -> str:
    """Why a setting does nothing."""
    return _translate(REASONS[reason])


def stage_name(stage: SamplerName) -> str:
    return _translate(STAGES[stage])


def preset_name(preset_id: str) -> str:
    return _translate(PRESETS[preset_id][0])


def preset_summary(preset_id: str) -> str:
    return _translate(PRESETS[preset_id][1])


def group_title(group: str) -> str:
    return _translate(GROUPS[group])


def _translate(source: str) -> str:
    return str(QCoreApplication.translate(_CONTEXT, source))
