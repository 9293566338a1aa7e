"""Is an exported model what it was made from? The same text through both, distribution by distribution."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.evaluate.scores import blocks, log_softmax
from engine.protocol.adapters import AdapterUse

Floats = NDArray[np.float32]
Reference = Callable[[Sequence[int]], Floats]
"""Token ids to scores [tokens, vocabulary]: what follows each of them, read from nothing."""


class ExportCheck(NamedTuple):
    """KL divergences from the reference in nats; `top1` is the share of positions with the same best
    token.
    """

    tokens: int
    kl_mean: float
    kl_max: float
    top1: float


def check_export(
    path: Path,
    reference: Reference,
    text: str,
    *,
    adapters: Sequence[AdapterUse] = (),
    n_ctx: int = 256,
    n_tokens: int = 1024,
) -> ExportCheck:
    """Compare a GGUF, with `adapters` beside it, with `reference` on a text.

    At most `n_tokens` are read, in chunks of `n_ctx`. Raises `UserError` text.too_short, adapter.*, model.*.
    """
    with ChunkReader(path, n_ctx, exact=True) as reader:
        reader.model.adapters.use(adapters)
        reader.model.adapters.put_on(reader.context.handle)
        tokens = reader.tokenize(text, n_tokens)
        divergences: list[NDArray[np.float64]] = []
        same = 0
        for start in range(0, len(tokens), n_ctx):
            chunk = tokens[start : start + n_ctx]
            if reader.model.vocab.adds_bos:
                chunk[0] = reader.model.vocab.bos
            expected, found = reference(chunk), reader.read(chunk, 0)
            same += int((expected.argmax(axis=1) == found.argmax(axis=1)).sum())
            divergences.append(_divergences(expected, found))
    values = np.concatenate(divergences)
    return ExportCheck(len(values), float(values.mean()), float(values.max()), same / len(values))


def _divergences(expected: Floats, found: Floats) -> NDArray[np.float64]:
    """KL of each row; where one has more rows in its embedding, those of both are compared."""
    width = min(expected.shape[1], found.shape[1])
    rows = []
    for part in blocks(len(expected), width):
        ours = log_softmax(expected[part, :width]).astype(np.float64)
        theirs = log_softmax(found[part, :width]).astype(np.float64)
        rows.append((np.exp(ours) * (ours - theirs)).sum(axis=1))
    return np.concatenate(rows)
