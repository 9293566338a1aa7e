"""Sampling options, made from the table of parameters (`engine.sampling.specs`)."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from engine.cli.files import read_text
from engine.errors import UserError
from engine.sampling.params import DEFAULT_ORDER, LogitBias, SamplingParams
from engine.sampling.specs import SPECS, Group, ParamSpec
from engine.sampling.validate import check_order, parse_number, parse_schema, with_values

_PREFIX = "sampling."
_TITLES: dict[Group, str] = {
    "length": "length and seed",
    "temperature": "temperature",
    "truncation": "which tokens stay candidates",
    "penalties": "repetition penalties",
    "dry": "repetition: DRY",
    "mirostat": "Mirostat",
    "adaptive": "adaptive-p",
    "decoding": "decoding",
    "order": "order of the samplers",
    "bias": "bias",
    "constraints": "constraints",
}
# Where llama.cpp's programs call an option otherwise than its parameter.
_MORE_NAMES: dict[str, tuple[str, ...]] = {
    "seed": ("-s",),
    "max_tokens": ("-n", "--predict"),
    "stop": ("-r", "--reverse-prompt"),
    "typical_p": ("--typical",),
    "top_n_sigma": ("--top-nsigma",),
    "dynatemp_exponent": ("--dynatemp-exp",),
    "dry_sequence_breakers": ("--dry-sequence-breaker",),
    "mirostat_tau": ("--mirostat-ent",),
    "mirostat_eta": ("--mirostat-lr",),
    "logit_bias": ("-l",),
    "json_schema": ("-j",),
}
_DEFAULTS = {"seed": "-1: a fresh one each time", "max_tokens": "-1: until the model stops"}
_NO_LIMIT = 1_000_000
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_TOKEN_BIAS = re.compile(r"(\d+)([+-](?:inf|\d+(?:\.\d*)?|\.\d+))", re.IGNORECASE)


def add_sampling_options(parser: argparse.ArgumentParser) -> None:
    """One option for each parameter, under each of its names."""
    for group, title in _TITLES.items():
        section = parser.add_argument_group(title)
        for spec in SPECS.values():
            if spec.group == group:
                _add(section, spec)


def sampling_values(args: argparse.Namespace) -> dict[str, object]:
    """What was given, by parameter name, checked. Raises `UserError`."""
    values: dict[str, object] = {}
    for name in SPECS:
        given = getattr(args, _PREFIX + name, None)
        if given is not None:
            values[name] = tuple(given) if isinstance(given, list) else given
    if values.get("dry_sequence_breakers") == ("none",):
        values["dry_sequence_breakers"] = ()
    with_values(SamplingParams(), **values)
    return values


def parse_value(spec: ParamSpec, text: str) -> object:
    """One value as typed, checked. Raises `UserError`."""
    parsed = _reader(spec)(text)
    return (parsed,) if spec.kind in ("texts", "biases") else parsed


def _add(section: argparse._ArgumentGroup, spec: ParamSpec) -> None:
    short = [name for name in _MORE_NAMES.get(spec.name, ()) if not name.startswith("--")]
    long = [name for name in _MORE_NAMES.get(spec.name, ()) if name.startswith("--")]
    section.add_argument(
        *short,
        *dict.fromkeys([*spec.options, *long]),
        dest=_PREFIX + spec.name,
        metavar=_metavar(spec),
        type=_reader(spec),
        action="append" if spec.kind in ("texts", "biases") else "store",
        help=_help(spec),
    )


def _reader(spec: ParamSpec) -> Callable[[str], object]:
    if spec.is_number:
        return lambda text: parse_number(spec, text)
    readers: dict[str, Callable[[str], object]] = {
        "texts": unescape,
        "biases": parse_bias,
        "order": parse_order,
    }
    if spec.name == "grammar":
        return read_grammar
    if spec.name == "json_schema":
        return read_schema
    return readers.get(spec.kind, lambda text: _choice(spec, text))


def _choice(spec: ParamSpec, text: str) -> str:
    with_values(SamplingParams(), **{spec.name: text})
    return text


def parse_bias(text: str) -> LogitBias:
    """`ID+BIAS` or `ID-BIAS` as in llama.cpp, or `TEXT=BIAS`; -inf bans. Raises `UserError`."""
    if match := _TOKEN_BIAS.fullmatch(text):
        return LogitBias(bias=float(match[2]), token_id=int(match[1]))
    words, sign, bias = text.rpartition("=")
    try:
        if sign and words:
            return LogitBias(bias=float(bias), text=unescape(words))
    except ValueError:
        pass
    raise UserError(
        "params.invalid",
        name="logit_bias",
        value=f"“{text}”",
        reason="write TEXT=BIAS, or TOKEN_ID+BIAS",
        minimum="-100 (-inf bans the token)",
        maximum="100",
    )


def parse_order(text: str) -> tuple[str, ...]:
    """Stages separated by semicolons or commas. Raises `UserError` params.unknown, params.invalid."""
    stages = tuple(part.strip().replace("-", "_") for part in re.split("[;,]", text) if part.strip())
    known = {"typ_p": "typical_p", "temp": "temperature"}
    order = tuple(known.get(stage, stage) for stage in stages)
    check_order(order)
    return order


def read_grammar(text: str) -> str:
    """A grammar in GBNF, or the name of a file that holds one. Raises `UserError` grammar.invalid, file.*."""
    from engine.sampling.gbnf import check_grammar  # noqa: PLC0415 - rarely used

    grammar = text if "::=" in text else read_text(Path(text))
    check_grammar(grammar)
    return grammar


def read_schema(text: str) -> str:
    """A JSON schema, or the name of a file that holds one. Raises `UserError` schema.invalid, file.*."""
    schema = text if text.lstrip()[:1] in ("{", "[") else read_text(Path(text))
    parse_schema(schema)
    return schema


def unescape(text: str) -> str:
    r"""`\n`, `\t`, `\r` and `\\` as in llama.cpp's programs; everything else stays."""
    return re.sub(r"\\([ntr\\])", lambda match: _ESCAPES[match[1]], text)


def _metavar(spec: ParamSpec) -> str:
    if spec.kind == "choice":
        return "{" + ",".join(spec.choices) + "}"
    names = {"grammar": "FILE", "json_schema": "FILE", "logit_bias": "TEXT=BIAS", "order": "STAGES"}
    return names.get(spec.name) or {"int": "N", "float": "X"}.get(spec.kind, "TEXT")


def _help(spec: ParamSpec) -> str:
    summary = spec.text.summary[:1].lower() + spec.text.summary[1:]
    if spec.is_number:
        summary += f" ({_range(spec)}; default {_DEFAULTS.get(spec.name, f'{spec.default:g}')})"
    elif spec.name == "order":
        summary += f" (default {'; '.join(DEFAULT_ORDER)})"
    elif spec.kind in ("texts", "biases"):
        summary += " (can be given several times)"
    elif spec.name in ("grammar", "json_schema"):
        summary += " (a file, or the text itself)"
    return summary.replace("%", "%%")


def _range(spec: ParamSpec) -> str:
    if spec.maximum >= _NO_LIMIT:
        return f"{spec.minimum:g} or more"
    return f"{spec.minimum:g} to {spec.maximum:g}"
