"""A context: the KV cache of a loaded model, decoding, and saving the cache to a file."""

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.model import LlamaModel
from engine.backends.llama_cpp.native import clear_log, library, logged_errors, supports_gpu
from engine.backends.llama_cpp.taps import Tap
from engine.errors import BugError, Cancelled, UserError

Logits = NDArray[np.float32]
_DECODE_NO_SLOT = 1
_DECODE_ABORTED = 2


class ContextFull(Exception):
    """No cell of the cache is left; the caller decides what that means."""


class LlamaContext:
    """Owns a `llama_context`; close it before its model. One thread at a time.

    Raises `UserError` engine.out_of_memory when it cannot be made.
    """

    def __init__(self, model: LlamaModel, native: Any, tap: Tap | None = None) -> None:
        self._lib = library()
        self.tap = tap
        if tap is not None:
            native.cb_eval = tap.callback
        self._model = model
        clear_log()
        self.handle = self._lib.llama_init_from_model(model.handle, native)
        if not self.handle:
            reason = "; ".join(logged_errors()[:2]) or f"a context of {native.n_ctx} tokens does not fit"
            raise UserError("engine.out_of_memory", what=reason)
        if model.adapters.used:
            model.adapters.put_on(self.handle)
        self.n_ctx = int(self._lib.llama_n_ctx(self.handle))
        self.chunk = int(min(self._lib.llama_n_batch(self.handle), self._lib.llama_n_ubatch(self.handle)))
        self.n_layer, self.n_head = model.n_layer, model.n_head
        self.flash = native.flash_attn_type == 1
        self._memory = self._lib.llama_get_memory(self.handle)
        self._one = (self._lib.llama_token * 1)()
        self._one_batch = self._lib.llama_batch_get_one(self._one, 1)
        self._no_abort = self._lib.ggml_abort_callback(0)
        # The address as a number: making a pointer object for every token costs more than the call.
        self._logits_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int32)(
            ctypes.cast(self._lib._lib.llama_get_logits_ith, ctypes.c_void_p).value or 0
        )
        self._views: dict[int, Logits] = {}
        # Tokens that are decoded one by one leave their scores in one place, and on a processor they are
        # there when the call returns: asking again would only cost time.
        self._asks_always = supports_gpu()
        self._single: Logits | None = None
        self._last_was_single = False

    def close(self) -> None:
        if self.handle:
            self._lib.llama_free(self.handle)
            self.handle = None

    # -- decoding

    def decode_one(self, token: int) -> None:
        """Append one token to sequence 0. Raises `ContextFull`."""
        self._one[0] = token
        self._last_was_single = True
        if self.tap is None:
            status = self._lib.llama_decode(self.handle, self._one_batch)
        else:
            with self.tap.single_token():
                status = self._lib.llama_decode(self.handle, self._one_batch)
        self._check(status)

    def decode(self, tokens: Sequence[int], cancelled: Callable[[], bool] | None = None) -> None:
        """Append up to `chunk` tokens to sequence 0; logits for the last one.

        Raises `ContextFull`, and `Cancelled` as soon as `cancelled()` is true (checked between graph
        nodes); what was half appended is for the caller to cut off with `truncate`.
        """
        array = (self._lib.llama_token * len(tokens))(*tokens)
        self.decode_batch(self._lib.llama_batch_get_one(array, len(tokens)), cancelled)

    def decode_batch(self, batch: Any, cancelled: Callable[[], bool] | None = None) -> None:
        """A batch with explicit sequences and positions. Raises as `decode`."""
        self._forget_place()
        if cancelled is None:
            self._check(self._lib.llama_decode(self.handle, batch))
            return
        callback = self._lib.ggml_abort_callback(lambda _data: cancelled())
        self._lib.llama_set_abort_callback(self.handle, callback, None)
        try:
            self._check(self._lib.llama_decode(self.handle, batch))
        finally:
            # A ctypes callback at every node would cost a tenth of the speed of single tokens: off again.
            self._lib.llama_set_abort_callback(self.handle, self._no_abort, None)

    def _check(self, status: int) -> None:
        if status == 0:
            return
        if status == _DECODE_NO_SLOT:
            raise ContextFull
        if status == _DECODE_ABORTED:
            raise Cancelled
        errors = "; ".join(logged_errors()[-3:])
        if "alloc" in errors or "memory" in errors:
            raise UserError("engine.out_of_memory", what=errors)
        raise BugError(f"llama_decode returned {status}: {errors}")

    def logits(self, index: int = -1) -> Logits:
        """Scores of the whole vocabulary for an output of the last decode, [vocab], a view until the
        next one.
        """
        if self._single is not None:
            return self._single
        address = self._logits_at(self.handle, index)
        if not address:
            raise BugError(f"no logits at output {index}")
        view = self._views.get(address)
        if view is None:
            pointer = ctypes.cast(address, ctypes.POINTER(ctypes.c_float))
            view = np.ctypeslib.as_array(pointer, shape=(self._model.vocab.size,))
            self._views[address] = view
        if self._last_was_single and not self._asks_always:
            self._single = view
        return view

    def _forget_place(self) -> None:
        """A batch follows: its scores may lie elsewhere."""
        self._single, self._last_was_single = None, False

    def set_threads(self, n_threads: int, n_threads_batch: int) -> None:
        """From the next decode on."""
        self._lib.llama_set_n_threads(self.handle, n_threads, n_threads_batch)

    # -- the cache

    def clear(self) -> None:
        """Forget everything."""
        self._lib.llama_memory_clear(self._memory, True)

    def truncate(self, length: int, sequence: int = 0) -> bool:
        """Keep the first `length` positions of a sequence. False where this kind of cache cannot.

        A sliding-window cache has dropped what lies behind its window: then it has to be read again too.
        """
        if not self._lib.llama_memory_seq_rm(self._memory, sequence, length, -1):
            return False
        window = int(self._lib.llama_model_n_swa(self._model.handle))
        if window <= 0 or length == 0:
            return True
        oldest = int(self._lib.llama_memory_seq_pos_min(self._memory, sequence))
        return 0 <= oldest <= max(0, length - window)

    def copy_sequence(self, source: int, target: int) -> None:
        """Let `target` be what `source` is; the cells are shared."""
        self._lib.llama_memory_seq_rm(self._memory, target, -1, -1)
        self._lib.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def remove_sequence(self, sequence: int) -> None:
        self._lib.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def take_over(self, other: "LlamaContext") -> bool:
        """Copy sequence 0 of another context of the same model and cache types. False where it does not
        fit.
        """
        size = self._lib.llama_state_seq_get_size(other.handle, 0)
        state = (ctypes.c_uint8 * size)()
        self._lib.llama_state_seq_get_data(other.handle, state, size, 0)
        self.clear()
        if self._lib.llama_state_seq_set_data(self.handle, state, size, 0):
            return True
        self.clear()
        return False

    # -- files

    def save(self, path: str, tokens: Sequence[int]) -> int:
        """Write sequence 0 and its tokens; bytes written. Raises `OSError` when nothing was."""
        array = (self._lib.llama_token * len(tokens))(*tokens)
        written = int(self._lib.llama_state_seq_save_file(self.handle, path.encode(), 0, array, len(tokens)))
        if written <= 0:
            raise OSError("; ".join(logged_errors()[-2:]) or "the state was not written")
        return written

    def restore(self, path: str) -> list[int] | None:
        """Replace sequence 0 by a saved one and return its tokens; None when the file does not fit."""
        tokens = (self._lib.llama_token * self.n_ctx)()
        count = ctypes.c_size_t(0)
        self.clear()
        read = self._lib.llama_state_seq_load_file(
            self.handle, path.encode(), 0, tokens, self.n_ctx, ctypes.byref(count)
        )
        if not read:
            self.clear()
            return None
        restored: list[int] = tokens[: count.value]
        return restored
