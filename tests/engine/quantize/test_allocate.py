"""Choosing types, against all combinations where there are few enough of them."""

import itertools
import re

import numpy as np
import pytest

from engine.quantize.allocate import Option, Walk, base_type, hull, overrides_of


def some_options(seed: int, tensors: int = 5, types: int = 4) -> dict[str, list[Option]]:
    """Costs that fall with the bytes, not always evenly."""
    random = np.random.default_rng(seed)
    found = {}
    for number in range(tensors):
        scale = 10.0 ** random.uniform(-3, 0)
        sizes = np.cumsum(random.integers(1, 40, types)) * int(random.integers(1, 9))
        costs = scale * np.sort(random.random(types))[::-1]
        found[f"t{number}"] = [
            Option(f"T{place}", int(size), float(cost))
            for place, (size, cost) in enumerate(zip(sizes, costs, strict=True))
        ]
    return found


def best_within(options: dict[str, list[Option]], budget: int) -> float:
    return min(
        sum(one.cost for one in chosen)
        for chosen in itertools.product(*options.values())
        if sum(one.nbytes for one in chosen) <= budget
    )


@pytest.mark.parametrize("seed", range(12))
def test_within_bytes_is_near_the_best_of_all_combinations(seed: int) -> None:
    options = some_options(seed)
    walk = Walk(options)
    low, high = walk.smallest.nbytes, walk.best.nbytes
    largest_step = max(
        small.cost - large.cost
        for each in options.values()
        for small, large in itertools.pairwise(hull(each))
    )
    for share in (0.0, 0.3, 0.6, 1.0):
        budget = low + round(share * (high - low))
        found = walk.within_bytes(budget)
        assert found is not None
        assert found.nbytes <= budget
        best = best_within(options, budget)
        assert best <= found.cost + 1e-12
        assert found.cost <= best + largest_step
    assert walk.within_bytes(low - 1) is None


@pytest.mark.parametrize("seed", range(6))
def test_steps_of_the_walk_are_optimal(seed: int) -> None:
    options = some_options(seed, tensors=4, types=3)
    for nbytes, cost in Walk(options).curve():
        assert cost == pytest.approx(best_within(options, nbytes), rel=1e-9, abs=1e-12)


def test_within_cost_takes_no_more_than_needed() -> None:
    walk = Walk(some_options(3), fixed_bytes=1000)
    for budget in (walk.best.cost, (walk.best.cost + walk.smallest.cost) / 2, walk.smallest.cost):
        found = walk.within_cost(budget)
        assert found is not None
        assert found.cost <= budget + 1e-12
        fewer = walk.within_bytes(found.nbytes - 1)
        assert fewer is None or fewer.cost > found.cost
    assert walk.within_cost(walk.best.cost / 2) is None
    small = walk.within_cost(walk.smallest.cost)
    assert small is not None
    assert small.nbytes == walk.smallest.nbytes


def test_hull_drops_what_is_never_worth_it() -> None:
    options = [
        Option("A", 10, 1.0),
        Option("B", 20, 0.9),  # above the line from A to C
        Option("C", 30, 0.1),
        Option("D", 40, 0.2),  # larger and worse
        Option("E", 50, 0.05),
    ]
    assert [one.type for one in hull(options)] == ["A", "C", "E"]


def test_rules_name_every_tensor_once() -> None:
    types = {
        "token_embd.weight": "Q8_0",
        "blk.0.attn_q.weight": "Q4_K",
        "blk.1.attn_q.weight": "Q5_K",
        "blk.10.attn_q.weight": "Q4_K",
        "blk.0.ffn_down.weight": "Q4_K",
    }
    rules = overrides_of(types)
    for name, kind in types.items():
        assert [given for pattern, given in rules if re.search(pattern, name)] == [kind]
    assert len(rules) == 4
    assert base_type({"a": "Q4_K", "b": "Q4_K", "c": "Q8_0"}) == "Q4_K_S"
    assert base_type({"a": "Q5_0"}) == "Q5_0"
