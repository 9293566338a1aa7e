"""`llama_model_quantize` with typed arguments. It cannot be stopped: run it in a process to kill."""

import ctypes
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.native import clear_log, library, listening

Importance = Mapping[str, NDArray[np.float32]]
"""For each tensor the mean square of every input column; those of several experts behind each other."""


_TAG_INT, _TAG_STR = 0, 3
_MOST_BYTES = 127
"""Of a text in `llama_model_kv_override`."""


class QuantizeCall(NamedTuple):
    """One call. `overrides`: (regular expression, `ggml_type`). `metadata`: keys to add; texts are cut after
    127 bytes, numbers become UINT32.
    """

    source: str
    target: str
    file_type: int
    n_threads: int
    overrides: Sequence[tuple[str, int]] = ()
    importance: Importance | None = None
    dry_run: bool = False
    metadata: Sequence[tuple[str, str | int]] = ()


def quantize(call: QuantizeCall, on_log: Callable[[str], None]) -> bool:
    """Whether it went well; why not stands in the log. `on_log` gets its pieces and must not raise."""
    lib = library()
    params = lib.llama_model_quantize_default_params()
    params.nthread = call.n_threads
    params.ftype = call.file_type
    params.allow_requantize = True
    params.dry_run = call.dry_run
    kept: list[Any] = []
    if call.overrides:
        params.tt_overrides = _overrides(lib, call.overrides, kept)
    if call.importance is not None:
        params.imatrix = _importance(lib, call.importance, kept)
    if call.metadata:
        params.kv_overrides = _metadata(lib, call.metadata, kept)
    clear_log()
    with listening(lambda _level, text: on_log(text)):
        status = lib.llama_model_quantize(call.source.encode(), call.target.encode(), ctypes.byref(params))
    return bool(status == 0)


def _overrides(lib: Any, overrides: Sequence[tuple[str, int]], kept: list[Any]) -> Any:
    """Ends with an entry without pattern."""
    array = (lib.llama_model_tensor_override * (len(overrides) + 1))()
    for slot, (pattern, kind) in enumerate(overrides):
        array[slot].pattern = pattern.encode()
        array[slot].type = kind
    kept.append(array)
    return ctypes.cast(array, ctypes.POINTER(lib.llama_model_tensor_override))


def _metadata(lib: Any, metadata: Sequence[tuple[str, str | int]], kept: list[Any]) -> Any:
    """Ends with an entry without key."""
    array = (lib.llama_model_kv_override * (len(metadata) + 1))()
    for slot, (key, value) in enumerate(metadata):
        array[slot].key = key.encode()
        if isinstance(value, int):
            array[slot].tag, array[slot].value.val_i64 = _TAG_INT, value
        else:
            # Not in the middle of a character.
            text = value.encode()[:_MOST_BYTES].decode(errors="ignore")
            array[slot].tag, array[slot].value.val_str = _TAG_STR, text.encode()
    kept.append(array)
    return ctypes.cast(array, ctypes.POINTER(lib.llama_model_kv_override))


def _importance(lib: Any, importance: Importance, kept: list[Any]) -> Any:
    """Ends with an entry without name."""
    array = (lib.llama_model_imatrix_data * (len(importance) + 1))()
    for slot, (name, values) in enumerate(importance.items()):
        data = np.ascontiguousarray(values, np.float32).reshape(-1)
        kept.append(data)
        array[slot].name = name.encode()
        array[slot].data = data.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        array[slot].size = data.size
    kept.append(array)
    return ctypes.cast(array, ctypes.POINTER(lib.llama_model_imatrix_data))
