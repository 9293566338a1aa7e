"""Which settings are set but change nothing, and why.

The rules follow llama.cpp's sampler chain: stages run in `order`; the temperature stage at 0 keeps only the
best candidate of what reached it; Mirostat takes the place of all stages but temperature; the last selector
draws by chance from what is left.
"""

from collections.abc import Collection, Iterable
from typing import Literal

from engine.sampling.params import DEFAULT_ORDER, SamplerName, SamplingParams
from engine.sampling.specs import SPECS, STAGE_PARAMS

Reason = Literal[
    "greedy",
    "beam",
    "temperature_zero",
    "top_k_one",
    "mirostat",
    "stage_off",
    "needs_dynatemp_range",
    "needs_xtc",
    "xtc_threshold_high",
    "needs_penalty",
    "no_look_back",
    "needs_dry",
    "dry_no_look_back",
    "needs_mirostat",
    "needs_adaptive",
    "needs_beam",
    "needs_contrastive",
    "one_beam",
    "no_chance",
    "grammar_wins",
    "unsupported",
]

_KEEP_THE_BEST: frozenset[SamplerName] = frozenset(("top_n_sigma", "top_k", "top_p", "min_p"))
"""Stages that never remove the most probable candidate, so a greedy choice after them ignores them."""

_SHAPES: tuple[tuple[str, Reason, tuple[str, ...]], ...] = (
    ("dynatemp_range", "needs_dynatemp_range", ("dynatemp_exponent",)),
    ("xtc_probability", "needs_xtc", ("xtc_threshold",)),
    (
        "dry_multiplier",
        "needs_dry",
        ("dry_base", "dry_allowed_length", "dry_penalty_last_n", "dry_sequence_breakers"),
    ),
    ("mirostat", "needs_mirostat", ("mirostat_tau", "mirostat_eta")),
    ("adaptive_target", "needs_adaptive", ("adaptive_decay",)),
)
"""(switch, reason, parameters that only shape what the switch turns on)."""

_BEAM_USES = frozenset(("decoding", "beam_width", "length_penalty", "max_tokens", "stop", "order"))


def ineffective(params: SamplingParams, supported: Collection[str] | None = None) -> dict[str, Reason]:
    """Names of parameters that are set (not neutral) without effect, with the reason.

    `supported`: the names the engine in use understands; None for all.
    """
    found: dict[str, Reason] = {}
    _unsupported(params, supported, found)
    _decoding(params, found)
    _mirostat(params, found)
    _stages(params, found)
    _shapes(params, found)
    _chance(params, found)
    if params.grammar and params.json_schema:
        found.setdefault("json_schema", "grammar_wins")
    return found


def dormant(params: SamplingParams) -> frozenset[str]:
    """Parameters that do nothing now, even at their defaults, because what they shape is off."""
    asleep = set(ineffective(params))
    for switch, _reason, names in _SHAPES:
        if switch in asleep or SPECS[switch].is_neutral(getattr(params, switch)):
            asleep.update(names)
    if params.decoding != "beam":
        asleep.update(("beam_width", "length_penalty"))
    if params.decoding != "contrastive":
        asleep.update(("contrastive_alpha", "amateur_temperature"))
    if not any(_is_set(params, name) and name not in asleep for name in STAGE_PARAMS["penalties"]):
        asleep.add("repeat_last_n")
    return frozenset(asleep)


def takes_the_best(params: SamplingParams) -> bool:
    """Whether the choice is the most probable candidate left, without chance."""
    if params.decoding in ("greedy", "beam"):
        return True
    if params.top_k == 1 and "top_k" in params.order and not params.mirostat:
        return True
    zero = params.temperature <= 0 and params.dynatemp_range <= 0
    return zero and "temperature" in params.order


def _unsupported(params: SamplingParams, supported: Collection[str] | None, found: dict[str, Reason]) -> None:
    if supported is None:
        return
    for name in SPECS:
        if name not in supported and name not in ("decoding", "order") and _is_set(params, name):
            found[name] = "unsupported"


def _decoding(params: SamplingParams, found: dict[str, Reason]) -> None:
    if params.decoding == "greedy":
        _greedy(params, found)
    if params.decoding == "beam":
        _mark(params, (name for name in SPECS if name not in _BEAM_USES), "beam", found)
        if params.beam_width == 1:
            _mark_changed(params, ("length_penalty",), "one_beam", found)
    else:
        _mark_changed(params, ("beam_width", "length_penalty"), "needs_beam", found)
    if params.decoding != "contrastive":
        _mark_changed(params, ("contrastive_alpha", "amateur_temperature"), "needs_contrastive", found)


