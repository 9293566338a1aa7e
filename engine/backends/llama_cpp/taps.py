"""Reading tensors out of llama.cpp's graph while it runs, through the scheduler's evaluation callback.

The scheduler asks for every node whether it is wanted, computes up to a wanted one, and calls again to hand
it over. The callback is fixed when a context is made, and its mere presence costs time (some thousand calls
a token), so a context has one only while somebody looks.

Names in the graph: `kq_soft_max-<layer>` (attention, only without flash attention), `l_out-<layer>` (hidden
state after a layer; in the last layer only for tokens whose scores were asked for), `ffn_moe_probs-<layer>`
(routing).
"""

import ctypes
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.native import library
from engine.errors import BugError, UserError
from engine.protocol.inspection import TapKind, TapSpec

NODE_NAMES: dict[TapKind, str] = {
    "attention": "kq_soft_max",
    "residual": "l_out",
    "routing": "ffn_moe_probs",
}
F32 = 0
Plan = Mapping[TapKind, Sequence[int]]
"""Layers by kind."""


def plan_of(spec: TapSpec | None, n_layer: int) -> Plan:
    """The layers that a spec means."""
    if spec is None:
        return {}
    layers = spec.layers or tuple(range(n_layer))
    return dict.fromkeys(spec.kinds, layers)


class TensorLayout(ctypes.Structure):
    """`struct ggml_tensor` of the pinned library; checked against `ggml_get_name` at the first use."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buffer", ctypes.c_void_p),
        ("ne", ctypes.c_int64 * 4),
        ("nb", ctypes.c_size_t * 4),
        ("op", ctypes.c_int),
        ("op_params", ctypes.c_int32 * 16),
        ("flags", ctypes.c_int32),
        ("src", ctypes.c_void_p * 10),
        ("view_src", ctypes.c_void_p),
        ("view_offs", ctypes.c_size_t),
        ("data", ctypes.c_void_p),
        ("name", ctypes.c_char * 64),
    )


_NAME_OFFSET = TensorLayout.name.offset


class _Places:
    """Which node addresses are wanted, learnt from one token and used for the next ones.

    A graph that is built anew lies where the one before lay, so this holds; where it does not (an adapter was
    put on), a wrong name or another number of nodes shows it, and the next token learns again.
    """

    def __init__(self) -> None:
        self.known: dict[int, bool] = {}
        self._learnt: dict[int, bool] = {}
        self._single = False
        self._met = 0

    def forget(self) -> None:
        self.known, self._learnt = {}, {}

    def begin(self) -> None:
        self.known = self._learnt
        self._single, self._met = True, 0

    def note(self, address: int, wanted: bool) -> None:
        if self._single:
            self.known[address] = wanted

    def met(self, wanted: bool) -> None:
        """A node was handed over; was it one that is wanted by its name?"""
        self._met += 1 if wanted else -1

    def end(self) -> None:
        fits = self._met == sum(self.known.values())
        self._learnt = self.known if fits else {}
        self.known, self._single = {}, False


class Captured(NamedTuple):
    """A tensor as the graph had it, `[ne3, ne2, ne1, ne0]`."""

    kind: TapKind
    layer: int
    data: NDArray[np.float32]


class Tap:
    """An evaluation callback and what it has caught. Give `callback` to the context's parameters.

    Keep it referenced as long as the context lives: llama.cpp calling a collected callback is a crash.
    """

    def __init__(self, sink: Callable[[Captured], None] | None = None) -> None:
        """`sink` is handed each tensor while llama.cpp waits, in place of keeping it for `take`; its data is
        valid only during the call.
        """
        self._sink = sink
        self._lib = library()._lib  # the functions of ggml, through the library that llama.cpp itself uses
        self._get = self._lib.ggml_backend_tensor_get
        self._get.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
        self._get.restype = None
        self._get_name = self._lib.ggml_get_name
        self._get_name.argtypes, self._get_name.restype = [ctypes.c_void_p], ctypes.c_char_p
        self._is_host = self._lib.ggml_backend_buffer_is_host
        self._is_host.argtypes, self._is_host.restype = [ctypes.c_void_p], ctypes.c_bool
        self._wanted: dict[bytes, tuple[TapKind, int]] = {}
        self._caught: list[Captured] = []
        self._error: BaseException | None = None
        self._checked = False
        self._places = _Places()
        self.callback: Any = library().ggml_backend_sched_eval_callback(self._on_node)

    def want(self, plan: Plan) -> None:
        """Catch these layers of these kinds from the next decode on."""
        self._caught = []
        self._places.forget()
        self._wanted = {
            f"{NODE_NAMES[kind]}-{layer}".encode(): (kind, layer)
            for kind, layers in plan.items()
            for layer in layers
        }

    def begin_chunk(self, first: int) -> None:
        """The next decode is of the tokens from position `first` on. Names tell this tap all it needs."""

    @contextmanager
    def single_token(self) -> Iterator[None]:
        """While one token is decoded, nodes are told apart by where they lie, which is the same for every
        token of a reply; asking a thousand nodes for their names would cost twice as much.
        """
        self._places.begin()
        try:
            yield
        finally:
            self._places.end()

    def take(self) -> list[Captured]:
        """What was caught since the last call, in the order of the graph. Raises what the callback met."""
        caught, self._caught = self._caught, []
        if self._error is not None:
            error, self._error = self._error, None
            if isinstance(error, OSError | UserError):  # of where it is put, such as a full disk
                raise error
            raise BugError(f"reading a tensor failed: {error!r}") from error
        return caught

    def _on_node(self, tensor: int, ask: bool, _user_data: object) -> bool:
        # Called from C: an exception would read as False, which in the second phase stops the computation.
        try:
            if ask and (wanted := self._places.known.get(tensor)) is not None:
                return wanted
            found = self._wanted.get(ctypes.string_at(tensor + _NAME_OFFSET))
            if ask:
                self._places.note(tensor, found is not None)
                return found is not None
            self._places.met(found is not None)
            if found is not None:
                self._catch(tensor, *found)
        except BaseException as error:  # noqa: BLE001 - raised by `take`
            self._error = error
        return not ask

    def _catch(self, address: int, kind: TapKind, layer: int) -> None:
        tensor = TensorLayout.from_address(address)
        if not self._checked:
            if self._get_name(address) != tensor.name or tensor.type != F32:
                raise BugError("the layout of ggml_tensor is not the one this release was written for")
            self._checked = True
        if tensor.nb[0] != 4 or tensor.nb[1] != 4 * tensor.ne[0]:
            raise BugError(f"{tensor.name!r} is not contiguous")
        shape = tuple(reversed(tensor.ne))
        if self._sink is not None:
            self._sink(Captured(kind, layer, self._view(address, tensor, shape)))
        else:
            self._caught.append(Captured(kind, layer, self._copy(address, shape)))

    def _copy(self, address: int, shape: tuple[int, ...]) -> NDArray[np.float32]:
        data = np.empty(shape, np.float32)
        self._get(address, data.ctypes.data, 0, data.nbytes)
        return data

    def _view(self, address: int, tensor: TensorLayout, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """The tensor where it lies, if that is this process's memory."""
        if not tensor.data or not self._is_host(tensor.buffer):
            return self._copy(address, shape)
        count = math.prod(shape)
        return np.ctypeslib.as_array((ctypes.c_float * count).from_address(tensor.data)).reshape(shape)
