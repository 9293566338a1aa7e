"""A Jinja environment in which a template can neither reach Python nor run away.

Configured as Hugging Face's `apply_chat_template` does it, so that prompts come out identical. On top of Jinja's
immutable sandbox: only the filters and string methods that chat templates use, and a bound on the size of every
value that one operation could blow up (CVE-2024-34359 and CVE-2026-5760 were templates in plain Jinja).
"""

import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from string import Formatter
from typing import Any

from jinja2 import Environment, nodes, pass_environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateError
from jinja2.ext import Extension, LoopControlExtension
from jinja2.filters import do_indent, do_round, make_attrgetter
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter
from jinja2.utils import Namespace

MAX_WEIGHT = 16_000_000
"""Characters in one value; an item of a container counts as `_ITEM` characters."""
_ITEM = 32
_MAX_DEPTH = 40
_MAX_WIDTH = 1000
_MAX_BITS = 4096

_FILTERS = frozenset(
    "abs capitalize count d default dictsort e escape first float groupby indent int items join last length list"
    " lower map max min reject rejectattr replace reverse round safe select selectattr sort string sum title tojson"
    " trim unique upper urlencode wordcount".split()
)
_STR_METHODS = frozenset(
    "capitalize casefold count endswith find format index isalnum isalpha isascii isdecimal isdigit isidentifier"
    " islower isnumeric isprintable isspace istitle isupper join lower lstrip partition removeprefix removesuffix"
    " replace rfind rindex rpartition rsplit rstrip split splitlines startswith strip swapcase title upper".split()
)


class LimitExceeded(TemplateError):
    """The template wanted more than it may have."""


class Refused(TemplateError):
    """The template itself called `raise_exception`: it does not take this conversation."""


def check_weight(value: object) -> None:
    """Raises `LimitExceeded` when printing `value` would give more than `MAX_WEIGHT` characters."""
    if not isinstance(value, str):
        _spend(value, MAX_WEIGHT, 0)
    elif len(value) > MAX_WEIGHT:
        raise LimitExceeded("it builds a text that is too long")


def _spend(value: object, budget: int, depth: int) -> int:
    """What is left of `budget` after `value`; containers reached twice are paid for twice."""
    if isinstance(value, str):
        budget -= len(value)
    elif isinstance(value, (list, tuple, set, frozenset)):
        budget = _spend_all(value, budget, depth)
    elif isinstance(value, Mapping):
        budget = _spend_all(value.values(), _spend_all(value.keys(), budget, depth), depth)
    elif isinstance(value, Namespace):
        attributes: dict[str, object] = object.__getattribute__(value, "_Namespace__attrs")
        budget = _spend_all(attributes.values(), budget, depth)
    if budget < 0:
        raise LimitExceeded("it builds a value that is too large")
    return budget


