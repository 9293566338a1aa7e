"""Weights of a loaded model, found by name while its graph runs, and replaced in place.

llama.cpp hands out no tensors of a model. They appear as sources of the nodes that the scheduler offers to
its evaluation callback, so one decode with a `WeightTap` finds all of them that are used.
"""

import ctypes
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.taps import Tap, TensorLayout
from engine.errors import BugError
from engine.library.ggml_types import GGML_TYPES

_SOURCES = 3
"""Weights are the first operand of a product, the second of an addition, the third of a few fused nodes."""


class WeightTap(Tap):
    """Give it to the context; after one decode `found` has the addresses of the wanted weights.

    The model must be loaded without mapping its file (`use_mmap=False`): mapped pages cannot be written.
    """

    def __init__(self, wanted: Collection[str]) -> None:
        super().__init__()
        self._missing = {name.encode() for name in wanted}
        self._searching = True
        self.found: dict[str, int] = {}
        self._set: Any = self._lib.ggml_backend_tensor_set
        self._set.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
        self._set.restype = None

    def stop_searching(self) -> None:
        """After the first decode: what was not found then is not part of the graph. Raises `BugError`."""
        self._searching = False
        self.take()

    def type_of(self, name: str) -> str:
        """The tensor type in which the loaded model holds a weight."""
        return GGML_TYPES[TensorLayout.from_address(self.found[name]).type].name

    def replace(self, name: str, data: NDArray[np.uint8]) -> None:
        """Other values, as bytes of the type that the tensor has."""
        address = self.found[name]
        size = ctypes.c_size_t(self._nbytes(address)).value
        if data.nbytes != size:
            raise BugError(f"{name} has {size} bytes, not {data.nbytes}")
        data = np.ascontiguousarray(data)
        self._set(address, data.ctypes.data, 0, data.nbytes)

    def _nbytes(self, address: int) -> int:
        count = self._lib.ggml_nbytes
        count.argtypes, count.restype = [ctypes.c_void_p], ctypes.c_size_t
        return int(count(address))

    def _on_node(self, address: int, ask: bool, _user_data: object) -> bool:
        # As in `Tap`: no exception may leave. Nothing is asked for, so the graph runs as it would without.
        if not ask:
            return True
        try:
            if self._searching and self._missing:
                for source in TensorLayout.from_address(address).src[:_SOURCES]:
                    self._look_at(source)
        except BaseException as error:  # noqa: BLE001 - raised by `take`
            self._error = error
        return False

    def _look_at(self, source: int | None) -> None:
        if not source:
            return
        name: bytes = TensorLayout.from_address(source).name
        if name in self._missing:
            self._missing.discard(name)
            self.found[name.decode()] = source
