"""Options for how a model is loaded, with the names of llama.cpp's programs beside the parameters' own."""

import argparse
from typing import NamedTuple, get_args

import msgspec

from engine.protocol.values import ContextParams, FlashAttention, KvType, RopeScaling

_PREFIX = "context."


class _Option(NamedTuple):
    names: tuple[str, ...]
    metavar: str
    help: str
    kind: type = int
    choices: tuple[str, ...] | None = None
    switch: bool | None = None
    """A flag that sets this value."""


_OPTIONS: dict[str, _Option] = {
    "n_ctx": _Option(
        ("-c", "--ctx-size", "--n-ctx"),
        "N",
        "context length in tokens (default: what the model was trained for, at most 8192)",
    ),
    "n_batch": _Option(("-b", "--batch-size", "--n-batch"), "N", "prompt tokens per batch (default 512)"),
    "n_ubatch": _Option(("-ub", "--ubatch-size", "--n-ubatch"), "N", "tokens per computation (default 512)"),
    "n_threads": _Option(
        ("-t", "--threads", "--n-threads"), "N", "threads for generating (default: chosen for this machine)"
    ),
    "n_threads_batch": _Option(
        ("-tb", "--threads-batch", "--n-threads-batch"), "N", "threads for reading prompts"
    ),
    "n_gpu_layers": _Option(
        ("-ngl", "--n-gpu-layers", "--gpu-layers"), "N", "layers on the GPU (-1, the default: all that fit)"
    ),
    "main_gpu": _Option(("-mg", "--main-gpu"), "N", "the GPU to use where there are several"),
    "tensor_split": _Option(
        ("-ts", "--tensor-split"), "A,B,…", "share of the model on each GPU, such as 3,1", kind=str
    ),
    "flash_attention": _Option(
        ("-fa", "--flash-attention", "--flash-attn"),
        "{auto,on,off}",
        "flash attention (default auto: what was faster here when it was measured)",
        kind=str,
        choices=get_args(FlashAttention),
    ),
    "type_k": _Option(
        ("-ctk", "--type-k", "--cache-type-k"),
        "TYPE",
        f"KV cache type of the keys: {', '.join(get_args(KvType))} (default f16)",
        kind=str,
        choices=get_args(KvType),
    ),
    "type_v": _Option(
        ("-ctv", "--type-v", "--cache-type-v"),
        "TYPE",
        "KV cache type of the values (default f16)",
        kind=str,
        choices=get_args(KvType),
    ),
    "offload_kqv": _Option(("--no-kv-offload",), "", "keep the KV cache off the GPU", switch=False),
    "swa_full": _Option(("--swa-full",), "", "full cache for layers with a sliding window", switch=True),
    "use_mmap": _Option(("--no-mmap",), "", "read the file instead of mapping it", switch=False),
    "use_mlock": _Option(("--mlock",), "", "keep the model from being swapped out", switch=True),
    "rope_scaling": _Option(
        ("--rope-scaling",),
        "{" + ",".join(get_args(RopeScaling)) + "}",
        "how positions are stretched (default: as the model says)",
        kind=str,
        choices=get_args(RopeScaling),
    ),
    "rope_freq_base": _Option(("--rope-freq-base",), "X", "RoPE base frequency (0: the model's)", float),
    "rope_freq_scale": _Option(("--rope-freq-scale",), "X", "RoPE frequency scale (0: the model's)", float),
    "yarn_ext_factor": _Option(("--yarn-ext-factor",), "X", "YaRN mix (-1: the model's)", float),
    "yarn_orig_ctx": _Option(
        ("--yarn-orig-ctx",), "N", "context the model was trained for, for YaRN (0: the model's)"
    ),
}


def add_context_options(parser: argparse.ArgumentParser) -> None:
    """One option for each field of `ContextParams`."""
    section = parser.add_argument_group("how the model is loaded")
    for name, option in _OPTIONS.items():
        if option.switch is not None:
            section.add_argument(
                *option.names,
                dest=_PREFIX + name,
                action="store_const",
                const=option.switch,
                help=option.help,
            )
        else:
            section.add_argument(
                *option.names,
                dest=_PREFIX + name,
                metavar=option.metavar,
                type=_numbers if name == "tensor_split" else option.kind,
                choices=option.choices,
                help=option.help,
            )


def context_values(args: argparse.Namespace) -> dict[str, object]:
    """What was given, by field."""
    given = {name: getattr(args, _PREFIX + name, None) for name in _OPTIONS}
    return {name: value for name, value in given.items() if value is not None}


def with_context(base: ContextParams, values: dict[str, object]) -> ContextParams:
    """The base with what was given; a batch is never shorter than its micro-batch."""
    context = msgspec.structs.replace(base, **values)
    if "n_batch" in values and "n_ubatch" not in values:
        context = msgspec.structs.replace(context, n_ubatch=min(context.n_ubatch, context.n_batch))
    return context


def _numbers(text: str) -> tuple[float, ...]:
    try:
        shares = tuple(float(part) for part in text.replace("/", ",").split(","))
    except ValueError:
        shares = (-1.0,)
    if min(shares) < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of shares such as 3,1")
    return shares
