"""`ContextParams` to llama.cpp's model and context structures, and the checks that keep it from aborting."""

import ctypes
from typing import Any

from engine.backends.llama_cpp.native import library
from engine.errors import UserError
from engine.protocol.values import ContextParams

GGML_TYPES = {
    "f32": 0, "f16": 1, "q4_0": 2, "q4_1": 3, "q5_0": 6, "q5_1": 7, "q8_0": 8, "iq4_nl": 20, "bf16": 30,
}  # fmt: skip
ROPE_SCALING = {"model": -1, "none": 0, "linear": 1, "yarn": 2, "longrope": 3}
LOAD_AUTO, LOAD_PLAIN, LOAD_MMAP, LOAD_MLOCK, LOAD_MMAP_MLOCK = -1, 0, 1, 2, 3

# name, smallest, largest: values outside make llama.cpp abort or exhaust memory before it can say so.
_RANGES: tuple[tuple[str, float, float], ...] = (
    ("n_ctx", 0, 16_777_216),
    ("n_batch", 1, 65_536),
    ("n_ubatch", 1, 65_536),
    ("n_threads", 0, 512),
    ("n_threads_batch", 0, 512),
    ("n_gpu_layers", -1, 100_000),
    ("main_gpu", 0, 64),
    ("rope_freq_base", 0, 1e9),
    ("rope_freq_scale", 0, 1e6),
    ("yarn_ext_factor", -1, 1e6),
    ("yarn_orig_ctx", 0, 16_777_216),
)


def check(params: ContextParams) -> None:
    """Raises `UserError` params.invalid naming the setting and its range."""
    for name, minimum, maximum in _RANGES:
        value = getattr(params, name)
        if not minimum <= value <= maximum:
            raise UserError(
                "params.invalid",
                name=name,
                value=value,
                reason="it is out of range",
                minimum=int(minimum),
                maximum=int(maximum),
            )


def model_params(params: ContextParams, *, extra_buffers: bool, n_gpu_layers: int) -> Any:
    """`llama_model_params`; the caller adds the progress callback.

    `extra_buffers`: whether weights may be rearranged for special CPU instructions (repacking, AMX). The file
    is then read and not mapped: what was rearranged would stay in memory a second time.
    """
    lib = library()
    native = lib.llama_model_default_params()
    native.n_gpu_layers = n_gpu_layers
    native.main_gpu = params.main_gpu
    native.load_mode = {
        (True, True): LOAD_MMAP_MLOCK,
        (True, False): LOAD_MMAP,
        (False, True): LOAD_MLOCK,
        (False, False): LOAD_PLAIN,
    }[(params.use_mmap and not extra_buffers, params.use_mlock)]
    native.check_tensors = True
    native.use_extra_bufts = extra_buffers
    if params.tensor_split:
        devices = max(int(lib.llama_max_devices()), len(params.tensor_split))
        split = (ctypes.c_float * devices)(*params.tensor_split)
        native.tensor_split = ctypes.cast(split, ctypes.POINTER(ctypes.c_float))
        native._keep_split = split
    return native


def context_params(
    params: ContextParams, *, n_ctx: int, n_threads: int, n_threads_batch: int, flash: bool, n_seq_max: int
) -> Any:
    """`llama_context_params` with every choice made."""
    native = library().llama_context_default_params()
    native.n_ctx = n_ctx
    native.n_batch = min(params.n_batch, n_ctx)
    native.n_ubatch = min(params.n_ubatch, native.n_batch)
    native.n_seq_max = n_seq_max
    # One cache shared by all sequences: beams of one prompt share its cells.
    native.kv_unified = True
    native.n_threads = n_threads
    native.n_threads_batch = n_threads_batch
    native.flash_attn_type = 1 if flash else 0
    native.type_k = GGML_TYPES[params.type_k]
    native.type_v = GGML_TYPES[params.type_v]
    native.offload_kqv = params.offload_kqv
    native.swa_full = params.swa_full
    native.rope_scaling_type = ROPE_SCALING[params.rope_scaling]
    native.rope_freq_base = params.rope_freq_base
    native.rope_freq_scale = params.rope_freq_scale
    native.yarn_ext_factor = params.yarn_ext_factor
    native.yarn_orig_ctx = params.yarn_orig_ctx
    native.no_perf = True
    return native
