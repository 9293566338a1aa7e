"""An adapter put into the weights it was trained for: W + s·B·A, and for DoRA m · (W + s·B·A) / its row norms
(Liu et al. 2024), as PEFT's `merge_and_unload` computes them.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.convert.peft_folder import LoraPart, PeftAdapter
from engine.convert.weights import StoredTensor, read_values, to_float
from engine.errors import UserError

Floats = NDArray[np.float32]
_BLOCK_VALUES = 1 << 20


class Merge:
    """`transposed`: modules whose matrices are stored [in, out], as GPT-2's are."""

    def __init__(self, adapter: PeftAdapter, transposed: tuple[str, ...] = ()) -> None:
        self.adapter = adapter
        self._transposed = transposed

    def changes(self, name: str) -> bool:
        """Whether a tensor of the base becomes another one."""
        return self._part(name) is not None

    def check(self, shapes: dict[str, tuple[int, ...]], base: Path) -> None:
        """Raises `UserError` adapter.mismatch where the base has no such matrices."""
        for module, part in self.adapter.parts.items():
            wanted = (part.b.shape[0], part.a.shape[1])
            there = shapes.get(f"{module}.weight")
            if there is not None and self._is_transposed(module):
                there = there[::-1]
            if there != wanted:
                what = f"{module} is {_size(there)} there and {_size(wanted)} in the adapter"
                raise UserError("adapter.mismatch", path=self.adapter.path, model=base, what=what)

    def merged(self, name: str, values: Floats) -> Floats:
        """The tensor as the adapter has it, in the memory of `values`."""
        part = self._part(name)
        if part is not None:
            _add(part, values.T if self._is_transposed(part.module) else values)
        return values

    def _part(self, name: str) -> LoraPart | None:
        return self.adapter.parts.get(name.removesuffix(".weight")) if name.endswith(".weight") else None

    def _is_transposed(self, module: str) -> bool:
        return bool(self._transposed) and module.endswith(self._transposed)


def _add(part: LoraPart, values: Floats) -> None:
    """In place, some rows at a time: what is added is never there as a whole."""
    a, b = _floats(part.a), _floats(part.b)
    magnitude = _floats(part.magnitude).reshape(-1, 1) if part.magnitude is not None else None
    step = max(1, _BLOCK_VALUES // values.shape[1])
    for start in range(0, len(values), step):
        rows = values[start : start + step]
        rows += np.float32(part.scale) * (b[start : start + step] @ a)
        if magnitude is not None:
            rows *= magnitude[start : start + step] / np.linalg.norm(rows, axis=1, keepdims=True)


def _floats(tensor: StoredTensor) -> Floats:
    return to_float(read_values(tensor))


def _size(shape: tuple[int, ...] | None) -> str:
    return " × ".join(map(str, shape)) if shape is not None else "missing"
