"""Measure one model on this machine, in a process of its own: `python -m engine.worker probe …`.

Two choices cannot be known beforehand: whether flash attention makes tokens faster or slower at depth (on
CPUs it often halves the speed, and llama.cpp's "auto" turns it on), and whether rearranging weights for
special instructions helps, does nothing, or crashes. A crash here costs nothing but the answer.
"""

import ctypes
import json
import math
import os
import sys
import threading
import time
from typing import Any

from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.model import LlamaModel
from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.params import context_params
from engine.protocol.values import ContextParams

PROMPT_TOKENS = 128
COPIES = 10
ROUNDS = 4
TOKENS_A_ROUND = 4
"""The candidates take turns: another program's burst then slows all of them, not the one that is on."""
SHORT_S = 1.0
"""A prompt that is read in less is read twice: a burst of another program would decide it otherwise."""


def main(arguments: list[str]) -> None:
    """Arguments: model path, number of threads, "extra" or "plain", "flash" values as 0/1 joined by commas.

    Prints one JSON object a line: {"flash", "prompt_tps", "decode_ms"}, decode at 1,400 tokens of depth.
    """
    path, threads, buffers, flash_values = arguments
    threading.Thread(target=_end_with_parent, daemon=True).start()
    params = ContextParams(n_batch=PROMPT_TOKENS, n_ubatch=PROMPT_TOKENS)
    model = LlamaModel(path, params, extra_buffers=buffers == "extra")
    values = [value == "1" for value in flash_values.split(",")]
    # The first pass pays for cold memory and sleeping cores.
    Candidate(model, params, int(threads), values[0]).close()
    candidates = [Candidate(model, params, int(threads), flash) for flash in values]
    for _ in range(ROUNDS):
        for candidate in candidates:
            candidate.decode()
    for candidate in candidates:
        sys.stdout.write(json.dumps(candidate.figures()) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


class Candidate:
    """One way to run the model: a context at depth, and how long its prompt and its tokens took."""

    def __init__(self, model: LlamaModel, params: ContextParams, n_threads: int, flash: bool) -> None:
        size = PROMPT_TOKENS * (COPIES + 2)
        native = context_params(
            params,
            n_ctx=size,
            n_threads=n_threads,
            n_threads_batch=n_threads,
            flash=flash,
            n_seq_max=COPIES + 1,
        )
        self._flash = flash
        self._context = LlamaContext(model, native)
        self._tokens = [(7 + 31 * index) % (model.vocab.size - 300) + 200 for index in range(PROMPT_TOKENS)]
        self._best_s = math.inf
        self._prompt_s = self._read()
        if self._prompt_s < SHORT_S:
            self._prompt_s = min(self._prompt_s, self._read())
        _deepen(self._context)

    def _read(self) -> float:
        """Seconds to read the prompt."""
        self._context.clear()
        start = time.perf_counter()
        self._context.decode(self._tokens)
        self._context.logits()
        return time.perf_counter() - start

    def decode(self) -> None:
        """A few tokens, one by one."""
        for token in self._tokens[:TOKENS_A_ROUND]:
            start = time.perf_counter()
            self._context.decode_one(token)
            self._context.logits()
            self._best_s = min(self._best_s, time.perf_counter() - start)

    def figures(self) -> dict[str, float | bool]:
        """Prompt tokens per second, and the best time of a token at depth, in milliseconds."""
        return {
            "flash": self._flash,
            "prompt_tps": PROMPT_TOKENS / self._prompt_s,
            "decode_ms": self._best_s * 1000,
        }

    def close(self) -> None:
        self._context.close()


def _deepen(context: LlamaContext) -> None:
    """Fill the cache with copies of what was read: depth without reading it."""
    lib: Any = library()
    size = lib.llama_state_seq_get_size(context.handle, 0)
    state = (ctypes.c_uint8 * size)()
    lib.llama_state_seq_get_data(context.handle, state, size, 0)
    memory = lib.llama_get_memory(context.handle)
    for sequence in range(1, COPIES + 1):
        if lib.llama_state_seq_set_data(context.handle, state, size, sequence):
            lib.llama_memory_seq_cp(memory, sequence, 0, -1, -1)
