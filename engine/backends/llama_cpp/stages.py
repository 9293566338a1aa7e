"""Sampler stages: which native samplers a `SamplingParams` asks for, in which order.

The order and the special cases (mirostat replaces the truncation stages, adaptive-p replaces the last draw)
are those of llama.cpp's `common_sampler_init`. Neutral stages are left out: they change nothing and cost
time.
"""

import ctypes
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.vocab import Vocab
from engine.sampling.params import SamplerName, SamplingParams

MIROSTAT_M = 100


class Stage(NamedTuple):
    """One native sampler. `stateful`: it wants to hear which token was taken."""

    name: str
    handle: Any
    stateful: bool


class StageContext(NamedTuple):
    """What making a stage needs besides the parameters."""

    vocab: Vocab
    n_ctx: int
    seed: int


def truncation_stages(params: SamplingParams, context: StageContext) -> list[Stage]:
    """Everything before the draw, without grammar. The caller frees the handles."""
    stages = _bias_stage(params, context)
    if params.mirostat:
        return stages + _temperature(params, context)
    for name in params.order:
        stages += _MAKERS[name](params, context)
    return stages


def chained(stages: list[Stage]) -> Any:
    """One native sampler that applies all of them in order. Freeing it frees them."""
    lib = library()
    params = lib.llama_sampler_chain_default_params()
    params.no_perf = True
    chain = lib.llama_sampler_chain_init(params)
    for stage in stages:
        lib.llama_sampler_chain_add(chain, stage.handle)
    return chain


def selector_stage(params: SamplingParams, context: StageContext) -> Stage:
    """The stage that draws."""
    lib = library()
    if params.decoding == "greedy":
        return Stage("greedy", lib.llama_sampler_init_greedy(), False)
    if params.mirostat == 1:
        handle = lib.llama_sampler_init_mirostat(
            context.vocab.size, context.seed, params.mirostat_tau, params.mirostat_eta, MIROSTAT_M
        )
        return Stage("mirostat", handle, True)
    if params.mirostat == 2:
        handle = lib.llama_sampler_init_mirostat_v2(context.seed, params.mirostat_tau, params.mirostat_eta)
        return Stage("mirostat_v2", handle, True)
    if params.adaptive_target >= 0:
        handle = lib.llama_sampler_init_adaptive_p(
            params.adaptive_target, params.adaptive_decay, context.seed
        )
        return Stage("adaptive_p", handle, True)
    return Stage("dist", lib.llama_sampler_init_dist(context.seed), False)


def selector_key(params: SamplingParams) -> tuple[object, ...]:
    """Two parameter sets with the same key draw by the same selector, so its random state can go on."""
    if params.decoding == "greedy":
        return ("greedy",)
    if params.mirostat:
        return ("mirostat", params.mirostat, params.mirostat_tau, params.mirostat_eta)
    if params.adaptive_target >= 0:
        return ("adaptive_p", params.adaptive_target, params.adaptive_decay)
    return ("dist",)


def _bias_stage(params: SamplingParams, context: StageContext) -> list[Stage]:
    biases: dict[int, float] = {}
    for entry in params.logit_bias:
        if entry.token_id is not None:
            ids = [entry.token_id]
        else:
            ids = context.vocab.tokenize(entry.text, add_special=False, parse_special=True)
        for token in ids:
            if 0 <= token < context.vocab.size:
                # A bias of -100 or less is a ban, as in the OpenAI API.
                biases[token] = -math.inf if entry.bias <= -100 else entry.bias
    if not biases:
        return []
    lib = library()
    array = (lib.llama_logit_bias * len(biases))()
    for slot, (token, bias) in zip(array, biases.items(), strict=True):
        slot.token, slot.bias = token, bias
    handle = lib.llama_sampler_init_logit_bias(context.vocab.size, len(biases), array)
    return [Stage("logit_bias", handle, False)]


def _last_n(value: int, context: StageContext) -> int:
    return context.n_ctx if value < 0 else min(value, context.n_ctx)


def _penalties(params: SamplingParams, context: StageContext) -> list[Stage]:
    neutral = (params.repeat_penalty, params.frequency_penalty, params.presence_penalty) == (1.0, 0.0, 0.0)
    if neutral or params.repeat_last_n == 0:
        return []
    handle = library().llama_sampler_init_penalties(
        context.vocab.size,
        _last_n(params.repeat_last_n, context),
        params.repeat_penalty,
        params.frequency_penalty,
        params.presence_penalty,
    )
    return [Stage("penalties", handle, True)]


def _dry(params: SamplingParams, context: StageContext) -> list[Stage]:
    if params.dry_multiplier <= 0 or params.dry_base < 1 or params.dry_penalty_last_n == 0:
        return []
    breakers = [text.encode() for text in params.dry_sequence_breakers]
    handle = library().llama_sampler_init_dry(
        context.vocab.handle,
        params.dry_multiplier,
        params.dry_base,
        params.dry_allowed_length,
        _last_n(params.dry_penalty_last_n, context),
        (ctypes.c_char_p * len(breakers))(*breakers),
        len(breakers),
    )
    return [Stage("dry", handle, True)]


def _top_n_sigma(params: SamplingParams, _context: StageContext) -> list[Stage]:
    if params.top_n_sigma <= 0:
        return []
    return [Stage("top_n_sigma", library().llama_sampler_init_top_n_sigma(params.top_n_sigma), False)]


def _top_k(params: SamplingParams, _context: StageContext) -> list[Stage]:
    if params.top_k <= 0:
        return []
    return [Stage("top_k", library().llama_sampler_init_top_k(params.top_k), False)]


def _typical(params: SamplingParams, _context: StageContext) -> list[Stage]:
    if params.typical_p >= 1:
        return []
    return [Stage("typical_p", library().llama_sampler_init_typical(params.typical_p, 1), False)]


def _top_p(params: SamplingParams, _context: StageContext) -> list[Stage]:
    if params.top_p >= 1:
        return []
    return [Stage("top_p", library().llama_sampler_init_top_p(params.top_p, 1), False)]


def _min_p(params: SamplingParams, _context: StageContext) -> list[Stage]:
    if params.min_p <= 0:
        return []
    return [Stage("min_p", library().llama_sampler_init_min_p(params.min_p, 1), False)]


def _xtc(params: SamplingParams, context: StageContext) -> list[Stage]:
    if params.xtc_probability <= 0 or params.xtc_threshold > 0.5:
        return []
    handle = library().llama_sampler_init_xtc(params.xtc_probability, params.xtc_threshold, 1, context.seed)
    return [Stage("xtc", handle, False)]


def _temperature(params: SamplingParams, _context: StageContext) -> list[Stage]:
    if params.temperature == 1.0 and params.dynatemp_range <= 0:
        return []
    handle = library().llama_sampler_init_temp_ext(
        params.temperature, max(params.dynatemp_range, 0.0), params.dynatemp_exponent
    )
    return [Stage("temperature", handle, False)]


_MAKERS: dict[SamplerName, Callable[[SamplingParams, StageContext], list[Stage]]] = {
    "penalties": _penalties,
    "dry": _dry,
    "top_n_sigma": _top_n_sigma,
    "top_k": _top_k,
    "typical_p": _typical,
    "top_p": _top_p,
    "min_p": _min_p,
    "xtc": _xtc,
    "temperature": _temperature,
}
