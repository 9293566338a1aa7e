"""Reading a text in chunks that know nothing of each other, as llama.cpp's measuring tools do.

Every chunk has `n_ctx` tokens; where the model wants BOS at the beginning, BOS takes the place of each
chunk's first token. What is left over at the end of the text is not read.
"""

import ctypes
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.model import LlamaModel
from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.params import context_params
from engine.backends.llama_cpp.taps import Tap
from engine.backends.llama_cpp.threads import default_threads
from engine.errors import BugError, UserError
from engine.library.describe import describe
from engine.library.fit import check_fit
from engine.library.gguf_header import read_header
from engine.protocol.values import ContextParams, KvType

_SPEED_PROMPT, _SPEED_TOKENS = 64, 24


class ChunkReader:
    """A model and a context of `n_ctx` tokens. Close it. One thread at a time.

    `exact`: keys and values in single precision and no flash attention, to compare with other programs.
    `writable`: the weights are copied into memory, where they may be changed.

    Raises `UserError` model.*, engine.out_of_memory.
    """

    def __init__(
        self,
        path: Path,
        n_ctx: int,
        *,
        n_threads: int = 0,
        tap: Tap | None = None,
        exact: bool = False,
        writable: bool = False,
    ) -> None:
        cache: KvType = "f32" if exact else "f16"
        params = ContextParams(
            n_ctx=n_ctx, n_batch=n_ctx, n_ubatch=n_ctx, type_k=cache, type_v=cache, use_mmap=not writable
        )
        check_fit(str(path), describe(read_header(path)), params, n_ctx)
        threads = n_threads or default_threads()
        self.n_ctx = n_ctx
        # Weights that are rearranged for special instructions crash on some machines (see `probe`), and a
        # model's figures should not depend on the machine.
        self.model = LlamaModel(str(path), params, extra_buffers=False)
        # Flash attention makes prompts faster, and is what llama.cpp's tools choose by themselves.
        native = context_params(
            params, n_ctx=n_ctx, n_threads=threads, n_threads_batch=threads, flash=not exact, n_seq_max=1
        )
        try:
            self.context = LlamaContext(self.model, native, tap)
        except BaseException:
            self.model.close()
            raise
        self._batch = library().llama_batch_init(n_ctx, 0, 1)

    def close(self) -> None:
        library().llama_batch_free(self._batch)
        self.context.close()
        self.model.close()

    def __enter__(self) -> "ChunkReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def vocab_size(self) -> int:
        return self.model.vocab.size

    def piece(self, token: int) -> bytes:
        """The text of a token."""
        return self.model.vocab.piece(token)

    def output_tps(self, tokens: Sequence[int]) -> float:
        """Tokens a second when they are written one by one, after a short prompt."""
        context = self.context
        context.clear()
        prompt = list(tokens[: min(_SPEED_PROMPT, self.n_ctx // 2)])
        count = min(_SPEED_TOKENS, self.n_ctx - len(prompt))
        context.decode(prompt)
        context.logits()
        started = time.perf_counter()
        for place in range(count):
            context.decode_one(tokens[place % len(tokens)])
            context.logits()
        return count / (time.perf_counter() - started)

    def tokenize(self, text: str, limit: int = 0) -> list[int]:
        """Tokens of a text, cut to whole chunks and, where `limit` is not 0, to that many tokens.

        Raises `UserError` text.too_short where there is not one chunk.
        """
        tokens = self.model.vocab.tokenize(text, add_special=True, parse_special=False)
        found = len(tokens)
        if limit:
            tokens = tokens[:limit]
        whole = len(tokens) // self.n_ctx * self.n_ctx
        if not whole:
            raise UserError("text.too_short", found=min(found, len(tokens)), needed=self.n_ctx)
        return tokens[:whole]

    def read(self, chunk: Sequence[int], first_output: int) -> NDArray[np.float32]:
        """Read one chunk from nothing; scores [n_ctx - first_output, vocab] from that position on, a view
        that the next call overwrites.
        """
        lib, batch = library(), self._batch
        batch.n_tokens = len(chunk)
        for slot, token in enumerate(chunk):
            batch.token[slot] = token
            batch.pos[slot] = slot
            batch.n_seq_id[slot] = 1
            batch.seq_id[slot][0] = 0
            batch.logits[slot] = 1 if slot >= first_output else 0
        vocab = self.model.vocab
        if vocab.adds_bos:
            batch.token[0] = vocab.bos
        self.context.clear()
        self.context.decode_batch(batch)
        pointer: Any = lib.llama_get_logits_ith(self.context.handle, first_output)
        if not pointer:
            raise BugError(f"no logits at position {first_output}")
        rows = len(chunk) - first_output
        address = ctypes.addressof(pointer.contents)
        buffer = (ctypes.c_float * (rows * vocab.size)).from_address(address)
        scores: NDArray[np.float32] = np.ctypeslib.as_array(buffer).reshape(rows, vocab.size)
        return scores
