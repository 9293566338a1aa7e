"""What each sampler stage did to the candidates of one token: the sampler X-ray."""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.vocab import Vocab
from engine.protocol.inspection import StageCandidate, StageTrace
from engine.sampling.params import SamplingParams

_SHOWN = 24
_DTYPE = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])
Candidates = NDArray[np.void]


class StageTracer:
    """Snapshots the candidate array before the first and after every stage."""

    def __init__(self, vocab: Vocab, params: SamplingParams) -> None:
        self._vocab = vocab
        self._params = params
        self._history: Sequence[int] = ()
        self._before: Candidates = np.empty(0, _DTYPE)
        self.stages: list[StageTrace] = []

    def begin(self, array: Any, history: Sequence[int]) -> None:
        """The candidates as the model gave them."""
        self.stages = []
        self._history = history
        self._before = _alive(array)

    def after(self, name: str, array: Any) -> None:
        """A stage was applied. The stage that draws leaves one candidate."""
        now = _alive(array)
        if array.selected >= 0:
            now = _all(array)[array.selected : array.selected + 1].copy()
        left = np.zeros(self._vocab.size, bool)
        left[now["id"]] = True
        gone = self._before[~left[self._before["id"]]]
        self.stages.append(
            StageTrace(
                sampler=name,
                kept=int(now.size),
                removed_count=int(gone.size),
                removed=self._top(gone, _softmax(self._before, gone)),
                top=self._top(now, _softmax(now, now)),
                detail=self._detail(name, now),
            )
        )
        self._before = now

    def _top(self, candidates: Candidates, shares: NDArray[np.float64]) -> tuple[StageCandidate, ...]:
        order = _best(candidates["logit"], _SHOWN)
        return tuple(
            StageCandidate(
                int(candidates["id"][place]),
                self._vocab.text(int(candidates["id"][place])),
                float(candidates["logit"][place]),
                float(shares[place]),
            )
            for place in order
        )

    def _detail(self, name: str, now: Candidates) -> str:
        """Why, where it can be told: which candidates a penalty moved, and by how much."""
        if name not in ("penalties", "dry", "logit_bias") or now.size == 0:
            return ""
        moved = _moved(self._before, now, self._vocab.size)
        parts = [f"{self._vocab.text(token)!r} {change:+.2f}" for change, token in moved[:6]]
        if name == "dry" and moved:
            repeated = dry_match(self._history, moved[0][1], self._params.dry_allowed_length)
            if repeated:
                text = self._vocab.join(repeated).decode("utf-8", "replace")
                return f"{text!r} → {', '.join(parts)}"
        return ", ".join(parts)


def dry_match(history: Sequence[int], token: int, shortest: int) -> list[int]:
    """The longest end of `history` that occurred before and was followed there by `token`.

    What DRY penalises (Philipp Emanuel Weidmann, 2024): going on would repeat these tokens and `token`.
    """
    best = 0
    for end in range(len(history) - 1):
        if history[end + 1] != token:
            continue
        length = 0
        while length <= end and history[end - length] == history[len(history) - 1 - length]:
            length += 1
        best = max(best, length)
    return list(history[len(history) - best :]) if best >= shortest else []


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the highest scores, best first, equal ones in their order; without sorting a vocabulary."""
    places = np.arange(scores.size)
    if scores.size > count:
        border = np.partition(scores, -count)[-count]
        places = np.flatnonzero(scores >= border)
    best: NDArray[np.intp] = places[np.argsort(-scores[places], kind="stable")][:count]
    return best


def _moved(before: Candidates, now: Candidates, vocabulary: int) -> list[tuple[float, int]]:
    """(change of the score, token) of candidates whose score changed, the most lowered first."""
    old = np.full(vocabulary, np.nan, np.float32)
    old[before["id"]] = before["logit"]
    change = now["logit"] - old[now["id"]]
    places = np.flatnonzero(np.abs(change) > 1e-6)
    order = places[np.argsort(change[places], kind="stable")][:_SHOWN]
    return [(float(change[place]), int(now["id"][place])) for place in order]


def _all(array: Any) -> Candidates:
    address = ctypes.addressof(array.data.contents)
    memory = (ctypes.c_char * (_DTYPE.itemsize * array.size)).from_address(address)
    return np.frombuffer(memory, _DTYPE)


def _alive(array: Any) -> Candidates:
    """A copy of the candidates that can still be drawn; some stages set minus infinity instead of
    removing.
    """
    candidates = _all(array)
    alive: Candidates = candidates[np.isfinite(candidates["logit"])].copy()
    return alive


def _softmax(group: Candidates, wanted: Candidates) -> NDArray[np.float64]:
    """Shares of `wanted` among `group`."""
    if group.size == 0 or wanted.size == 0:
        return np.zeros(wanted.size)
    largest = float(group["logit"].max())
    total = np.exp(group["logit"].astype(np.float64) - largest).sum()
    shares: NDArray[np.float64] = np.exp(wanted["logit"].astype(np.float64) - largest) / total
    return shares
