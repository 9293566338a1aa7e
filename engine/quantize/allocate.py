"""Which type each tensor gets, for a size or a divergence that is wanted.

Every tensor has options (bytes, cost); one of each is taken, so that the sum of the costs is small and the
sum of the bytes within a budget: a multiple-choice knapsack. Its linear relaxation is solved exactly by a
greedy walk (Sinha and Zoltners 1979): drop the options of each tensor that are not on the lower convex hull
of cost over bytes, begin with the smallest of each, and again and again take the step up that saves the most
cost for a byte. The walk is optimal at each of its steps; where a step no longer fits a budget, the next best
that does is taken, and for a cost that is overshot, steps that turn out not to be needed are taken back.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.quantize.sensitivity_map import SensitivityMap
from engine.quantize.types import FILE_TYPES


class Option(NamedTuple):
    """One type for one tensor; `cost` adds up over tensors."""

    type: str
    nbytes: int
    cost: float


class Allocation(NamedTuple):
    """`types` by tensor name. `cost` is the predicted KL divergence where the map knows it."""

    types: Mapping[str, str]
    nbytes: int
    cost: float


Options = Mapping[str, Sequence[Option]]


def options_of(found: SensitivityMap) -> dict[str, list[Option]]:
    """What each tensor can become, with its part of the predicted divergence."""
    return {
        tensor.name: [
            Option(one.type, one.nbytes, tensor.weight * one.error**2)
            for one in sorted(tensor.choices, key=lambda choice: choice.nbytes)
        ]
        for tensor in found.tensors
    }


def hull(options: Sequence[Option]) -> list[Option]:
    """The lower convex hull of cost over bytes, from small to costless."""
    kept: list[Option] = []
    for one in sorted(options, key=lambda option: (option.nbytes, option.cost)):
        if kept and one.cost >= kept[-1].cost:
            continue
        if kept and one.nbytes == kept[-1].nbytes:
            kept.pop()
        while len(kept) > 1 and _slope(kept[-2], kept[-1]) <= _slope(kept[-2], one):
            kept.pop()
        kept.append(one)
    return kept


def _slope(small: Option, large: Option) -> float:
    """Cost saved for a byte."""
    return (small.cost - large.cost) / (large.nbytes - small.nbytes)


class Walk:
    """The greedy walk over some options, from the smallest model to the best one."""

    def __init__(self, options: Options, fixed_bytes: int = 0) -> None:
        self._hulls = {name: hull(each) for name, each in options.items()}
        self._fixed = fixed_bytes

    @property
    def smallest(self) -> Allocation:
        """Every tensor in its smallest useful type."""
        return self._made(dict.fromkeys(self._hulls, 0))

    @property
    def best(self) -> Allocation:
        """Every tensor in its most accurate type."""
        return self._made({name: len(each) - 1 for name, each in self._hulls.items()})

    def within_bytes(self, budget: int) -> Allocation | None:
        """The best within a size of the whole file; None where the smallest is too large."""
        places = dict.fromkeys(self._hulls, 0)
        nbytes = self._made(places).nbytes
        if nbytes > budget:
            return None
        for name, step in self._steps():
            low, high = self._hulls[name][step], self._hulls[name][step + 1]
            if places[name] == step and nbytes + high.nbytes - low.nbytes <= budget:
                places[name] = step + 1
                nbytes += high.nbytes - low.nbytes
        return self._made(places)

    def within_cost(self, budget: float) -> Allocation | None:
        """The smallest whose cost is within a budget; None where the best is above it."""
        places = dict.fromkeys(self._hulls, 0)
        cost = self._made(places).cost
        if self.best.cost > budget:
            return None
        steps = self._steps()
        for name, step in steps:
            if cost <= budget:
                break
            cost -= self._hulls[name][step].cost - self._hulls[name][step + 1].cost
            places[name] = step + 1
        # The last step may have overshot: take back what is not needed, the least useful first.
        for name, step in reversed(steps):
            worse = self._hulls[name][step].cost - self._hulls[name][step + 1].cost
            if places[name] == step + 1 and cost + worse <= budget:
                places[name] = step
                cost += worse
        return self._made(places)

    def curve(self) -> list[tuple[int, float]]:
        """(bytes, cost) after every step: what can be had."""
        start = self.smallest
        nbytes, cost = start.nbytes, start.cost
        points = [(nbytes, cost)]
        for name, step in self._steps():
            low, high = self._hulls[name][step], self._hulls[name][step + 1]
            nbytes += high.nbytes - low.nbytes
            cost -= low.cost - high.cost
            points.append((nbytes, max(cost, 0.0)))
        return points

    def _steps(self) -> Sequence[tuple[str, int]]:
        """All steps of all tensors, the most cost for a byte first. Slopes of a hull fall, so the steps of
        one tensor come in order.
        """
        steps = [
            (-_slope(low, high), name, number)
            for name, each in self._hulls.items()
            for number, (low, high) in enumerate(pairwise(each))
        ]
        return [(name, number) for _slope_down, name, number in sorted(steps)]

    def _made(self, places: Mapping[str, int]) -> Allocation:
        chosen = {name: self._hulls[name][place] for name, place in places.items()}
        return Allocation(
            {name: option.type for name, option in chosen.items()},
            self._fixed + sum(option.nbytes for option in chosen.values()),
            sum(option.cost for option in chosen.values()),
        )


def overrides_of(types: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """As rules for a `QuantizeJob`: one pattern for all layers in which a kind of tensor gets a type."""
    groups: dict[tuple[str, str], list[str]] = {}
    rules: list[tuple[str, str]] = []
    for name, kind in types.items():
        parts = name.split(".", 2)
        if len(parts) == 3 and parts[0] == "blk" and parts[1].isdigit():
            groups.setdefault((parts[2], kind), []).append(parts[1])
        else:
            rules.append((f"^{re.escape(name)}$", kind))
    for (rest, kind), layers in groups.items():
        rules.append((rf"^blk\.({'|'.join(layers)})\.{re.escape(rest)}$", kind))
    return tuple(rules)


def base_type(types: Mapping[str, str]) -> str:
    """The file type that names a mixture: that of most tensors."""
    counts: dict[str, int] = {}
    for kind in types.values():
        counts[kind] = counts.get(kind, 0) + 1
    most = max(counts, key=lambda kind: counts[kind])
    named = [one.name for one in FILE_TYPES.values() if one.base == most and not one.needs_imatrix]
    return named[-1] if most.endswith("_K") and named else next(iter(named), "Q8_0")
