"""What every sampling parameter is: range, neutral value, llama.cpp's name, and what it does.

One table for the panel (sliders, tooltips), the command line (options, `--help`) and validation.
"""

from typing import Literal

from msgspec import Struct

from engine.sampling.params import SamplerName, SamplingParams
from engine.sampling.texts import TEXTS, ParamText

Group = Literal[
    "decoding",
    "temperature",
    "truncation",
    "penalties",
    "dry",
    "mirostat",
    "adaptive",
    "order",
    "bias",
    "constraints",
    "length",
]
Kind = Literal["float", "int", "choice", "text", "texts", "biases", "order"]
Applies = Literal["token", "reply"]


class ParamSpec(Struct, frozen=True, kw_only=True):
    """One parameter.

    `minimum` and `maximum` bound what is accepted; `slider` is the part people use. `neutral` is the value
    that switches the parameter off (None where there is none); everything up to `off_at_most` does the same.
    `applies` tells when a change reaches a running reply: at its next token, or not before the next reply.
    `stage` is the sampler stage it belongs to; `basic` ones stand on top of the panel.
    """

    name: str
    group: Group
    kind: Kind
    text: ParamText
    llama_name: str
    default: object
    neutral: float | None = None
    off_at_most: float | None = None
    minimum: float = 0.0
    maximum: float = 0.0
    step: float = 1.0
    decimals: int = 0
    slider: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()
    applies: Applies = "token"
    stage: SamplerName | None = None
    basic: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in ("float", "int")

    @property
    def options(self) -> tuple[str, ...]:
        """Its options on the command line: Lathe's name first, then llama.cpp's."""
        names = dict.fromkeys(name for name in (self.name, self.llama_name) if name)
        return tuple("--" + name.replace("_", "-") for name in names)

    def is_neutral(self, value: object) -> bool:
        """Whether the value leaves the distribution as it is."""
        if not self.is_number or not isinstance(value, (int, float)):
            return not value
        if self.off_at_most is not None and value <= self.off_at_most:
            return True
        return self.neutral is not None and value == self.neutral


def spec(name: str) -> ParamSpec:
    """Raises `KeyError` for a name that `SamplingParams` does not have."""
    return SPECS[name]


_DEFAULTS = SamplingParams()


def _float(
    name: str,
    group: Group,
    bounds: tuple[float, float],
    *,
    llama: str = "",
    step: float = 0.01,
    decimals: int = 2,
    neutral: float | None = None,
    off_at_most: float | None = None,
    slider: tuple[float, float] | None = None,
    stage: SamplerName | None = None,
    basic: bool = False,
    applies: Applies = "token",
) -> ParamSpec:
    return ParamSpec(
        name=name, group=group, kind="float", text=TEXTS[name],
        llama_name=llama or name, default=getattr(_DEFAULTS, name), neutral=neutral, off_at_most=off_at_most,
        minimum=bounds[0], maximum=bounds[1], step=step, decimals=decimals, slider=slider or bounds,
        stage=stage, basic=basic, applies=applies,
    )  # fmt: skip


def _int(
    name: str,
    group: Group,
    bounds: tuple[int, int],
    *,
    llama: str | None = None,
    neutral: int | None = None,
    off_at_most: int | None = None,
    slider: tuple[int, int] | None = None,
    stage: SamplerName | None = None,
    basic: bool = False,
    applies: Applies = "token",
) -> ParamSpec:
    return ParamSpec(
        name=name, group=group, kind="int", text=TEXTS[name],
        llama_name=name if llama is None else llama, default=getattr(_DEFAULTS, name), neutral=neutral,
        off_at_most=off_at_most, minimum=bounds[0], maximum=bounds[1], step=1, decimals=0,
        slider=slider or bounds, stage=stage, basic=basic, applies=applies,
    )  # fmt: skip


def _other(
    name: str,
    group: Group,
    kind: Kind,
    *,
    llama: str | None = None,
    choices: tuple[str, ...] = (),
    stage: SamplerName | None = None,
    applies: Applies = "token",
) -> ParamSpec:
    return ParamSpec(
        name=name, group=group, kind=kind, text=TEXTS[name],
        llama_name=name if llama is None else llama, default=getattr(_DEFAULTS, name), choices=choices,
        stage=stage, applies=applies,
    )  # fmt: skip


