"""The inputs of one matrix product of a running model, row by row."""

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.matmul_tap import MatmulTap, weight_name
from engine.backends.llama_cpp.taps import F32, TensorLayout


class InputTap(MatmulTap):
    """Keeps what goes into the product with the weight called `name`.

    `stop`: end the graph there. The layers behind are not computed then, and the scores are worth nothing; in
    a model with experts nothing may be computed from such leftovers, so there it has to be off.
    """

    def __init__(self, name: str, *, stop: bool) -> None:
        super().__init__()
        self._name = name
        self._stop = stop
        self._found = False
        self._rows: list[NDArray[np.float32]] = []

    def begin(self) -> None:
        """Call before every decode."""
        self._found = False

    def rows(self) -> NDArray[np.float32]:
        """[tokens, columns] of all decodes so far; [0, 0] where the graph has no such product."""
        return np.concatenate(self._rows) if self._rows else np.zeros((0, 0), np.float32)

    def _on_product(self, address: int, ask: bool) -> bool:
        if self._found:
            # Answering no to what was asked for ends the graph's part, which may be one of several.
            return ask if self._stop else not ask
        node = TensorLayout.from_address(address)
        if weight_name(node.src[0]) != self._name:
            return not ask
        source = TensorLayout.from_address(node.src[1])
        if ask or source.type != F32:
            return True
        rows = source.ne[1] * source.ne[2] * source.ne[3]
        self._rows.append(self._read(node.src[1], source).reshape(rows, source.ne[0]))
        self._found = True
        return not self._stop

    def _on_experts(self, _address: int, ask: bool) -> bool:
        return not ask
