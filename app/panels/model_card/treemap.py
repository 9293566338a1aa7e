"""Squarified treemaps: Bruls, Huizing and van Wijk, “Squarified Treemaps” (2000). Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A rectangle; the unit is that of the given width and height."""

    left: float
    top: float
    width: float
    height: float


def squarify(values: Sequence[float], width: float, height: float) -> list[Place]:
    """A rectangle for each value, in the given order, areas in proportion and as square as they can be.

    Values should come largest first; those of 0 or less get an empty rectangle.
    """
    positive = [value for value in values if value > 0]
    total = sum(positive)
    if total <= 0 or width <= 0 or height <= 0:
        return [Place(0, 0, 0, 0) for _ in values]
    scale = width * height / total
    areas = [value * scale for value in positive]
    places: list[Place] = []
    left, top = 0.0, 0.0
    begin = 0
    while begin < len(areas):
        side = min(width, height)
        end = _row_end(areas, begin, side)
        row = areas[begin:end]
        thick = sum(row) / side if side > 0 else 0.0
        at = 0.0
        for area in row:
            long = area / thick if thick > 0 else 0.0
            across = width >= height
            places.append(
                Place(left, top + at, thick, long) if across else Place(left + at, top, long, thick)
            )
            at += long
        if width >= height:
            left, width = left + thick, max(0.0, width - thick)
        else:
            top, height = top + thick, max(0.0, height - thick)
        begin = end
    filled = iter(places)
    return [next(filled) if value > 0 else Place(0, 0, 0, 0) for value in values]


def _row_end(areas: Sequence[float], begin: int, side: float) -> int:
    """How many go into one row: as long as the worst rectangle of the row gets squarer."""
    end, worst = begin + 1, _worst(areas[begin : begin + 1], side)
    while end < len(areas):
        longer = _worst(areas[begin : end + 1], side)
        if longer > worst:
            break
        end, worst = end + 1, longer
    return end


def _worst(row: Sequence[float], side: float) -> float:
    total = sum(row)
    if total <= 0 or side <= 0:
        return float("inf")
    return max(side * side * max(row) / total**2, total**2 / (side * side * min(row)))