_TABLE: tuple[ParamSpec, ...] = (
    _float("temperature", "temperature", (0, 2), llama="temp", neutral=1.0, stage="temperature", basic=True),
    _float("top_p", "truncation", (0, 1), neutral=1.0, stage="top_p", basic=True),
    _int("top_k", "truncation", (0, 1_000_000), neutral=0, slider=(0, 200), stage="top_k", basic=True),
    _float("min_p", "truncation", (0, 1), neutral=0.0, stage="min_p", basic=True),
    _float(
        "repeat_penalty",
        "penalties",
        (0.5, 3),
        llama="penalty_repeat",
        neutral=1.0,
        slider=(1, 1.5),
        stage="penalties",
        basic=True,
    ),
    _float("dynatemp_range", "temperature", (0, 2), neutral=0.0, stage="temperature"),
    _float("dynatemp_exponent", "temperature", (0.1, 10), slider=(0.1, 4), step=0.1, stage="temperature"),
    _float("typical_p", "truncation", (0, 1), llama="typ_p", neutral=1.0, stage="typical_p"),
    _float(
        "top_n_sigma",
        "truncation",
        (-1, 10),
        neutral=-1.0,
        off_at_most=0.0,
        slider=(0, 5),
        step=0.1,
        stage="top_n_sigma",
    ),
    _float("xtc_probability", "truncation", (0, 1), neutral=0.0, stage="xtc"),
    _float("xtc_threshold", "truncation", (0, 1), slider=(0, 0.5), stage="xtc"),
    _int(
        "repeat_last_n",
        "penalties",
        (-1, 1_000_000),
        llama="penalty_last_n",
        slider=(0, 2048),
        stage="penalties",
    ),
    _float("presence_penalty", "penalties", (-2, 2), llama="penalty_present", neutral=0.0, stage="penalties"),
    _float("frequency_penalty", "penalties", (-2, 2), llama="penalty_freq", neutral=0.0, stage="penalties"),
    _float("dry_multiplier", "dry", (0, 5), neutral=0.0, stage="dry"),
    _float("dry_base", "dry", (1, 8), slider=(1, 4), step=0.05, stage="dry"),
    _int("dry_allowed_length", "dry", (1, 1000), slider=(1, 20), stage="dry"),
    _int("dry_penalty_last_n", "dry", (-1, 1_000_000), slider=(-1, 4096), stage="dry"),
    _other("dry_sequence_breakers", "dry", "texts", stage="dry"),
    _int("mirostat", "mirostat", (0, 2), neutral=0),
    _float("mirostat_tau", "mirostat", (0, 10), step=0.1),
    _float("mirostat_eta", "mirostat", (0, 1)),
    _float("adaptive_target", "adaptive", (-1, 1), neutral=-1.0, off_at_most=-1e-9, slider=(-0.01, 1)),
    _float("adaptive_decay", "adaptive", (0, 0.99)),
    _other(
        "decoding",
        "decoding",
        "choice",
        llama="",
        choices=("sample", "greedy", "beam", "contrastive"),
        applies="reply",
    ),
    _int("beam_width", "decoding", (1, 8), llama="", applies="reply"),
    _float(
        "length_penalty",
        "decoding",
        (-2, 4),
        llama="",
        step=0.1,
        slider=(-2, 2),
        applies="reply",
    ),
    _float("contrastive_alpha", "decoding", (0, 1), llama="", applies="reply"),
    _float(
        "amateur_temperature",
        "decoding",
        (0.05, 5),
        llama="",
        step=0.05,
        slider=(0.1, 2),
        applies="reply",
    ),
    _int("seed", "length", (-1, 2**32 - 2), neutral=-1, applies="reply"),
    _int(
        "max_tokens",
        "length",
        (-1, 10_000_000),
        llama="n_predict",
        neutral=-1,
        slider=(-1, 4096),
        applies="reply",
    ),
    _other("stop", "length", "texts", llama="antiprompt", applies="reply"),
    _other("logit_bias", "bias", "biases"),
    _other("grammar", "constraints", "text", applies="reply"),
    _other("json_schema", "constraints", "text", applies="reply"),
    _other("order", "order", "order", llama="samplers"),
)

SPECS: dict[str, ParamSpec] = {item.name: item for item in _TABLE}

STAGE_PARAMS: dict[SamplerName, tuple[str, ...]] = {
    "penalties": ("repeat_penalty", "presence_penalty", "frequency_penalty"),
    "dry": ("dry_multiplier",),
    "top_n_sigma": ("top_n_sigma",),
    "top_k": ("top_k",),
    "typical_p": ("typical_p",),
    "top_p": ("top_p",),
    "min_p": ("min_p",),
    "xtc": ("xtc_probability",),
    "temperature": ("temperature", "dynatemp_range"),
}
"""The parameters that switch a stage on; the other ones of a stage only shape it."""
