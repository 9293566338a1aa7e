"""Sampling parameters in the words of each server.

The OpenAI protocol knows temperature, top_p, penalties, seed, stop and max_tokens. llama-server takes its
own names beside them, vLLM and SGLang theirs; an unknown server gets what the two have in common, and the
caller leaves it out when the server objects. What a server has no word for is not sent.
"""

import json
from typing import Any

from engine.backends.remote.server import ServerKind
from engine.errors import UserError
from engine.sampling.params import SamplingParams
from engine.sampling.specs import SPECS, STAGE_PARAMS

_NEUTRAL = SamplingParams(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)

_LLAMA_NAMES: dict[str, str] = {
    "dynatemp_range": "dynatemp_range",
    "dynatemp_exponent": "dynatemp_exponent",
    "top_k": "top_k",
    "min_p": "min_p",
    "typical_p": "typical_p",
    "top_n_sigma": "top_n_sigma",
    "xtc_probability": "xtc_probability",
    "xtc_threshold": "xtc_threshold",
    "repeat_penalty": "repeat_penalty",
    "repeat_last_n": "repeat_last_n",
    "dry_multiplier": "dry_multiplier",
    "dry_base": "dry_base",
    "dry_allowed_length": "dry_allowed_length",
    "dry_penalty_last_n": "dry_penalty_last_n",
    "dry_sequence_breakers": "dry_sequence_breakers",
    "mirostat": "mirostat",
    "mirostat_tau": "mirostat_tau",
    "mirostat_eta": "mirostat_eta",
}
_LATHE_NAMES = tuple(
    name
    for name in _LLAMA_NAMES
    if not name.startswith("dynatemp") and name not in ("dry_penalty_last_n", "dry_sequence_breakers")
)
"""What Lathe's own server takes beside the protocol, by the same names. The stages are in their usual
order.
"""
_STANDARD = (
    "temperature",
    "top_p",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "max_tokens",
    "stop",
    "logit_bias",
    "json_schema",
)
_COMMON = ("top_k", "min_p", "repeat_penalty")
"""What servers other than llama-server have beside the protocol."""
_LLAMA_STAGES = {"typical_p": "typ_p"}


def understood(kind: ServerKind) -> tuple[str, ...]:
    """Names of the parameters that reach a server of this kind; what is set beside them has no effect."""
    if kind == "llama-server":
        return (*_STANDARD, *_LLAMA_NAMES, "grammar")
    if kind == "lathe":
        return (*_STANDARD, *_LATHE_NAMES, "grammar")
    return (*_STANDARD, *_COMMON) if kind == "other" else (*_STANDARD, *_COMMON, "grammar")


def standard(sampling: SamplingParams, seed: int) -> dict[str, Any]:
    """Arguments that every server knows.

    Raises `UserError` endpoint.unsupported for the decoding modes that need the model itself.
    """
    if sampling.decoding == "beam":
        raise UserError("endpoint.unsupported", what="beam search")
    if sampling.decoding == "contrastive":
        raise UserError("endpoint.unsupported", what="contrastive decoding")
    arguments: dict[str, Any] = {
        "temperature": 0.0 if sampling.decoding == "greedy" else sampling.temperature,
        "top_p": sampling.top_p if "top_p" in sampling.order else 1.0,
        "seed": seed,
    }
    for name in ("presence_penalty", "frequency_penalty"):
        if getattr(sampling, name):
            arguments[name] = getattr(sampling, name)
    if sampling.max_tokens >= 0:
        arguments["max_tokens"] = sampling.max_tokens
    if sampling.stop:
        arguments["stop"] = list(sampling.stop)
    bias = {str(entry.token_id): entry.bias for entry in sampling.logit_bias if entry.token_id is not None}
    if bias:
        arguments["logit_bias"] = bias
    if sampling.json_schema:
        arguments["response_format"] = _json_schema(sampling.json_schema)
    return arguments


def beyond_protocol(
    sampling: SamplingParams, kind: ServerKind, *, continued: bool, thinking: bool
) -> dict[str, Any]:
    """Fields beyond the protocol, by the server's own names."""
    if kind == "llama-server":
        body = _llama(sampling)
    else:
        body = _lathe(sampling) if kind == "lathe" else _vllm(sampling, kind)
    if any(entry.token_id is None for entry in sampling.logit_bias):
        if kind != "llama-server":
            raise UserError("endpoint.unsupported", what="logit bias by text")
        body["logit_bias"] = [
            [entry.token_id if entry.token_id is not None else entry.text, entry.bias]
            for entry in sampling.logit_bias
        ]
    if continued and kind not in ("llama-server", "lathe"):
        body |= {"continue_final_message": True, "add_generation_prompt": False}
    if not thinking and kind not in ("other", "lathe"):
        body["chat_template_kwargs"] = {"enable_thinking": False}
    return body


def _llama(sampling: SamplingParams) -> dict[str, Any]:
    """llama-server's defaults are not ours: everything is said."""
    body: dict[str, Any] = {theirs: getattr(sampling, ours) for ours, theirs in _LLAMA_NAMES.items()}
    body["samplers"] = [_LLAMA_STAGES.get(name, name) for name in sampling.order]
    body["cache_prompt"] = True
    if sampling.grammar:
        body["grammar"] = sampling.grammar
    return body


def _lathe(sampling: SamplingParams) -> dict[str, Any]:
    """The server's defaults are the model's: everything is said, and a stage that is out is neutral."""
    out = {name for stage, names in STAGE_PARAMS.items() if stage not in sampling.order for name in names}
    body = {name: SPECS[name].neutral if name in out else getattr(sampling, name) for name in _LATHE_NAMES}
    if sampling.grammar:
        body["grammar"] = sampling.grammar
    return body


def _vllm(sampling: SamplingParams, kind: ServerKind) -> dict[str, Any]:
    order = sampling.order
    body: dict[str, Any] = {}
    if "top_k" in order and sampling.top_k > _NEUTRAL.top_k:
        body["top_k"] = sampling.top_k
    if "min_p" in order and sampling.min_p > _NEUTRAL.min_p:
        body["min_p"] = sampling.min_p
    if "penalties" in order and sampling.repeat_penalty != _NEUTRAL.repeat_penalty:
        body["repetition_penalty"] = sampling.repeat_penalty
    if sampling.grammar:
        if kind == "other":
            raise UserError("endpoint.unsupported", what="a grammar")
        body |= {"ebnf": sampling.grammar} if kind == "sglang" else {"guided_grammar": sampling.grammar}
    return body


def _json_schema(source: str) -> dict[str, Any]:
    try:
        schema = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise UserError("schema.invalid", reason=str(error)) from None
    return {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}
