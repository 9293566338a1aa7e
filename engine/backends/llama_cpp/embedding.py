"""Embeddings from a model of the decoder kind: the mean of its last hidden states, in a context of its
own.
"""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.loading import Loaded
from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.params import context_params
from engine.errors import BugError, UserError

_POOLING_MEAN = 1
LONGEST = 2048


class Embedder:
    """Makes its context when first asked. From any thread, one text at a time."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._context: LlamaContext | None = None
        self._lock = threading.Lock()
        self._limit = min(LONGEST, loaded.facts.n_ctx_train or LONGEST)

    def embed(self, texts: Sequence[str]) -> tuple[list[NDArray[np.float32]], int]:
        """(vectors of length 1, [n_embd] each; tokens read). Raises `UserError` context.overflow."""
        vocab = self._loaded.model.vocab
        counted = [vocab.tokenize(text, add_special=True, parse_special=False) for text in texts]
        counted = [tokens or [max(vocab.bos, 0)] for tokens in counted]
        longest = max(map(len, counted))
        if longest > self._limit:
            raise UserError("context.overflow", needed=longest, n_ctx=self._limit)
        with self._lock:
            return [self._one(tokens) for tokens in counted], sum(map(len, counted))

    def _one(self, tokens: list[int]) -> NDArray[np.float32]:
        context = self._context = self._context or self._made()
        context.clear()
        context.decode(tokens)
        pointer = library().llama_get_embeddings_seq(context.handle, 0)
        if not pointer:
            raise BugError("no embedding came of the text")
        values: NDArray[np.float32] = np.ctypeslib.as_array(
            pointer, shape=(self._loaded.model.n_embd,)
        ).copy()
        values /= np.float32(np.linalg.norm(values) or 1.0)
        return values

    def _made(self) -> LlamaContext:
        loaded = self._loaded
        native = context_params(
            loaded.facts.context,
            n_ctx=self._limit,
            n_threads=loaded.n_threads,
            n_threads_batch=loaded.n_threads_batch,
            flash=loaded.context.flash,
            n_seq_max=1,
        )
        # Pooling needs the whole text in one batch.
        native.n_batch = native.n_ubatch = self._limit
        native.embeddings = True
        native.pooling_type = _POOLING_MEAN
        return LlamaContext(loaded.model, native)

    def close(self) -> None:
        with self._lock:
            if self._context is not None:
                self._context.close()
                self._context = None
