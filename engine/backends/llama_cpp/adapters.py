"""LoRA adapters on a loaded model: several at once, each with its own strength, put on without reloading.

An adapter's file is read once and stays in memory with the model. Which ones act is a setting of a context,
changed in a fraction of a millisecond; what the context has read so far was read with the old ones, and is of
no use then.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from engine.backends.llama_cpp.native import clear_log, library, logged_errors
from engine.errors import UserError
from engine.library.adapter_fit import ModelShapes, check_adapter, read_shapes
from engine.library.fingerprint import model_hash
from engine.library.gguf_header import read_header
from engine.protocol.adapters import AdapterUse, UsedAdapter


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
        self._shapes: ModelShapes | None = None
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

    @contextmanager
    def borrowed(self, wanted: Sequence[AdapterUse]) -> Iterator[None]:
        """These in contexts that are made meanwhile; those that are there keep theirs. Raises as `use`."""
        before = self.used
        self.use(wanted)
        try:
            yield
        finally:
            self.used = before

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
        if self._shapes is None:
            self._shapes = read_shapes(self._model_path)
        # Native code would say the same in other words, or read beyond a matrix.
        check_adapter(read_header(path), self._shapes)
        clear_log()
        handle = library().llama_adapter_lora_init(self._model, path.encode())
        if not handle:
            lines = logged_errors()
            reason = lines[0].rstrip(".") if lines else "llama.cpp gave no reason"
            raise UserError("adapter.unreadable", path=path, reason=reason)
        self._opened[path] = opened = _Opened(handle, stamp, model_hash(path))
        return opened


def _stamp(path: str) -> tuple[int, int]:
    """Raises `UserError` model.missing, model.unreadable."""
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        raise UserError("model.missing", path=path) from None
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    return found.st_size, found.st_mtime_ns
