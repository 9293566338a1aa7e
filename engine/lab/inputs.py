"""What really goes into one layer: the inputs of its matrix product while the model reads a text."""

import time
from collections.abc import Callable
from pathlib import Path

from engine.backends.llama_cpp.input_tap import InputTap
from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.errors import UserError
from engine.lab.grids import Floats
from engine.lab.tensors import LayerTensor
from engine.library.gguf_header import read_header
from engine.protocol.jobs import JobStep

Tell = Callable[[JobStep], None]


def layer_inputs(
    path: Path, tensor: LayerTensor, text: str, tell: Tell, *, n_ctx: int, n_tokens: int, n_threads: int = 0
) -> Floats:
    """[tokens, inputs]. The model reads up to this layer and no further where it can be stopped there.

    Raises `UserError` model.*, text.too_short, inspect.missing.
    """
    architecture, experts, layers = _facts(path)
    last = tensor.layer == layers - 1
    tap = InputTap(tensor.name, stop=not experts)
    with ChunkReader(path, n_ctx, n_threads=n_threads, tap=tap) as reader:
        tokens = reader.tokenize(text, n_tokens)
        began = time.perf_counter()
        for start in range(0, len(tokens), n_ctx):
            tap.begin()
            # The last layer computes only the rows whose scores are asked for.
            reader.read(tokens[start : start + n_ctx], 0 if last else n_ctx - 1)
            tap.check()
            done = start + n_ctx
            left = (time.perf_counter() - began) / done * (len(tokens) - done)
            tell(JobStep(done / len(tokens), f"{done} of {len(tokens)} tokens", left))
    rows = tap.rows()
    if not len(rows):
        raise UserError("inspect.missing", what=f"a matrix product with {tensor.name} ({architecture})")
    return rows


def _facts(path: Path) -> tuple[str, int, int]:
    """Architecture, experts, layers."""
    metadata = read_header(path).metadata
    architecture = metadata.get("general.architecture")
    counts = (metadata.get(f"{architecture}.{key}") for key in ("expert_count", "block_count"))
    experts, layers = (count if isinstance(count, int) else 0 for count in counts)
    return str(architecture), experts, layers
