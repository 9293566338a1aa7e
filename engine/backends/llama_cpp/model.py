"""A loaded GGUF: weights, vocabulary and the facts of its metadata."""

import ctypes
from collections.abc import Callable
from typing import Any

from engine.backends.llama_cpp import params as native_params
from engine.backends.llama_cpp.adapters import AdapterSet
from engine.backends.llama_cpp.native import clear_log, library, logged_errors, supports_gpu
from engine.backends.llama_cpp.vocab import Vocab
from engine.errors import Cancelled, UserError
from engine.protocol.values import ContextParams

Progress = Callable[[float], bool]
"""Fraction loaded, 0 to 1; False stops loading."""


class LlamaModel:
    """Owns a `llama_model`. Free it with `close()`, after every context made from it.

    Raises `UserError` model.load_failed or model.architecture, `Cancelled` when `progress` says stop.
    """

    def __init__(
        self,
        path: str,
        context: ContextParams,
        *,
        extra_buffers: bool,
        progress: Progress | None = None,
        vocab_only: bool = False,
    ) -> None:
        self._lib = library()
        self.path = path
        self.n_gpu_layers = context.n_gpu_layers if supports_gpu() else 0
        native = native_params.model_params(
            context, extra_buffers=extra_buffers, n_gpu_layers=self.n_gpu_layers
        )
        native.vocab_only = vocab_only
        stopped: list[bool] = []

        def on_progress(fraction: float, _user_data: object) -> bool:
            go_on = progress is None or progress(float(fraction))
            if not go_on:
                stopped.append(True)
            return go_on

        native.progress_callback = self._lib.llama_progress_callback(on_progress)
        clear_log()
        self.handle = self._lib.llama_model_load_from_file(path.encode(), native)
        if not self.handle:
            if stopped:
                raise Cancelled
            raise _load_error(path)
        self.vocab = Vocab(self._lib.llama_model_get_vocab(self.handle))
        self.adapters = AdapterSet(self.handle, path)
        """Those that act in every context of this model."""

    def close(self) -> None:
        if self.handle:
            self._lib.llama_model_free(self.handle)
            self.handle = None

    def metadata(self, key: str) -> str | None:
        """A metadata value as text."""
        buffer = ctypes.create_string_buffer(1 << 16)
        length = self._lib.llama_model_meta_val_str(self.handle, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length >= 0 else None

    def chat_template(self) -> str:
        """The Jinja source in the file, empty when there is none."""
        source: Any = self._lib.llama_model_chat_template(self.handle, None)
        return source.decode("utf-8", "replace") if source else ""

    @property
    def n_layer(self) -> int:
        return int(self._lib.llama_model_n_layer(self.handle))

    @property
    def n_head(self) -> int:
        return int(self._lib.llama_model_n_head(self.handle))

    @property
    def n_head_kv(self) -> int:
        return int(self._lib.llama_model_n_head_kv(self.handle))

    @property
    def n_embd(self) -> int:
        return int(self._lib.llama_model_n_embd(self.handle))

    @property
    def n_ctx_train(self) -> int:
        return int(self._lib.llama_model_n_ctx_train(self.handle))

    @property
    def size_bytes(self) -> int:
        return int(self._lib.llama_model_size(self.handle))

    @property
    def parameters(self) -> int:
        return int(self._lib.llama_model_n_params(self.handle))


def _load_error(path: str) -> UserError:
    lines = logged_errors()
    for line in lines:
        if "unknown model architecture" in line:
            name = line.rsplit("'", 2)[-2] if line.count("'") >= 2 else "?"
            return UserError("model.architecture", path=path, architecture=name)
    reason = lines[0].rstrip(".") if lines else "llama.cpp gave no reason"
    return UserError("model.load_failed", path=path, reason=reason)
