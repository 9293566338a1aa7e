"""What a model has to be able to do to be compared, and who does it: llama.cpp for GGUF files, PyTorch for
safetensors folders. Any two of them can be compared that read the same tokens.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.library.describe import describe
from engine.library.gguf_header import read_header
from engine.library.shards import part_paths


class LogitSource(Protocol):
    """Scores of every token of the vocabulary after every token of a text. Close it."""

    @property
    def vocab_size(self) -> int: ...

    def tokenize(self, text: str, limit: int = 0) -> list[int]:
        """Tokens of a text, cut to whole chunks and, where `limit` is not 0, to that many tokens.

        Raises `UserError` text.too_short where there is not one chunk.
        """

    def piece(self, token: int) -> bytes:
        """The text of a token."""

    def read(self, chunk: Sequence[int], first_output: int) -> NDArray[np.float32]:
        """Read one chunk from nothing: scores [len(chunk) - first_output, vocabulary] from that position on,
        valid until the next call.
        """

    def output_tps(self, tokens: Sequence[int]) -> float:
        """Tokens a second when they are written one by one, after a short prompt; 0 where nobody knows."""

    def close(self) -> None: ...


class SourceFacts(NamedTuple):
    """What a model's files say. `bits_per_weight` is 0 where they do not tell."""

    size_bytes: int
    bits_per_weight: float
    quantization: str


def open_source(path: Path, n_ctx: int, n_threads: int) -> LogitSource:
    """Raises `UserError` model.*, engine.*."""
    if path.is_dir():
        from engine.backends.torch.text_chunks import FolderReader  # noqa: PLC0415 - brings torch

        return FolderReader(path, n_ctx, n_threads=n_threads)
    from engine.backends.llama_cpp.text_chunks import ChunkReader  # noqa: PLC0415 - brings llama.cpp

    return ChunkReader(path, n_ctx, n_threads=n_threads)


def source_facts(path: Path) -> SourceFacts:
    """Raises `UserError` model.*."""
    if path.is_dir():
        from engine.library.safetensors_folder import read_folder  # noqa: PLC0415

        entry = read_folder(path, path.name, "path")
        if entry is None:
            return SourceFacts(0, 0.0, "")
        bits = entry.size_bytes * 8 / max(entry.parameters, 1)
        return SourceFacts(entry.size_bytes, bits, entry.quantization)
    facts = describe(read_header(path))
    size = sum(part.stat().st_size for part in part_paths(path))
    return SourceFacts(size, facts.bits_per_weight, facts.quantization)
