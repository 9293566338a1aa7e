"""The plain way to compute attention: numpy, where the kernel was not compiled."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.inspection.attention_inputs import Attention, Floats, HeadBlock, Task, Weights


class NumpyAttention:
    """One layer at a time."""

    def begin(self, inputs: Attention, seen: int) -> list[Task]:
        """Tasks that have to be done before `attend`; `seen` keys are looked at."""
        self._inputs = inputs
        self._keys: list[Floats] = [np.empty(0, np.float32)] * len(inputs.keys)
        self._values = list(self._keys)

        def prepare(group: int) -> None:
            self._keys[group] = _single(inputs.keys[group, :seen].T)
            self._values[group] = _single(inputs.values[group, :seen])

        return [partial(prepare, group) for group in range(len(inputs.keys))]

    def attend(self, job: HeadBlock, rows: Weights | None) -> None:
        """Fills the block's part of `out`, and `rows` with its weights."""
        inputs, block = self._inputs, job.block
        group = job.head * len(self._keys) // len(inputs.queries)
        scores = self._scores(job, self._keys[group])
        sink = np.float32(-np.inf if inputs.sinks is None else inputs.sinks[job.head])
        highest = np.maximum(scores.max(axis=1, keepdims=True, initial=-np.inf), sink)
        highest[np.isinf(highest)] = 0
        scores -= highest
        np.exp(scores, out=scores)
        total = scores.sum(axis=1, keepdims=True) + np.exp(sink - highest)
        # A query that sees nothing gets zeros.
        total[total == 0] = 1
        scores /= total
        values = self._values[group][block.first : block.last]
        inputs.out[job.head, block.start : block.stop] = np.matmul(scores, values)
        if rows is not None:
            rows[:, : block.first] = 0
            rows[:, block.first : block.last] = scores
            rows[:, block.last :] = 0

    def _scores(self, job: HeadBlock, keys: Floats) -> Any:
        """`[query, key]` of the keys that the block sees."""
        inputs, block = self._inputs, job.block
        queries = inputs.queries[job.head, block.start : block.stop] * np.float32(inputs.scale)
        scores = np.matmul(queries, keys[:, block.first : block.last], dtype=np.float32)
        if inputs.softcap:
            cap = np.float32(inputs.softcap)
            scores /= cap
            np.tanh(scores, out=scores)
            scores *= cap
        if block.to_key > block.from_key:
            slope = np.float32(1 if inputs.slopes is None else inputs.slopes[job.head])
            part = inputs.mask.values[block.start : block.stop, block.from_key : block.to_key]
            scores[:, block.from_key - block.first : block.to_key - block.first] += slope * part
        return scores


def _single(array: NDArray[np.floating]) -> Floats:
    return np.ascontiguousarray(array, dtype=np.float32)
