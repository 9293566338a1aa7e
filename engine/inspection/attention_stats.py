"""What a head does, in numbers: entropy, distance, sink, previous token, induction.

Rows of attention come one by one (live, or from a whole matrix), and means over them are kept for each
layer and head. The scores are those of Olsson et al., “In-context Learning and Induction Heads” (2022):
an induction head attends from a token to what came after an earlier occurrence of the same token.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Metric = Literal["entropy", "distance", "first", "previous", "current", "induction"]


class HeadTable(NamedTuple):
    """Means over the rows seen, each `[layer, head]`; NaN where no row could say anything.

    `entropy` in bits. `distance` in tokens, weighted by attention. `first`, `previous`, `current`: attention
    to the first token (the sink), to the token before, to the token itself. `induction`: attention to the
    tokens that followed earlier occurrences of the same token. `rows` and `induction_rows`: how many counted.
    """

    entropy: Floats
    distance: Floats
    first: Floats
    previous: Floats
    current: Floats
    induction: Floats
    rows: int
    induction_rows: int


class HeadStatistics:
    """Accumulates rows. `tokens`: the ids of the text, which may grow; without them there is no induction."""

    def __init__(self, tokens: Sequence[int] = ()) -> None:
        self._tokens: list[int] = []
        self._seen: dict[int, list[int]] = {}
        self._sums: dict[str, Floats] = {}
        self._rows = 0
        self._later_rows = 0
        self._induction_rows = 0
        self.add_tokens(tokens)

    def add_tokens(self, tokens: Sequence[int]) -> None:
        """More of the text; tokens must be known before the row of their position is added."""
        for token in tokens:
            self._seen.setdefault(token, []).append(len(self._tokens))
            self._tokens.append(token)

    def add_row(self, row: NDArray[np.floating], position: int) -> None:
        """One query row `[layer, head, key]`; keys beyond `position` are ignored.

        Raises `ValueError` where the row is too short.
        """
        if row.ndim != 3 or row.shape[2] <= position:
            raise ValueError(f"a row of position {position} has the shape {row.shape}")
        weights = row[:, :, : position + 1].astype(np.float32, copy=False)
        distances = np.arange(position, -1, -1, dtype=np.float32)
        self._add("entropy", row_entropy(weights))
        self._add("distance", weights @ distances)
        self._add("current", weights[:, :, position])
        self._rows += 1
        if position == 0:
            return
        # A first token can only attend to itself: it says nothing about sinks.
        self._later_rows += 1
        self._add("first", weights[:, :, 0])
        self._add("previous", weights[:, :, position - 1])
        targets = self._induction_targets(position)
        if targets:
            self._induction_rows += 1
            self._add("induction", weights[:, :, targets].sum(axis=2))

    def add_matrix(self, attention: NDArray[np.floating], first_query: int = 0) -> None:
        """Rows of `[layer, head, query, key]`, whose first query is at position `first_query`."""
        for number in range(attention.shape[2]):
            self.add_row(attention[:, :, number, :], first_query + number)

    def table(self) -> HeadTable:
        """Means so far. Raises `ValueError` before the first row."""
        if not self._rows:
            raise ValueError("no rows were added")
        return HeadTable(
            self._mean("entropy", self._rows),
            self._mean("distance", self._rows),
            self._mean("first", self._later_rows),
            self._mean("previous", self._later_rows),
            self._mean("current", self._rows),
            self._mean("induction", self._induction_rows),
            self._rows,
            self._induction_rows,
        )

    def _induction_targets(self, position: int) -> list[int]:
        if position >= len(self._tokens):
            return []
        earlier = self._seen[self._tokens[position]]
        return [place + 1 for place in earlier if place + 1 < position]

    def _add(self, name: str, values: NDArray[np.floating]) -> None:
        if name in self._sums:
            self._sums[name] += values
        else:
            self._sums[name] = values.astype(np.float64)

    def _mean(self, name: str, count: int) -> Floats:
        if not count:
            return np.full_like(self._sums["entropy"], np.nan)
        return self._sums[name] / count


class RankedHead(NamedTuple):
    """A head and its value."""

    layer: int
    head: int
    value: float


def row_entropy(weights: NDArray[np.floating]) -> NDArray[np.float32]:
    """Shannon entropy in bits of each distribution on the last axis."""
    # The floor only guards the logarithm: 0 · log 0 counts as 0.
    logs = np.log2(np.maximum(weights, np.float32(1e-30)), dtype=np.float32)
    entropy: NDArray[np.float32] = -np.einsum("...k,...k->...", weights, logs, dtype=np.float32)
    return np.maximum(entropy, np.float32(0))


def ranked(
    values: NDArray[np.floating],
    layers: Sequence[int] = (),
    heads: Sequence[int] = (),
    *,
    ascending: bool = False,
) -> list[RankedHead]:
    """Heads by value, the largest first; heads without a value last.

    `values` `[layer, head]`; `layers` and `heads` name its rows and columns where they are a selection.
    """
    rows = layers or range(values.shape[0])
    columns = heads or range(values.shape[1])
    every = [
        RankedHead(layer, head, float(values[row, column]))
        for row, layer in enumerate(rows)
        for column, head in enumerate(columns)
    ]
    known = sorted(
        (one for one in every if not math.isnan(one.value)),
        key=lambda one: one.value,
        reverse=not ascending,
    )
    return known + [one for one in every if math.isnan(one.value)]
