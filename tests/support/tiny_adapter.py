"""A random LoRA adapter as a GGUF, for the tiny llama or the starter."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np

from engine.library.gguf_header import read_header

_PARTS = ("attn_q", "attn_v", "ffn_down")


def write_adapter(
    path: Path, model: Path, *, seed: int = 1, rank: int = 4, size: float = 0.3, architecture: str = ""
) -> Path:
    """It changes queries, values and what feed-forward layers give, in every layer."""
    random = np.random.default_rng(seed)
    header = read_header(model)
    kind = architecture or str(header.metadata["general.architecture"])
    writer: Any = gguf.GGUFWriter(path, kind)
    writer.add_type("adapter")
    writer.add_name(path.stem)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(rank))
    for tensor in header.tensors:
        if tensor.name.endswith(tuple(f"{part}.weight" for part in _PARTS)):
            inputs, outputs = tensor.shape
            a = random.standard_normal((rank, inputs)) / np.sqrt(inputs)
            b = random.standard_normal((outputs, rank)) * size
            writer.add_tensor(f"{tensor.name}.lora_a", a.astype(np.float32))
            writer.add_tensor(f"{tensor.name}.lora_b", b.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
