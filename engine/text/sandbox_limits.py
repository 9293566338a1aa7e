"""Bounds on what one operation of a template may build.

Everything here is checked *before* or in small steps *while* a value is made, because a single call into
C cannot be interrupted.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2.exceptions import TemplateError
from jinja2.utils import Namespace

MAX_WEIGHT = 16_000_000
"""Characters in one value; an item of a container counts as `_ITEM` characters."""
MAX_WIDTH = 1000
_ITEM = 32
_MAX_DEPTH = 40
_MAX_BITS = 4096


class LimitExceeded(TemplateError):
    """The template wanted more than it may have."""


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


def bounded_join(parts: Iterable[str]) -> str:
    """`"".join` that stops before the result is too long."""
    taken: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > MAX_WEIGHT:
            raise LimitExceeded("it builds a text that is too long")
        taken.append(part)
    return "".join(taken)


def check_operands(operator: str, left: Any, right: Any) -> None:
    """Refuses what would be large before it is computed."""
    if operator == "%" and isinstance(left, str):
        check_width(left)
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


def check_method(text: str, name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments of `text.name(…)`, iterators made concrete; refuses results that would be too long."""
    if name == "replace" and len(args) >= 2 and all(isinstance(part, str) for part in args[:2]):
        check_replace(text, args[0], args[1])
    elif name == "join" and args:
        return (joinable(args[0], text),)
    return args


def joinable(values: Iterable[Any], separator: str) -> list[str]:
    """`values` as texts; refused when joining them would be too long."""
    parts: list[str] = []
    length = 0
    for value in values:
        parts.append(_as_text(value))
        length += len(parts[-1]) + len(separator)
        if length > MAX_WEIGHT:
            raise LimitExceeded("it builds a text that is too long")
    return parts


def check_replace(text: str, old: str, new: str) -> None:
    hits = text.count(old) if old else len(text) + 1
    if len(text) + hits * max(len(new) - len(old), 0) > MAX_WEIGHT:
        raise LimitExceeded("it builds a text that is too long")


def check_width(spec: str) -> None:
    wide = any(int(digits[:9]) > MAX_WIDTH for digits in re.findall(r"\d+", spec))
    if wide or ("%" in spec and "*" in spec):
        raise LimitExceeded("it formats with a width that is too large")


def _as_text(value: Any) -> str:
    check_weight(value)
    return str(value)
