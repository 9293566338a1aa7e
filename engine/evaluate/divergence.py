"""One text, one reference, many variants: the KL divergence of each from the reference."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from engine.evaluate.reference import ReferenceStore
from engine.evaluate.scores import Floats, blocks, compress, divergence, log_softmax
from engine.evaluate.source import LogitSource

Progress = Callable[[float], None]
"""The fraction of the text that is read."""


class DivergenceMeter:
    """Reads `tokens` (whole chunks) once with the reference, then once for each variant.

    Scored are the positions that `llama-perplexity` scores. `folder`: where the reference's distributions
    are kept. Close it. Raises `UserError` output.no_space.
    """

    def __init__(self, folder: Path, tokens: Sequence[int], n_ctx: int, vocab: int) -> None:
        self._tokens, self._n_ctx, self._vocab = list(tokens), n_ctx, vocab
        self._first = n_ctx // 2
        self._store = ReferenceStore(folder, self.positions, vocab)

    def __enter__(self) -> "DivergenceMeter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, error, trace)

    @property
    def positions(self) -> int:
        """How many are scored."""
        return len(self._tokens) // self._n_ctx * (self._n_ctx - 1 - self._first)

    def read_reference(self, source: LogitSource, progress: Progress) -> None:
        """What the others are compared with."""
        self._store.rewind()
        for logits in self._chunks(source, progress):
            for part in blocks(len(logits), self._vocab):
                self._store.append(compress(log_softmax(logits[part])))

    def measure(self, source: LogitSource, progress: Progress) -> Floats:
        """KL divergence from the reference at every position, in nats."""
        self._store.rewind()
        found: list[Floats] = []
        for logits in self._chunks(source, progress):
            for part in blocks(len(logits), self._vocab):
                logprobs = log_softmax(logits[part])
                found.append(divergence(self._store.next(len(logprobs)), logprobs))
        return np.concatenate(found)

    def _chunks(self, source: LogitSource, progress: Progress) -> Iterator[Floats]:
        for start in range(0, len(self._tokens), self._n_ctx):
            yield source.read(self._tokens[start : start + self._n_ctx], self._first)[:-1]
            progress((start + self._n_ctx) / len(self._tokens))
