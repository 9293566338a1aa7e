"""Names of the stages and why they remove candidates, in words."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from app.widgets.numbers import decimal, whole
from engine.inspection.replay import ReplayStage
from engine.sampling.params import SamplingParams

TITLES: dict[str, str] = {
    "logit_bias": QT_TRANSLATE_NOOP("Xray", "Logit bias"),
    "penalties": QT_TRANSLATE_NOOP("Xray", "Penalties"),
    "dry": QT_TRANSLATE_NOOP("Xray", "DRY"),
    "top_n_sigma": QT_TRANSLATE_NOOP("Xray", "Top-nσ"),
    "top_k": QT_TRANSLATE_NOOP("Xray", "Top-k"),
    "typical_p": QT_TRANSLATE_NOOP("Xray", "Typical-p"),
    "top_p": QT_TRANSLATE_NOOP("Xray", "Top-p"),
    "min_p": QT_TRANSLATE_NOOP("Xray", "Min-p"),
    "xtc": QT_TRANSLATE_NOOP("Xray", "XTC"),
    "temperature": QT_TRANSLATE_NOOP("Xray", "Temperature"),
    "grammar": QT_TRANSLATE_NOOP("Xray", "Grammar"),
    "dist": QT_TRANSLATE_NOOP("Xray", "Draw"),
    "greedy": QT_TRANSLATE_NOOP("Xray", "Best one"),
    "mirostat": QT_TRANSLATE_NOOP("Xray", "Mirostat"),
    "mirostat_v2": QT_TRANSLATE_NOOP("Xray", "Mirostat 2"),
    "adaptive_p": QT_TRANSLATE_NOOP("Xray", "Adaptive-p"),
    "amateur": QT_TRANSLATE_NOOP("Xray", "Amateur"),
    "contrastive": QT_TRANSLATE_NOOP("Xray", "Contrast"),
}

_REASONS: dict[str, str] = {
    "logit_bias": QT_TRANSLATE_NOOP("Xray", "Banned by a logit bias."),
    "penalties": QT_TRANSLATE_NOOP("Xray", "Said recently: the penalties lowered it."),
    "dry": QT_TRANSLATE_NOOP("Xray", "It would go on repeating what was said before."),
    "top_n_sigma": QT_TRANSLATE_NOOP(
        "Xray", "Its logit is more than {value} standard deviations below the best."
    ),
    "top_k": QT_TRANSLATE_NOOP("Xray", "It is not among the {value} most probable."),
    "typical_p": QT_TRANSLATE_NOOP(
        "Xray", "Its surprise is farther from what was expected than a share of {value} is."
    ),
    "top_p": QT_TRANSLATE_NOOP("Xray", "More probable ones already add up to {value}."),
    "min_p": QT_TRANSLATE_NOOP("Xray", "It is less than {value} times as probable as the best."),
    "xtc": QT_TRANSLATE_NOOP("Xray", "Above {value}, and not the least probable one there: too obvious."),
    "grammar": QT_TRANSLATE_NOOP("Xray", "The grammar takes other characters here."),
    "dist": QT_TRANSLATE_NOOP("Xray", "It could have been drawn; chance took another."),
    "greedy": QT_TRANSLATE_NOOP("Xray", "It is not the most probable."),
    "mirostat": QT_TRANSLATE_NOOP("Xray", "More surprising than Mirostat aims for."),
    "mirostat_v2": QT_TRANSLATE_NOOP("Xray", "More surprising than Mirostat aims for."),
    "adaptive_p": QT_TRANSLATE_NOOP("Xray", "Farther from the target probability than the one drawn."),
    "contrastive": QT_TRANSLATE_NOOP("Xray", "Less than {value} times as probable as the expert's best."),
}

_VALUES: dict[str, str] = {
    "top_n_sigma": "top_n_sigma",
    "top_k": "top_k",
    "typical_p": "typical_p",
    "top_p": "top_p",
    "min_p": "min_p",
    "xtc": "xtc_threshold",
    "contrastive": "contrastive_alpha",
}

_WHY: dict[str, str] = {
    "beyond_stored": QT_TRANSLATE_NOOP("Xray", "More may be left than the candidates on record."),
    "needs_logits": QT_TRANSLATE_NOOP("Xray", "This stage works on raw scores, which are not on record."),
    "needs_history": QT_TRANSLATE_NOOP("Xray", "This stage depends on earlier tokens; it is left out here."),
    "needs_state": QT_TRANSLATE_NOOP("Xray", "This stage depends on a state that is not on record."),
}


def stage_title(stage: str) -> str:
    """The name of a stage, as in the sampling panel."""
    return QCoreApplication.translate("Xray", TITLES[stage]) if stage in TITLES else stage


def reason(stage: str, sampling: SamplingParams) -> str:
    """Why a stage removes a candidate."""
    text = _REASONS.get(stage)
    if text is None:
        return ""
    shown = ""
    if stage in _VALUES:
        value = getattr(sampling, _VALUES[stage])
        shown = whole(value) if isinstance(value, int) else decimal(value, 2)
    return QCoreApplication.translate("Xray", text).format(value=shown)


def uncertainty(stage: ReplayStage) -> str:
    """Why a replayed stage is not exact."""
    if stage.why:
        return QCoreApplication.translate("Xray", _WHY[stage.why])
    return QCoreApplication.translate("Xray", "Follows from a stage that is not exact.")
