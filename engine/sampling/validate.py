"""Checks of sampling parameters: each impossible value becomes one clear sentence."""

import difflib
import json
import math

import msgspec

from engine.errors import UserError
from engine.sampling.gbnf import check_grammar
from engine.sampling.params import DEFAULT_ORDER, LogitBias, SamplingParams
from engine.sampling.specs import SPECS, ParamSpec

BIAS_LIMIT = 100.0


def validate(params: SamplingParams) -> SamplingParams:
    """The same parameters. Raises `UserError` params.*, schema.invalid or grammar.invalid."""
    for name, spec in SPECS.items():
        check_value(spec, getattr(params, name))
    return params


def check_value(spec: ParamSpec, value: object) -> None:
    """Raises `UserError` when the parameter cannot take this value."""
    if spec.is_number:
        _check_number(spec, value)
    elif spec.kind == "choice" and value not in spec.choices:
        raise _unknown(str(value), spec.choices)
    elif spec.kind == "order" and isinstance(value, tuple):
        check_order(value)
    elif spec.kind == "biases" and isinstance(value, tuple):
        for bias in value:
            check_bias(bias)
    elif spec.name == "json_schema" and str(value).strip():
        parse_schema(str(value))
    elif spec.name == "grammar" and str(value).strip():
        check_grammar(str(value))


def parse_number(spec: ParamSpec, text: str) -> int | float:
    """A number as typed on the command line, checked. Raises `UserError` params.invalid."""
    try:
        value: int | float = int(text) if spec.kind == "int" else float(text)
    except ValueError:
        kind = "a whole number" if spec.kind == "int" else "a number"
        raise _out_of_range(spec, text, f"it is not {kind}") from None
    _check_number(spec, value)
    return value


def parse_schema(text: str) -> dict[str, object] | bool:
    """A JSON schema from text. Raises `UserError` schema.invalid with the place of the fault."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"{error.msg} in line {error.lineno}, column {error.colno}"
        raise UserError("schema.invalid", reason=reason) from None
    except RecursionError:
        raise UserError("schema.invalid", reason="it is nested too deeply") from None
    if not isinstance(value, (dict, bool)):
        raise UserError("schema.invalid", reason="a schema is a JSON object")
    return value


def check_order(order: tuple[str, ...]) -> None:
    """Each stage known and at most once. Raises `UserError`."""
    for stage in order:
        if stage not in DEFAULT_ORDER:
            raise _unknown(str(stage), DEFAULT_ORDER)
    if len(set(order)) != len(order):
        twice = next(stage for stage in order if order.count(stage) > 1)
        raise UserError(
            "params.invalid",
            name="order",
            value=", ".join(order),
            reason=f"{twice} is there twice",
            minimum="no stage",
            maximum="each stage once",
        )


def check_bias(bias: LogitBias) -> None:
    """Within ±100 (-100 or -inf bans), and with something to act on. Raises `UserError` params.invalid."""
    fine = bias.bias == -math.inf or abs(bias.bias) <= BIAS_LIMIT
    if not fine or math.isnan(bias.bias):
        reason = f"the largest bias is {BIAS_LIMIT:g}, and −100 bans a token"
    elif not bias.text and bias.token_id is None:
        reason = "it names neither a text nor a token"
    elif bias.token_id is not None and bias.token_id < 0:
        reason = "a token id is not negative"
    else:
        return
    raise UserError(
        "params.invalid",
        name="logit_bias",
        value=f"{bias.token_id if bias.token_id is not None else repr(bias.text)} {bias.bias:g}",
        reason=reason,
        minimum=f"{-BIAS_LIMIT:g}",
        maximum=f"{BIAS_LIMIT:g}",
    )


def with_values(params: SamplingParams, **values: object) -> SamplingParams:
    """A copy with some values changed, checked. Raises `UserError`; params.unknown names the nearest."""
    for name in values:
        if name not in SPECS:
            raise _unknown(name, tuple(SPECS))
    changed = msgspec.structs.replace(params, **values)
    for name in values:
        check_value(SPECS[name], getattr(changed, name))
    return changed


def _check_number(spec: ParamSpec, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value):
        raise _out_of_range(spec, value, "it is not a number")
    if spec.kind == "int" and value != int(value if math.isfinite(value) else 0):
        raise _out_of_range(spec, value, "it is not a whole number")
    if value < spec.minimum:
        raise _out_of_range(spec, value, f"the smallest value is {_plain(spec.minimum)}")
    if value > spec.maximum:
        raise _out_of_range(spec, value, f"the largest value is {_plain(spec.maximum)}")


def _out_of_range(spec: ParamSpec, value: object, reason: str) -> UserError:
    return UserError(
        "params.invalid",
        name=spec.name,
        value=value,
        reason=reason,
        minimum=_plain(spec.minimum),
        maximum=_plain(spec.maximum),
    )


def _unknown(name: str, known: tuple[str, ...]) -> UserError:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return UserError("params.unknown", name=name, nearest=nearest[0] if nearest else known[0])


def _plain(number: float) -> str:
    """Without exponent and needless zeros."""
    return str(int(number)) if number == int(number) else f"{number:g}"