def _spend_all(values: Iterable[object], budget: int, depth: int) -> int:
    if depth > _MAX_DEPTH:
        raise LimitExceeded("it nests values too deeply")
    for value in values:
        budget = _spend(value, budget - _ITEM, depth + 1)
    return budget


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of every chat template; safe to share between templates of one thread at a time."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[LoopControlExtension, _GenerationTag],
            finalize=_finalize,
        )
        own: dict[str, Callable[..., Any]] = {
            "tojson": _tojson,
            "round": _round,
            "indent": _indent,
            "join": _join,
            "replace": _replace,
        }
        known: dict[str, Callable[..., Any]] = {**self.filters, **own}
        self.filters = {name: _checked(known[name]) for name in _FILTERS}
        del self.globals["lipsum"]
        self.globals["raise_exception"] = _raise_exception
        self.concat = _bounded_join  # type: ignore[method-assign]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in _STR_METHODS
        if isinstance(obj, (bytes, int, float)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        _check_operands(operator, left, right)
        result = super().call_binop(context, operator, left, right)
        check_weight(result)
        return result

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Jinja's own signature: the odd names leave every keyword free for the template."""
        check_weight(args)
        check_weight(kwargs)
        text = getattr(__obj, "__self__", None)
        if isinstance(text, str):
            args = _check_method(text, __obj.__name__, args, kwargs)
        result = super().call(__context, __obj, *args, **kwargs)
        check_weight(result)
        return result

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text = str(value.__self__)
        if value.__name__ == "format_map":
            return None

        def formatted(*args: Any, **kwargs: Any) -> str:
            check_weight([args, kwargs])
            return _BoundedFormatter(self).vformat(text, args, kwargs)

        return formatted

    def checked(self, value: Any) -> Any:
        """Used by generated code around container literals."""
        check_weight(value)
        return value

    def join_checked(self, parts: tuple[Any, ...]) -> str:
        """Used by generated code for `~`."""
        return _bounded_join(str(_finalize(part)) for part in parts)


class _BoundedCode(CodeGenerator):
    """Routes `~` and container literals through checks; Jinja has no hook for them."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.join_checked((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self.write("environment.checked(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self.write("environment.checked(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
            return
        self.write("environment.checked(")
        super().visit_Tuple(node, frame)
        self.write(")")


TemplateEnvironment.code_generator_class = _BoundedCode


class _GenerationTag(Extension):
    """`{% generation %}…{% endgeneration %}` marks replies for training; here it only passes its body on."""

    tags = {"generation"}  # noqa: RUF012 - Jinja's own declaration

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _BoundedFormatter(SandboxedFormatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        _check_width(format_spec)
        check_weight(value)
        return str(Formatter.format_field(self, value, format_spec))


def _finalize(value: Any) -> Any:
    check_weight(value)
    return value


def _bounded_join(parts: Iterable[str]) -> str:
    """`"".join` that stops before the result is too long."""
    taken: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > MAX_WEIGHT:
            raise LimitExceeded("it builds a text that is too long")
        taken.append(part)
    return "".join(taken)


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose arguments and result are weighed. `wraps` keeps Jinja's markers on the function."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        check_weight(args)
        check_weight(kwargs)
        result = function(*args, **kwargs)
        check_weight(result)
        return result

    return wrapper


def _check_operands(operator: str, left: Any, right: Any) -> None:
    """Refuses what would be large before it is computed."""
    if operator == "%" and isinstance(left, str):
        _check_width(left)
        check_weight(right)
    elif operator == "*":
        if isinstance(left, int) and isinstance(right, int):
            if left.bit_length() + right.bit_length() > _MAX_BITS:
                raise LimitExceeded("it computes a number that is too large")
            return
        for sequence, times in ((left, right), (right, left)):
            if isinstance(sequence, (str, list, tuple)) and isinstance(times, int):
                weight = MAX_WEIGHT - _spend(sequence, MAX_WEIGHT, 0) + len(sequence)
                if weight * max(times, 0) > MAX_WEIGHT:
                    raise LimitExceeded("it repeats a value too often")
    elif operator == "**" and isinstance(left, int) and isinstance(right, int):
        if left.bit_length() * abs(right) > _MAX_BITS:
            raise LimitExceeded("it computes a number that is too large")
    elif operator == "+" and not isinstance(left, (int, float)):
        check_weight([left, right])


def _check_method(text: str, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Arguments of `text.name(…)`, iterators made concrete; refuses results that would be too long."""
    if name == "replace" and len(args) >= 2 and all(isinstance(part, str) for part in args[:2]):
        _check_replace(text, args[0], args[1])
    elif name == "join" and args:
        return (_joinable(args[0], text),)
    return args


def _joinable(values: Iterable[Any], separator: str) -> list[str]:
    """`values` as texts; refused when joining them would be too long."""
    parts: list[str] = []
    length = 0
    for value in values:
        parts.append(str(_finalize(value)))
        length += len(parts[-1]) + len(separator)
        if length > MAX_WEIGHT:
            raise LimitExceeded("it builds a text that is too long")
    return parts


def _check_replace(text: str, old: str, new: str) -> None:
    hits = text.count(old) if old else len(text) + 1
    if len(text) + hits * max(len(new) - len(old), 0) > MAX_WEIGHT:
        raise LimitExceeded("it builds a text that is too long")


def _check_width(spec: str) -> None:
    if any(int(digits[:9]) > _MAX_WIDTH for digits in re.findall(r"\d+", spec)) or (
        "%" in spec and "*" in spec
    ):
        raise LimitExceeded("it formats with a width that is too large")


def _raise_exception(message: object) -> None:
    raise Refused(str(message))


def _tojson(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """As Hugging Face defines it: plain JSON, nothing escaped for HTML."""
    if isinstance(indent, int) and not 0 <= indent <= 16:
        raise LimitExceeded("it indents JSON too far")
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


@pass_environment
def _join(environment: Environment, value: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    """Jinja's `join`, refused before it is too long."""
    if attribute is not None:
        value = map(make_attrgetter(environment, attribute), value)
    return str(d).join(_joinable(value, str(d)))


def _replace(text: object, old: str, new: str, count: int | None = None) -> str:
    """Jinja's `replace`, refused before it is too long."""
    whole, before, after = str(text), str(old), str(new)
    _check_replace(whole, before, after)
    return whole.replace(before, after, -1 if count is None else count)


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    """Jinja's `round` with a bounded precision (it computes 10 ** precision)."""
    if abs(precision) > 100:
        raise LimitExceeded("it rounds to too many digits")
    return float(do_round(value, precision, method))  # type: ignore[arg-type]


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's `indent` with a bounded width."""
    step = width if isinstance(width, int) else len(width)
    if step > _MAX_WIDTH or len(text) + (text.count("\n") + 1) * max(step, 0) > MAX_WEIGHT:
        raise LimitExceeded("it indents a text too far")
    return str(do_indent(text, width, first, blank))


def strftime_now(now: datetime | None) -> Callable[[str], str]:
    """The `strftime_now` that newer templates call; `now` fixed, or the time of the call."""

    def strftime(spec: str) -> str:
        _check_width(spec)
        if len(spec) > 200:
            raise LimitExceeded("it formats a date with too long a pattern")
        return (now or datetime.now()).strftime(spec)

    return strftime
