"""LoRA adapters on a loaded model: several at once, each with its own strength, put on without reloading.

An adapter's file is read once and stays in memory with the model. Which ones act is a setting of a context,
changed in a fraction of a millisecond; what the context has read so far was read with the old ones, and is of
no use then.
"""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.backends.llama_cpp.native import clear_log, library, logged_errors
from engine.errors import UserError
from engine.library.fingerprint import model_hash
from engine.library.gguf_header import GgufHeader, TensorInfo, read_header
from engine.library.shards import part_paths
from engine.protocol.values import AdapterUse, UsedAdapter

_SIDES = {".lora_a": 0, ".lora_b": 1}
"""Which dimension of a matrix each half has, in ggml's order: lora_a is (inputs, rank), lora_b (rank,
outputs).
"""


class _Opened(NamedTuple):
    """`stamp`: size and time of change of the file that was read."""

    handle: Any
    stamp: tuple[int, int]
    fingerprint: str


class AdapterSet:
    """The adapters of one model. They are freed with it."""

    def __init__(self, model_handle: Any, model_path: str) -> None:
        self._model, self._model_path = model_handle, Path(model_path)
        self._opened: dict[str, _Opened] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._architecture = ""
        self.used: tuple[UsedAdapter, ...] = ()

    @property
    def key(self) -> str:
        """What must be equal for a cache to hold; "" without adapters."""
        return "|".join(f"{one.fingerprint}*{one.scale:.6g}" for one in self.used)

    def use(self, wanted: Sequence[AdapterUse]) -> bool:
        """These from now on, in contexts that `put_on` is called with. True where that is a change.

        Raises `UserError` adapter.mismatch, adapter.unreadable, model.*; then everything is as it was.
        """
        used = tuple(
            UsedAdapter(one.path, self._open(one.path).fingerprint, one.scale)
            for one in wanted
            if one.scale != 0
        )
        changed = used != self.used
        self.used = used
        return changed

    def put_on(self, context: Any) -> None:
        """Let them act in a context. Costs nothing where they do already."""
        lib, count = library(), len(self.used)
        handles = (lib.llama_adapter_lora_p_ctypes * max(1, count))(
            *(self._opened[one.path].handle for one in self.used)
        )
        scales = (ctypes.c_float * max(1, count))(*(one.scale for one in self.used))
        if lib.llama_set_adapters_lora(context, handles, count, scales) != 0:
            raise UserError("adapter.unreadable", path=self.used[0].path, reason="llama.cpp refuses it")

    def _open(self, path: str) -> _Opened:
        stamp = _stamp(path)
        known = self._opened.get(path)
        if known is not None and known.stamp == stamp:
            return known
        header = read_header(path)
        self._check(header)
        clear_log()
        handle = library().llama_adapter_lora_init(self._model, path.encode())
        if not handle:
            lines = logged_errors()
            reason = lines[0].rstrip(".") if lines else "llama.cpp gave no reason"
            raise UserError("adapter.unreadable", path=path, reason=reason)
        self._opened[path] = opened = _Opened(handle, stamp, model_hash(path))
        return opened

    def _check(self, header: GgufHeader) -> None:
        """Native code would say the same in other words, or read beyond a matrix."""
        path = header.path
        if header.metadata.get("general.type") != "adapter":
            raise UserError("adapter.unreadable", path=path, reason="it is a model, not an adapter")
        if header.metadata.get("adapter.type") != "lora":
            raise UserError("adapter.kind", path=path, kind=str(header.metadata.get("adapter.type"))[:40])
        self._read_model()
        kind = str(header.metadata.get("general.architecture"))[:40]
        if kind != self._architecture:
            what = f"it was made for the architecture {kind}, and this is {self._architecture}"
            raise UserError("adapter.mismatch", path=path, model=self._model_path, what=what)
        for tensor in header.tensors:
            self._check_tensor(path, tensor)

    def _check_tensor(self, path: Path, tensor: TensorInfo) -> None:
        name, ending = tensor.name[:-7], tensor.name[-7:]
        there = self._shapes.get(name)
        what = ""
        if ending not in _SIDES or there is None or len(tensor.shape) != 2 or len(there) < 2:
            what = f"it changes {tensor.name[:80]}, which is not there"
        elif tensor.shape[_SIDES[ending]] != there[_SIDES[ending]]:
            side = ("inputs", "outputs")[_SIDES[ending]]
            found, wanted = tensor.shape[_SIDES[ending]], there[_SIDES[ending]]
            what = f"{name} has {wanted} {side} there, and {found} in the adapter"
        if what:
            raise UserError("adapter.mismatch", path=path, model=self._model_path, what=what)

    def _read_model(self) -> None:
        """Shapes of the model's matrices, once."""
        if self._shapes:
            return
        for part in part_paths(self._model_path):
            header = read_header(part)
            self._architecture = self._architecture or str(header.metadata.get("general.architecture"))
            self._shapes.update((tensor.name, tensor.shape) for tensor in header.tensors)


def _stamp(path: str) -> tuple[int, int]:
    """Raises `UserError` model.missing, model.unreadable."""
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        raise UserError("model.missing", path=path) from None
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    return found.st_size, found.st_mtime_ns
