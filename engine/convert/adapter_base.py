"""What an adapter's conversion has to know of the model it was made for, from its folder or from a GGUF
of it.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.convert.architectures import architecture_of, turn_pairs
from engine.convert.back_config import layer_count
from engine.convert.back_names import LAYOUTS, layout_of, restored_tensors
from engine.convert.config import read_config
from engine.convert.gguf_weights import GgufModel
from engine.convert.weights import list_tensors
from engine.errors import UserError

GPT2_TRANSPOSED = LAYOUTS["gpt2"].transposed


class AdapterBase(NamedTuple):
    """`gguf`: a member of `gguf.MODEL_ARCH`. `shapes`: [out, in] of every matrix, by module. `heads`: of the
    rows that llama.cpp orders otherwise, by the end of the module's name.
    """

    path: Path
    name: str
    gguf: str
    layers: int
    heads: dict[str, int]
    shapes: dict[str, tuple[int, ...]]

    def order(self, module: str, rows: int) -> NDArray[np.intp] | None:
        """Which row of a safetensors folder comes where in a GGUF; None where nothing moves."""
        count = self.heads.get(module.rpartition(".")[2])
        if count is None:
            return None
        if not count or rows % (2 * count):
            what = f"{module} does not fit {count} heads"
            raise UserError("adapter.mismatch", path=module, model=self.path, what=what)
        return np.arange(rows).reshape(count, 2, rows // count // 2).swapaxes(1, 2).reshape(-1)

    def gguf_name(self, module: str) -> str | None:
        """“blk.0.attn_q”."""
        import gguf  # noqa: PLC0415 - takes a moment

        library: Any = gguf
        table = library.get_tensor_name_map(library.MODEL_ARCH[self.gguf], self.layers)
        name: str | None = table.get_name(module)
        return name


def read_base(path: Path) -> AdapterBase:
    """Raises `UserError` model.*, convert.*."""
    return _of_folder(path) if path.is_dir() else _of_gguf(path)


def _of_folder(folder: Path) -> AdapterBase:
    config = read_config(folder)
    architecture = architecture_of(config)
    turns = architecture.change is turn_pairs
    shapes = {one.name: one.shape for one in list_tensors(folder).values()}
    return AdapterBase(
        folder,
        folder.resolve().name,
        architecture.gguf,
        config.layers,
        {"q_proj": config.heads, "k_proj": config.kv_heads} if turns else {},
        _matrices(shapes, architecture.gguf == "GPT2"),
    )


def _of_gguf(path: Path) -> AdapterBase:
    model = GgufModel(path)
    layout = layout_of(model)
    layers = layer_count(model)
    heads = model.integer("attention.head_count")
    counts = {"q_proj": heads, "k_proj": model.integer("attention.head_count_kv", heads)}
    shapes = {one.name: one.shape for one in restored_tensors(model, layers)}
    return AdapterBase(
        path,
        model.text("general.name", path.stem),
        layout.gguf,
        layers,
        counts if layout.pairs else {},
        _matrices(shapes, layout.gguf == "GPT2"),
    )


def _matrices(shapes: dict[str, tuple[int, ...]], is_gpt2: bool) -> dict[str, tuple[int, ...]]:
    prefix = "" if not is_gpt2 or any(name.startswith("transformer.") for name in shapes) else "transformer."
    return {
        prefix + name.removesuffix(".weight"): shape[::-1]
        if is_gpt2 and name.removesuffix(".weight").endswith(GPT2_TRANSPOSED)
        else shape
        for name, shape in shapes.items()
        if name.endswith(".weight") and len(shape) == 2
    }
