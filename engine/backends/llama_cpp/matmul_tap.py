"""What goes into the matrix products of a running model: for each weight, the sums of squares of its inputs.

The definition is that of llama.cpp's `llama-imatrix`: for every `MUL_MAT` of a weight “blk.…” with at least
16 rows of F32 input the squares of each input column are summed over the rows; for `MUL_MAT_ID` (mixtures of
experts) each row counts for the expert that it was given to.
"""

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.taps import F32, Tap, TensorLayout
from engine.errors import BugError

_FEWEST_ROWS = 16
_OP_OFFSET = TensorLayout.op.offset


@dataclass
class InputSquares:
    """`sums` [matrices, columns] in double precision, `counts` [matrices]: rows that were summed."""

    sums: NDArray[np.float64]
    counts: NDArray[np.int64]


class MatmulTap(Tap):
    """Sums while the graph runs, so that nothing large is kept. Several products with one input (queries,
    keys and values) read it once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.squares: dict[str, InputSquares] = {}
        self._seen: dict[int, NDArray[np.float64]] = {}
        name = self._lib.ggml_op_name
        name.argtypes, name.restype = [ctypes.c_int], ctypes.c_char_p
        operations = {name(number): number for number in range(128)}
        self._mul_mat, self._mul_mat_id = operations[b"MUL_MAT"], operations[b"MUL_MAT_ID"]

    def begin(self) -> None:
        """Call before every decode: the graph's tensors are others then."""
        self._seen.clear()

    def check(self) -> None:
        """Raises what the callback met."""
        self.take()

    def _on_node(self, address: int, ask: bool, _user_data: object) -> bool:
        # As in `Tap`: no exception may leave.
        try:
            operation = ctypes.c_int.from_address(address + _OP_OFFSET).value
            if operation == self._mul_mat:
                return self._on_product(address, ask)
            if operation == self._mul_mat_id:
                return self._on_experts(address, ask)
        except BaseException as error:  # noqa: BLE001 - raised by `check`
            self._error = error
        return not ask

    def _on_product(self, address: int, ask: bool) -> bool:
        node = TensorLayout.from_address(address)
        source = TensorLayout.from_address(node.src[1])
        weight = weight_name(node.src[0])
        if weight is None or source.type != F32 or source.ne[1] < _FEWEST_ROWS:
            return not ask
        known = self._seen.get(node.src[1])
        if ask and known is None:
            return True
        if not ask and known is not None:
            return True  # counted when it was asked for
        rows = source.ne[1] * source.ne[2] * source.ne[3]
        if known is None:
            values = self._read(node.src[1], source).reshape(rows, source.ne[0])
            known = self._seen[node.src[1]] = _squares(values)
        self._add(weight, 1, known[None, :], np.array([rows]))
        return not ask

    def _on_experts(self, address: int, ask: bool) -> bool:
        node = TensorLayout.from_address(address)
        source, ids = TensorLayout.from_address(node.src[1]), TensorLayout.from_address(node.src[2])
        weight = weight_name(node.src[0])
        if weight is None or source.type != F32 or source.ne[2] < _FEWEST_ROWS:
            return not ask
        if ask:
            return True
        chosen = self._read_ids(node.src[2], ids)  # [token, slot]
        values = self._read(node.src[1], source)[0]  # [token, slot or 1, column]
        experts = int(TensorLayout.from_address(node.src[0]).ne[2])
        sums = np.zeros((experts, values.shape[2]))
        for expert in np.unique(chosen):
            token, slot = np.nonzero(chosen == expert)
            sums[expert] = _squares(values[token, slot % values.shape[1]])
        self._add(weight, experts, sums, np.bincount(chosen.reshape(-1), minlength=experts))
        return True

    def _add(self, weight: str, matrices: int, sums: NDArray[np.float64], counts: NDArray[Any]) -> None:
        known = self.squares.get(weight)
        if known is None:
            known = InputSquares(np.zeros((matrices, sums.shape[1])), np.zeros(matrices, np.int64))
            self.squares[weight] = known
        known.sums += sums
        known.counts += counts

    def _read(self, address: int, tensor: TensorLayout) -> NDArray[np.float32]:
        if tensor.nb[0] != 4 or tensor.nb[1] != 4 * tensor.ne[0]:
            raise BugError(f"{tensor.name!r} is not contiguous")
        data = np.empty(tuple(reversed(tensor.ne)), np.float32)
        self._get(address, data.ctypes.data, 0, data.nbytes)
        return data

    def _read_ids(self, address: int, tensor: TensorLayout) -> NDArray[np.int32]:
        """A view of the sorted experts: rows are further apart than they are long."""
        slots, tokens = int(tensor.ne[0]), int(tensor.ne[1])
        stride = int(tensor.nb[1]) // 4
        data = np.zeros(stride * (tokens - 1) + slots, np.int32)
        self._get(address, data.ctypes.data, 0, data.nbytes)
        return np.lib.stride_tricks.as_strided(data, (tokens, slots), (4 * stride, 4))


def _squares(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Sums of squares of the columns; single precision within 512 rows, as much as the inputs have."""
    total: NDArray[np.float64] = np.zeros(values.shape[1])
    for start in range(0, len(values), 512):
        part = values[start : start + 512]
        total += np.einsum("ij,ij->j", part, part)
    return total


def weight_name(address: int) -> str | None:
    """The name of a weight inside a layer; on other devices it is a copy called “DEVICE#name#0”."""
    name: bytes = TensorLayout.from_address(address).name
    if b"#" in name:
        name = name.split(b"#")[1]
    return name.decode() if name.startswith(b"blk.") else None
