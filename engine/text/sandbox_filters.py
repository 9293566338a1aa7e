"""The filters of chat templates, each bounded; `tojson` and `strftime_now` as Hugging Face defines them."""

import functools
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.exceptions import TemplateError
from jinja2.filters import FILTERS, do_indent, do_round, make_attrgetter

from engine.text.sandbox_limits import (
    MAX_WEIGHT,
    MAX_WIDTH,
    LimitExceeded,
    check_replace,
    check_weight,
    check_width,
    joinable,
)

_UNCHANGED = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby"),
    *("int", "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"),
    *("reverse", "safe", "select", "selectattr", "sort", "string", "sum", "title", "trim", "unique"),
    *("upper", "urlencode", "wordcount"),
)


class Refused(TemplateError):
    """The template itself called `raise_exception`: it does not take this conversation."""


def allowed_filters() -> dict[str, Callable[..., Any]]:
    """The filters a template may use, by name."""
    own: dict[str, Callable[..., Any]] = {
        "tojson": _tojson,
        "round": _round,
        "indent": _indent,
        "join": _join,
        "replace": _replace,
    }
    return {name: _checked(function) for name, function in own.items()} | {
        name: _checked(FILTERS[name]) for name in _UNCHANGED
    }


def raise_exception(message: object) -> None:
    raise Refused(str(message))


def strftime_now(now: datetime | None) -> Callable[[str], str]:
    """The `strftime_now` that newer templates call; `now` fixed, or the time of the call."""

    def strftime(spec: str) -> str:
        check_width(spec)
        if len(spec) > 200:
            raise LimitExceeded("it formats a date with too long a pattern")
        return (now or datetime.now().astimezone()).strftime(spec)

    return strftime


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
    return str(d).join(joinable(value, str(d)))


def _replace(text: object, old: str, new: str, count: int | None = None) -> str:
    """Jinja's `replace`, refused before it is too long."""
    whole, before, after = str(text), str(old), str(new)
    check_replace(whole, before, after)
    return whole.replace(before, after, -1 if count is None else count)


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    """Jinja's `round` with a bounded precision (it computes 10 ** precision)."""
    if abs(precision) > 100:
        raise LimitExceeded("it rounds to too many digits")
    return float(do_round(value, precision, method))  # type: ignore[arg-type]


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's `indent` with a bounded width."""
    step = width if isinstance(width, int) else len(width)
    if step > MAX_WIDTH or len(text) + (text.count("\n") + 1) * max(step, 0) > MAX_WEIGHT:
        raise LimitExceeded("it indents a text too far")
    return str(do_indent(text, width, first, blank))
