"""The reference: llama.cpp's own loop on the same library, as `llama-bench` runs it, in a process of its own.

Reads one JSON object a line on stdin, answers with one on stdout:
{"do": "prompt", "tokens": N} gives {"tps"}; {"do": "decode", "tokens": N, "depth": D, "flash": bool} gives
{"tps"}. No sampling, no text, no events: the upper bound of what a program around the library can reach.
"""

import ctypes
import json
import sys
import time
from typing import Any

import llama_cpp.llama_cpp as lib


class Bare:
    """A model with one context for each setting of flash attention."""

    def __init__(self, path: str, threads: int, n_ctx: int) -> None:
        self._quiet = lib.llama_log_callback(lambda *_: None)
        lib.llama_log_set(self._quiet, ctypes.c_void_p(0))
        lib.llama_backend_init()
        params = lib.llama_model_default_params()
        # Weight rearrangement as the program chose it for this machine.
        params.use_extra_bufts = EXTRA_BUFFERS
        self.model = lib.llama_model_load_from_file(path.encode(), params)
        self.n_vocab = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(self.model))
        self._threads, self._n_ctx = threads, n_ctx
        self._contexts: dict[bool, Any] = {}
        self._depth: dict[bool, int] = {}

    def context(self, flash: bool) -> Any:
        if flash not in self._contexts:
            params = lib.llama_context_default_params()
            params.n_ctx, params.n_batch, params.n_ubatch = self._n_ctx, 512, 512
            params.n_threads = params.n_threads_batch = self._threads
            params.flash_attn_type = 1 if flash else 0
            self._contexts[flash] = lib.llama_init_from_model(self.model, params)
            self._depth[flash] = 0
        return self._contexts[flash]

    def tokens(self, count: int) -> Any:
        return (lib.llama_token * count)(
            *((7 + 31 * index) % (self.n_vocab - 500) + 200 for index in range(count))
        )

    def _feed(self, context: Any, tokens: Any, count: int) -> None:
        for start in range(0, count, 512):
            size = min(512, count - start)
            pointer = ctypes.cast(ctypes.byref(tokens, start * 4), ctypes.POINTER(lib.llama_token))
            assert lib.llama_decode(context, lib.llama_batch_get_one(pointer, size)) == 0

    def prompt(self, count: int) -> float:
        context = self.context(False)
        lib.llama_memory_clear(lib.llama_get_memory(context), True)
        self._depth[False] = 0
        tokens = self.tokens(count)
        start = time.perf_counter()
        self._feed(context, tokens, count)
        lib.llama_synchronize(context)
        return count / (time.perf_counter() - start)

    def decode(self, count: int, depth: int, flash: bool) -> float:
        context = self.context(flash)
        memory = lib.llama_get_memory(context)
        if self._depth[flash] < depth:
            lib.llama_memory_clear(memory, True)
            self._feed(context, self.tokens(depth), depth)
        lib.llama_memory_seq_rm(memory, 0, depth, -1)
        self._depth[flash] = depth
        one = (lib.llama_token * 1)()
        batch = lib.llama_batch_get_one(one, 1)
        start = time.perf_counter()
        for index in range(count):
            one[0] = (index * 7919) % (self.n_vocab - 500) + 200
            assert lib.llama_decode(context, batch) == 0
            lib.llama_synchronize(context)
        return count / (time.perf_counter() - start)


def main() -> None:
    bare = Bare(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "prompt":
            tps = bare.prompt(order["tokens"])
        else:
            tps = bare.decode(order["tokens"], order["depth"], order["flash"])
        print(json.dumps({"tps": tps}), flush=True)


if __name__ == "__main__":
    EXTRA_BUFFERS = sys.argv[4] == "extra"
    main()
