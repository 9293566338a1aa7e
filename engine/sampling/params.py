"""Sampling parameters: one immutable value that travels from panel to worker to database.

Names are llama.cpp's own (`common_params_sampling`). What each one means, its range and its neutral value
are in `engine.sampling.specs`.
"""

from typing import Literal

from msgspec import Struct

SamplerName = Literal[
    "penalties",
    "dry",
    "top_n_sigma",
    "top_k",
    "typical_p",
    "top_p",
    "min_p",
    "xtc",
    "temperature",
]

DEFAULT_ORDER: tuple[SamplerName, ...] = (
    "penalties",
    "dry",
    "top_n_sigma",
    "top_k",
    "typical_p",
    "top_p",
    "min_p",
    "xtc",
    "temperature",
)

Decoding = Literal["sample", "greedy", "beam", "contrastive"]


class LogitBias(Struct, frozen=True):
    """Added to the logit of every token that `text` becomes (or of `token_id` when given)."""

    bias: float
    text: str = ""
    token_id: int | None = None


class SamplingParams(Struct, frozen=True, omit_defaults=True):
    """Everything that decides which token comes next. Defaults are llama.cpp's.

    `seed` -1 draws a fresh one for each reply; the drawn seed is stored with the reply.
    `max_tokens` -1 means until the model stops or the context is full.
    `order` lists the truncation stages; stages left out are off.
    """

    decoding: Decoding = "sample"
    temperature: float = 0.8
    dynatemp_range: float = 0.0
    dynatemp_exponent: float = 1.0
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    typical_p: float = 1.0
    top_n_sigma: float = -1.0
    xtc_probability: float = 0.0
    xtc_threshold: float = 0.1
    repeat_penalty: float = 1.0
    repeat_last_n: int = 64
    presence_penalty: float = 0.0
    frequency_penalty: float = 0.0
    dry_multiplier: float = 0.0
    dry_base: float = 1.75
    dry_allowed_length: int = 2
    dry_penalty_last_n: int = -1
    dry_sequence_breakers: tuple[str, ...] = ("\n", ":", '"', "*")
    mirostat: int = 0
    mirostat_tau: float = 5.0
    mirostat_eta: float = 0.1
    adaptive_target: float = -1.0
    adaptive_decay: float = 0.9
    beam_width: int = 4
    length_penalty: float = 1.0
    contrastive_alpha: float = 0.1
    amateur_temperature: float = 1.0
    seed: int = -1
    max_tokens: int = -1
    stop: tuple[str, ...] = ()
    logit_bias: tuple[LogitBias, ...] = ()
    grammar: str = ""
    json_schema: str = ""
    order: tuple[SamplerName, ...] = DEFAULT_ORDER
