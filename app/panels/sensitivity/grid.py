"""A sensitivity map as a table of layers and kinds. Pure, so that it can be tested."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from engine.quantize.sensitivity_map import SensitivityMap, TensorSensitivity, TypeChoice
from engine.quantize.types import TENSOR_TYPES

DIVERGENCE, ERROR, CHOICE = "divergence", "error", "choice"
OUTSIDE = -1
"""The column of tensors outside of the layers."""


class Cell(NamedTuple):
    """One tensor. `level` 0 to 255; `label` where there is room for it."""

    tensor: TensorSensitivity
    value: float
    level: int
    label: str


class Grid(NamedTuple):
    """`cells` by (row, column): rows are `kinds`, columns `layers`. `low` and `high`: ends of the scale."""

    kinds: tuple[str, ...]
    layers: tuple[int, ...]
    cells: Mapping[tuple[int, int], Cell]
    low: float
    high: float


def make_grid(
    found: SensitivityMap, measure: str, kind: str = "", types: Mapping[str, str] | None = None
) -> Grid:
    """`DIVERGENCE`: the part of the divergence with all tensors in `kind`, or in the nearest type they have;
    `ERROR`: the error of the weights in `kind`; `CHOICE`: bits of the type that `types` gives a tensor.
    """
    kinds = tuple(dict.fromkeys(one.kind for one in found.tensors))
    layers = tuple(sorted({one.layer for one in found.tensors}))
    values = {one.name: value_of(one, measure, kind, types or {}) for one in found.tensors}
    known = [value for value in values.values() if value > 0]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if measure == DIVERGENCE:  # quiet ones would stretch the scale
        low = max(low, high / 1000)
    cells = {}
    for one in found.tensors:
        value = values[one.name]
        label = (types or {}).get(one.name, "") if measure == CHOICE else ""
        place = (kinds.index(one.kind), layers.index(one.layer))
        cells[place] = Cell(one, value, _level(value, low, high, linear=measure == CHOICE), label)
    return Grid(kinds, layers, cells, low, high)


def value_of(one: TensorSensitivity, measure: str, kind: str, types: Mapping[str, str]) -> float:
    """What a cell shows, 0 where nothing is known."""
    if measure == CHOICE:
        name = types.get(one.name, "")
        return TENSOR_TYPES[name].bits if name in TENSOR_TYPES else 0.0
    choice = one.choice(kind) or nearest(one, kind)
    return one.weight * choice.error**2 if measure == DIVERGENCE else choice.error


def nearest(one: TensorSensitivity, kind: str) -> TypeChoice:
    """The choice whose bits are nearest to those of a type that this width does not fit."""
    wanted = TENSOR_TYPES[kind].bits if kind in TENSOR_TYPES else 4.5
    return min(one.choices, key=lambda choice: (abs(TENSOR_TYPES[choice.type].bits - wanted), choice.type))


def types_of(found: SensitivityMap) -> list[str]:
    """All types that were measured, small to large."""
    names = {choice.type for one in found.tensors for choice in one.choices}
    return sorted(names, key=lambda name: (TENSOR_TYPES[name].bits, name))


def _level(value: float, low: float, high: float, *, linear: bool) -> int:
    """Errors and divergences on a logarithmic scale."""
    if value <= 0:
        return 0
    if high <= low:
        return 160
    logarithmic = math.log(max(value, low) / low) / math.log(high / low)
    share = (value - low) / (high - low) if linear else logarithmic
    return round(20 + 235 * min(max(share, 0.0), 1.0))
