"""Which tensor of a GGUF file is which of a safetensors folder, and how its rows are turned back."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.convert.gguf_weights import GgufModel, GgufTensor, blocks, values_of
from engine.errors import UserError

_GATED = (
    "input_layernorm",
    "post_attention_layernorm",
    "self_attn.q_proj",
    "self_attn.k_proj",
    "self_attn.v_proj",
    "self_attn.o_proj",
    "mlp.gate_proj",
    "mlp.up_proj",
    "mlp.down_proj",
)
_FUSED = (
    "input_layernorm",
    "post_attention_layernorm",
    "self_attn.qkv_proj",
    "self_attn.o_proj",
    "mlp.gate_up_proj",
    "mlp.down_proj",
)
_NORMED = ("self_attn.q_norm", "self_attn.k_norm")
_GEMMA = (*_GATED, "pre_feedforward_layernorm", "post_feedforward_layernorm")
_GPT2 = ("ln_1", "ln_2", "attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")
_MODULES = ("model.embed_tokens", "model.norm", "lm_head")
_GPT2_MODULES = ("transformer.wte", "transformer.wpe", "transformer.ln_f", "lm_head")
_NOT_WEIGHTS = ("rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight")


class Layout(NamedTuple):
    """`gguf`: a member of `gguf.MODEL_ARCH`. `parts`: modules of each layer, under `prefix`."""

    gguf: str
    parts: tuple[str, ...]
    modules: tuple[str, ...] = _MODULES
    prefix: str = "model.layers"
    pairs: bool = False
    """Whether rows of queries and keys are in llama.cpp's order."""
    norm_offset: float = 0.0
    transposed: tuple[str, ...] = ()


LAYOUTS: dict[str, Layout] = {
    "llama": Layout("LLAMA", _GATED, pairs=True),
    "smollm3": Layout("SMOLLM3", _GATED, pairs=True),
    "qwen2": Layout("QWEN2", _GATED),
    "qwen3": Layout("QWEN3", (*_GATED, *_NORMED)),
    "phi3": Layout("PHI3", _FUSED),
    "gemma2": Layout("GEMMA2", _GEMMA, norm_offset=1),
    "gemma3": Layout("GEMMA3", (*_GEMMA, *_NORMED), norm_offset=1),
    "gpt2": Layout("GPT2", _GPT2, _GPT2_MODULES, "transformer.h", transposed=_GPT2[2:]),
}
"""By `general.architecture`; the reverse of `engine.convert.architectures`."""


class RestoredTensor(NamedTuple):
    """A weight under its name in a safetensors folder. `shape` as it is there."""

    name: str
    source: GgufTensor
    shape: tuple[int, ...]
    order: NDArray[np.intp] | None
    offset: float
    transposed: bool

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """The values in order, in parts. Raises `UserError` model.*."""
        if self.transposed:
            yield np.ascontiguousarray(values_of(self.source).T)
            return
        for block in blocks(self.source, self.order):
            yield block - np.float32(self.offset) if self.offset else block

    def values(self) -> NDArray[np.float32]:
        """All of it. Raises `UserError` model.*."""
        found = np.empty(int(np.prod(self.shape)), np.float32)
        start = 0
        for block in self.blocks():
            found[start : start + block.size] = block.reshape(-1)
            start += block.size
        return found.reshape(self.shape)


def layout_of(model: GgufModel) -> Layout:
    """Raises `UserError` convert.architecture."""
    found = LAYOUTS.get(model.architecture)
    if found is None:
        known = ", ".join(LAYOUTS)
        kind = model.architecture[:40] or "unknown"
        raise UserError("convert.architecture", path=model.path, architecture=kind, known=known)
    return found


def restored_tensors(model: GgufModel, layers: int) -> list[RestoredTensor]:
    """All weights, as they come in a folder. Raises `UserError` convert.*, model.corrupt."""
    layout = layout_of(model)
    names = _names(layout, layers)
    found: list[RestoredTensor] = []
    for name, tensor in model.tensors.items():
        if name in _NOT_WEIGHTS or name.endswith(("attn_rot_embd", "rope_freqs.weight")):
            continue
        if name not in names:
            raise UserError("convert.unsupported", path=model.path, what=f"the tensor {name[:80]}")
        found.append(_restored(names[name], tensor, layout, model))
    _check_complete(model, layout, {one.name for one in found}, layers)
    return found


def _names(layout: Layout, layers: int) -> dict[str, str]:
    """GGUF's names to those of the folder, by the map that converting uses."""
    import gguf  # noqa: PLC0415 - takes a moment

    library: Any = gguf
    table = library.get_tensor_name_map(library.MODEL_ARCH[layout.gguf], layers)
    stems = list(layout.modules)
    stems += [f"{layout.prefix}.{layer}.{part}" for layer in range(layers) for part in layout.parts]
    names: dict[str, str] = {}
    for stem in stems:
        short: str | None = table.get_name(stem)
        for ending in (".weight", ".bias") if short is not None else ():
            names[f"{short}{ending}"] = stem + ending
    return names


def _restored(name: str, tensor: GgufTensor, layout: Layout, model: GgufModel) -> RestoredTensor:
    stem, _, ending = name.rpartition(".")
    turned = ending == "weight" and stem.endswith(layout.transposed) if layout.transposed else False
    shape = tensor.shape[::-1] if turned else tensor.shape
    offset = layout.norm_offset if name.endswith("norm.weight") else 0.0
    order = _row_order(stem, tensor, model) if layout.pairs else None
    return RestoredTensor(name, tensor, shape, order, offset, turned)


def _row_order(stem: str, tensor: GgufTensor, model: GgufModel) -> NDArray[np.intp] | None:
    """Neighbouring rows become the two halves of a head again (the reverse of `turn_pairs`)."""
    heads = model.integer("attention.head_count")
    count = {"q_proj": heads, "k_proj": model.integer("attention.head_count_kv", heads)}.get(
        stem.rpartition(".")[2]
    )
    if count is None:
        return None
    rows = tensor.shape[0]
    if not count or rows % (2 * count):
        raise UserError("model.corrupt", path=model.path, what=f"{tensor.info.name} does not fit its heads")
    return np.arange(rows).reshape(count, rows // count // 2, 2).swapaxes(1, 2).reshape(-1)


def _check_complete(model: GgufModel, layout: Layout, found: set[str], layers: int) -> None:
    """Every layer has what the first one has."""
    first = f"{layout.prefix}.0."
    parts = [name.removeprefix(first) for name in found if name.startswith(first)]
    wanted = {f"{layout.prefix}.{layer}.{part}" for layer in range(layers) for part in parts}
    wanted |= {f"{module}.weight" for module in layout.modules if module != "lm_head"}
    missing = sorted(wanted - found)
    if missing or not parts:
        what = f"the tensor {missing[0]} is missing" if missing else "it has no layers"
        raise UserError("model.corrupt", path=model.path, what=what)