def _greedy(params: SamplingParams, found: dict[str, Reason]) -> None:
    """The best of what the stages left: only what can remove or move the best one counts."""
    _mark(params, ("mirostat", "adaptive_target"), "greedy", found)
    for stage in params.order:
        keeps = stage in _KEEP_THE_BEST or stage == "temperature"
        if keeps and not _choice_changes_between(params, stage, len(params.order)):
            _mark(params, STAGE_PARAMS[stage], "greedy", found)


def _mirostat(params: SamplingParams, found: dict[str, Reason]) -> None:
    if not params.mirostat:
        return
    for stage, names in STAGE_PARAMS.items():
        if stage != "temperature":
            _mark(params, names, "mirostat", found)
    _mark(params, ("adaptive_target",), "mirostat", found)


def _stages(params: SamplingParams, found: dict[str, Reason]) -> None:
    for stage in DEFAULT_ORDER:
        # Mirostat brings the temperature with it, whatever the order says.
        if stage not in params.order and not (params.mirostat and stage == "temperature"):
            _mark(params, STAGE_PARAMS[stage], "stage_off", found)
    if params.repeat_last_n == 0:
        _mark(params, STAGE_PARAMS["penalties"], "no_look_back", found)
    if params.dry_penalty_last_n == 0:
        _mark(params, ("dry_multiplier",), "dry_no_look_back", found)
    if params.xtc_threshold > 0.5:
        _mark(params, ("xtc_probability",), "xtc_threshold_high", found)
    if params.mirostat or params.decoding != "sample":
        return
    _after_a_single_candidate(params, found)


def _after_a_single_candidate(params: SamplingParams, found: dict[str, Reason]) -> None:
    """Top-k 1 and temperature 0 leave one candidate: nothing after them matters."""
    single: Reason | None = None
    for position, stage in enumerate(params.order):
        if single is not None:
            _mark(params, STAGE_PARAMS[stage], single, found)
        elif stage == "top_k" and params.top_k == 1:
            single = "top_k_one"
        elif stage == "temperature" and params.temperature <= 0 and params.dynatemp_range <= 0:
            single = "temperature_zero"
            for earlier in params.order[:position]:
                if earlier in _KEEP_THE_BEST and not _choice_changes_between(params, earlier, position):
                    _mark(params, STAGE_PARAMS[earlier], single, found)
    if single is not None:
        _mark(params, ("adaptive_target",), single, found)


def _choice_changes_between(params: SamplingParams, earlier: SamplerName, end: int) -> bool:
    """Whether a stage that can remove the best candidate works on what `earlier` left."""
    start = params.order.index(earlier) + 1
    between = params.order[start:end]
    return any(
        any(_is_set(params, name) for name in STAGE_PARAMS[stage])
        for stage in between
        if stage not in _KEEP_THE_BEST
    )


def _shapes(params: SamplingParams, found: dict[str, Reason]) -> None:
    for switch, reason, names in _SHAPES:
        if SPECS[switch].is_neutral(getattr(params, switch)):
            _mark_changed(params, names, reason, found)
        elif switch in found:
            _mark_changed(params, names, found[switch], found)
    if not any(_is_set(params, name) for name in STAGE_PARAMS["penalties"]):
        _mark_changed(params, ("repeat_last_n",), "needs_penalty", found)


def _chance(params: SamplingParams, found: dict[str, Reason]) -> None:
    """A seed needs a draw: XTC before a greedy choice is one."""
    xtc_draws = _is_set(params, "xtc_probability") and "xtc_probability" not in found
    if params.seed != -1 and takes_the_best(params) and not xtc_draws:
        found.setdefault("seed", "no_chance")


def _is_set(params: SamplingParams, name: str) -> bool:
    return not SPECS[name].is_neutral(getattr(params, name)) and not _only_shapes(params, name)


def _only_shapes(params: SamplingParams, name: str) -> bool:
    """Parameters without a neutral value count as set only when they differ from their default."""
    spec = SPECS[name]
    return spec.neutral is None and getattr(params, name) == spec.default


def _mark(params: SamplingParams, names: Iterable[str], reason: Reason, found: dict[str, Reason]) -> None:
    for name in names:
        if _is_set(params, name):
            found.setdefault(name, reason)


def _mark_changed(
    params: SamplingParams, names: Collection[str], reason: Reason, found: dict[str, Reason]
) -> None:
    for name in names:
        if getattr(params, name) != SPECS[name].default:
            found.setdefault(name, reason)
