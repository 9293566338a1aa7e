"""The weight matrices of a model file, from its header."""

import re
from pathlib import Path
from typing import NamedTuple

from engine.library.gguf_header import TensorInfo, read_header
from engine.library.shards import part_paths

_LAYER = re.compile(r"^blk\.(\d+)\.(\w+)\.weight$")


class LayerTensor(NamedTuple):
    """A matrix of one layer: `inputs` columns, `outputs` rows. `kind`: attn_q, ffn_down, …; `type`: as
    stored.
    """

    name: str
    layer: int
    kind: str
    type: str
    inputs: int
    outputs: int


def layer_tensors(path: Path) -> list[LayerTensor]:
    """The matrices that the lab can take, in the file's order. Reads headers only.

    Raises `UserError` model.*.
    """
    return [
        tensor
        for part in part_paths(path)
        for info in read_header(part).tensors
        if (tensor := layer_tensor(info)) is not None
    ]


def layer_tensor(info: TensorInfo) -> LayerTensor | None:
    """None for what is no matrix of a layer: norms, embeddings, the stacked matrices of experts."""
    found = _LAYER.match(info.name)
    if found is None or len(info.shape) != 2:
        return None
    inputs, outputs = info.shape
    return LayerTensor(info.name, int(found[1]), found[2], info.type.name, inputs, outputs)
