"""Which parameters stand in which collapsible group, and the control of each."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.panels.sampling.bias_control import BiasControl
from app.panels.sampling.constraint_control import grammar_control, schema_control
from app.panels.sampling.control import (
    ChoiceControl,
    FieldControl,
    NumberControl,
    ParamControl,
    TextsControl,
)
from app.panels.sampling.order_control import OrderControl
from app.panels.sampling.seed_control import SeedControl
from app.theme.theme import Theme
from engine.sampling.specs import SPECS, ParamSpec

BASIC: tuple[str, ...] = tuple(name for name, spec in SPECS.items() if spec.basic)
REPLY: tuple[str, ...] = ("seed", "max_tokens")

GROUP_PARAMS: dict[str, tuple[str, ...]] = {
    "decoding": ("decoding", "beam_width", "length_penalty", "contrastive_alpha", "amateur_temperature"),
    "temperature": ("dynatemp_range", "dynatemp_exponent"),
    "truncation": ("typical_p", "top_n_sigma", "xtc_probability", "xtc_threshold"),
    "penalties": ("presence_penalty", "frequency_penalty", "repeat_last_n"),
    "dry": (
        "dry_multiplier",
        "dry_base",
        "dry_allowed_length",
        "dry_penalty_last_n",
        "dry_sequence_breakers",
    ),
    "mirostat": ("mirostat", "mirostat_tau", "mirostat_eta"),
    "adaptive": ("adaptive_target", "adaptive_decay"),
    "order": ("order",),
    "bias": ("logit_bias",),
    "constraints": ("grammar", "json_schema"),
    "length": ("stop",),
}
"""In the order of the panel. With BASIC and REPLY every parameter has exactly one place."""


MODE_PARAMS: dict[str, str] = {
    "beam_width": "beam",
    "length_penalty": "beam",
    "contrastive_alpha": "contrastive",
    "amateur_temperature": "contrastive",
}
"""Parameters that are only shown in one decoding mode."""


def make_control(name: str, theme: Theme) -> ParamControl:
    """The control of a parameter."""
    maker = _MAKERS.get(name, NumberControl)
    return maker(SPECS[name], theme)


def _decoding(spec: ParamSpec, theme: Theme) -> ParamControl:
    modes: list[tuple[object, str]] = [
        ("sample", QCoreApplication.translate("SamplingGroups", "Sample")),
        ("greedy", QCoreApplication.translate("SamplingGroups", "Greedy")),
        ("beam", QCoreApplication.translate("SamplingGroups", "Beam")),
        ("contrastive", QCoreApplication.translate("SamplingGroups", "Contrastive")),
    ]
    return ChoiceControl(spec, modes, theme, titled=False)


def _mirostat(spec: ParamSpec, theme: Theme) -> ParamControl:
    versions: list[tuple[object, str]] = [
        (0, QCoreApplication.translate("SamplingGroups", "Off")),
        (1, QCoreApplication.translate("SamplingGroups", "Version 1")),
        (2, QCoreApplication.translate("SamplingGroups", "Version 2")),
    ]
    return ChoiceControl(spec, versions, theme, titled=False)


def _look_back(spec: ParamSpec, theme: Theme) -> ParamControl:
    words = {
        -1.0: QCoreApplication.translate("SamplingGroups", "context"),
        0.0: QCoreApplication.translate("SamplingGroups", "off"),
    }
    return FieldControl(spec, theme, words)


def _max_tokens(spec: ParamSpec, theme: Theme) -> ParamControl:
    return FieldControl(spec, theme, {-1.0: QCoreApplication.translate("SamplingGroups", "no limit")})


def _stop(spec: ParamSpec, theme: Theme) -> ParamControl:
    return TextsControl(spec, theme, titled=False)


_MAKERS: dict[str, Callable[[ParamSpec, Theme], ParamControl]] = {
    "seed": SeedControl,
    "max_tokens": _max_tokens,
    "repeat_last_n": _look_back,
    "dry_penalty_last_n": _look_back,
    "decoding": _decoding,
    "mirostat": _mirostat,
    "grammar": grammar_control,
    "json_schema": schema_control,
    "order": OrderControl,
    "logit_bias": BiasControl,
    "stop": _stop,
    "dry_sequence_breakers": TextsControl,
}
