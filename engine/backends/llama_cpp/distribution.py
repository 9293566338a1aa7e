"""What the model thought, before any sampler: log-probabilities, entropy, rank, candidates."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.vocab import Vocab
from engine.protocol.values import TokenCandidate

Floats = NDArray[np.float32]


# How far below the best score the first look for the best tokens goes, and how few or many it should find.
_FIRST_MARGIN = 8.0
_WIDEST_MARGIN = 64.0
_ROOMY = 8
# exp of scores up to this, and the sum of a vocabulary of them, is a finite float and none is lost.
_PLAIN = 60.0


class Near(NamedTuple):
    """Tokens whose score is above `limit`: ids ascending and their scores, [n] each."""

    ids: NDArray[np.intp]
    scores: Floats
    limit: float


class Distribution:
    """Softmax statistics of one position at a time, in buffers that are reused.

    After a decode the caches hold weights, so that every pass over the vocabulary costs some 20 µs for 50,000
    tokens. `read` needs four; whatever asks for the best tokens shares one more through `near`.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._exp: Floats = np.empty(vocab.size, np.float32)
        self._above: NDArray[np.bool_] = np.empty(vocab.size, np.bool_)
        self.logits: Floats = self._exp
        self.largest = 0.0
        self.entropy = 0.0
        self._log_total = 0.0
        self._margin = _FIRST_MARGIN
        self._near: Near | None = None

    def read(self, logits: Floats) -> None:
        """Take the scores of a position, [vocab]. Entropy is in bits."""
        self.logits = logits
        self._near = None
        self.largest = float(np.maximum.reduce(logits))
        # Where the best score fits into a float's exponent as it is, a pass is spared.
        shift = 0.0 if abs(self.largest) < _PLAIN else self.largest
        np.exp(np.subtract(logits, shift, out=self._exp) if shift else logits, out=self._exp)
        total = float(np.add.reduce(self._exp))
        self._log_total = math.log(total) + shift
        mean = float(np.dot(logits, self._exp)) / total
        if not math.isfinite(mean):  # -inf · 0 where a model masks tokens itself
            finite = np.isfinite(logits)
            mean = float(np.dot(logits[finite], self._exp[finite])) / total
        self.entropy = max(0.0, (self._log_total - mean) / math.log(2))

    def near(self, count: int) -> Near | None:
        """At least the `count` best tokens and not many more; None where that is hardly less than all."""
        known = self._near
        if known is not None and known.ids.size >= count:
            return known
        while self._margin < _WIDEST_MARGIN:
            limit = self.largest - self._margin
            ids = np.greater(self.logits, np.float32(limit), out=self._above).nonzero()[0]
            if ids.size >= count:
                if ids.size > _ROOMY * count:
                    self._margin *= 0.9
                self._near = Near(ids, self.logits.take(ids), limit)
                return self._near
            self._margin *= 1.3
        self._margin = _FIRST_MARGIN
        return None

    def logprob(self, token: int) -> float:
        """Natural logarithm of the token's probability."""
        return float(self.logits[token]) - self._log_total

    def rank(self, token: int) -> int:
        """How many tokens the model preferred to this one."""
        score, near = self.logits[token], self._near
        if score >= self.largest:
            return 0
        among = near.scores if near is not None and score > near.limit else self.logits
        return int(np.count_nonzero(among > score))

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
