"""What the model thought, before any sampler: log-probabilities, entropy, rank, candidates."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.vocab import Vocab
from engine.protocol.values import TokenCandidate

Floats = NDArray[np.float32]


class Distribution:
    """Softmax statistics of one position at a time, in buffers that are reused.

    `read` costs about 60 µs for a vocabulary of 50,000, which is why candidates are only picked on demand.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._shifted: Floats = np.empty(vocab.size, np.float32)
        self._exp: Floats = np.empty(vocab.size, np.float32)
        self.logits: Floats = self._shifted
        self.largest = 0.0
        self.entropy = 0.0
        self._log_total = 0.0

    def read(self, logits: Floats) -> None:
        """Take the scores of a position, [vocab]. Entropy is in bits."""
        self.logits = logits
        self.largest = float(logits.max())
        np.subtract(logits, self.largest, out=self._shifted)
        np.exp(self._shifted, out=self._exp)
        total = float(self._exp.sum())
        self._log_total = math.log(total)
        mean = float(np.dot(self._shifted, self._exp)) / total
        if math.isnan(mean):  # -inf · 0 where a model masks tokens itself
            finite = np.isfinite(self._shifted)
            mean = float(np.dot(self._shifted[finite], self._exp[finite])) / total
        self.entropy = (self._log_total - mean) / math.log(2)

    def logprob(self, token: int) -> float:
        """Natural logarithm of the token's probability."""
        return float(self.logits[token]) - self.largest - self._log_total

    def rank(self, token: int) -> int:
        """How many tokens the model preferred to this one."""
        return int(np.count_nonzero(self.logits > self.logits[token]))

    def top(self, count: int) -> tuple[TokenCandidate, ...]:
        """The `count` most probable tokens, best first."""
        count = min(count, self.logits.size)
        if count <= 0:
            return ()
        picked = np.argpartition(self.logits, -count)[-count:]
        ordered = picked[np.argsort(-self.logits[picked], kind="stable")]
        return tuple(
            TokenCandidate(int(token), self._vocab.text(int(token)), self.logprob(int(token)))
            for token in ordered
        )


class TokenFacts(NamedTuple):
    """What is kept of every generated token."""

    logprob: float
    entropy: float
    rank: int
