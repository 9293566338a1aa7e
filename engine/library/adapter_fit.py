"""Whether a GGUF adapter fits a model: the same architecture, and matrices of the same sizes. Headers
only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from engine.errors import UserError
from engine.library.gguf_header import GgufHeader, TensorInfo, read_header
from engine.library.shards import part_paths

_SIDES = {".lora_a": 0, ".lora_b": 1}
"""Which dimension of a matrix each half has, in ggml's order: lora_a is (inputs, rank), lora_b (rank,
outputs).
"""


class ModelShapes(NamedTuple):
    """Shapes of a model's tensors, by name."""

    path: Path
    architecture: str
    shapes: Mapping[str, tuple[int, ...]]


def read_shapes(path: Path) -> ModelShapes:
    """Raises `UserError` model.*."""
    headers = [read_header(part) for part in part_paths(path)]
    shapes = {tensor.name: tensor.shape for header in headers for tensor in header.tensors}
    return ModelShapes(path, str(headers[0].metadata.get("general.architecture")), shapes)


def check_adapter(adapter: GgufHeader, model: ModelShapes) -> None:
    """Raises `UserError` adapter.unreadable, adapter.kind, adapter.mismatch."""
    metadata, path = adapter.metadata, adapter.path
    if metadata.get("general.type") != "adapter":
        raise UserError("adapter.unreadable", path=path, reason="it is a model, not an adapter")
    if metadata.get("adapter.type") != "lora":
        raise UserError("adapter.kind", path=path, kind=str(metadata.get("adapter.type"))[:40])
    kind = str(metadata.get("general.architecture"))[:40]
    if kind != model.architecture:
        what = f"it was made for the architecture {kind}, and this is {model.architecture}"
        raise UserError("adapter.mismatch", path=path, model=model.path, what=what)
    for tensor in adapter.tensors:
        what = _fault(tensor, model)
        if what:
            raise UserError("adapter.mismatch", path=path, model=model.path, what=what)


def _fault(tensor: TensorInfo, model: ModelShapes) -> str:
    name, ending = tensor.name[:-7], tensor.name[-7:]
    there = model.shapes.get(name)
    if ending not in _SIDES or there is None or len(tensor.shape) != 2 or len(there) < 2:
        return f"it changes {tensor.name[:80]}, which is not there"
    side = _SIDES[ending]
    found, wanted = tensor.shape[side], there[side]
    if found == wanted:
        return ""
    return f"{name} has {wanted} {('inputs', 'outputs')[side]} there, and {found} in the adapter"
