"""Rows that share most of their text, among a million, in one pass.

MinHash on runs of eight bytes by one permutation in 32 bins (Li, Owen & Zhang 2012; empty bins borrow from
the next one, Shrivastava & Li 2014), then candidates by bands of four bins (Leskovec, Rajaraman & Ullman,
Mining of Massive Datasets, ch. 3). The share in common is estimated from the bins, to about ± 0.07.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RUN = 8
"""Bytes of a run."""
BINS = 32
_BAND = 4
_EMPTY = np.uint32(0xFFFFFFFF)
_FLUSH_BYTES = 1 << 18
SHORTEST = 48
"""Bytes: shorter texts are alike by chance, and only compared exactly."""
ALIKE = 0.8
"""From this share in common on, two rows count as near duplicates."""
MOST_ROWS = 2_000_000
"""Signatures take 128 bytes a row."""


class NearDuplicates(NamedTuple):
    """`partner`: an earlier row that is nearly the same, -1 for none; `share`: how much they have in
    common.
    """

    partner: NDArray[np.int64]
    share: NDArray[np.float32]


class Signatures:
    """Takes texts one after another, and says which are alike."""

    def __init__(self, count: int) -> None:
        """`count`: how many texts there will be at most."""
        self._texts: list[bytes] = []
        self._bytes = 0
        self._signatures = np.empty((min(count, MOST_ROWS), BINS), np.uint32)
        self._done = 0
        self._short: list[bool] = []

    def add(self, text: str) -> None:
        """Letter case, punctuation at the ends of lines and blank space make no difference."""
        if len(self._short) >= len(self._signatures):
            return
        data = " ".join(text.lower().split()).encode("utf-8", "replace")
        self._short.append(len(data) < SHORTEST)
        self._texts.append(data.ljust(RUN))
        self._bytes += len(data)
        if self._bytes >= _FLUSH_BYTES:
            self._flush()

    def find(self) -> NearDuplicates:
        """Parallel to the texts that were added."""
        self._flush()
        count = self._done
        signatures = self._signatures[:count]
        result = NearDuplicates(np.full(count, -1, np.int64), np.zeros(count, np.float32))
        compared = np.flatnonzero(~np.array(self._short, bool))
        for first in range(0, BINS, _BAND):
            _compare_band(signatures, compared, first, result)
        return result

    def _flush(self) -> None:
        if not self._texts:
            return
        lengths = np.array([len(text) for text in self._texts])
        data = np.frombuffer(b"".join(self._texts), np.uint8)
        rows = np.repeat(np.arange(len(lengths)), lengths)[: len(data) - RUN + 1]
        # Runs that reach into the next text belong to neither.
        inside = np.arange(len(rows)) <= (np.cumsum(lengths) - RUN)[rows]
        hashes = _run_hashes(data)[inside]
        fresh = _densified(_bin_minima(hashes, rows[inside], len(lengths)))
        self._signatures[self._done : self._done + len(fresh)] = fresh
        self._done += len(fresh)
        self._texts, self._bytes = [], 0


def _run_hashes(data: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """A hash of each run, by where it begins."""
    count = len(data) - RUN + 1
    hashes = np.zeros(count, np.uint64)
    for offset in range(RUN):
        hashes |= data[offset : offset + count].astype(np.uint64) << np.uint64(8 * offset)
    with np.errstate(over="ignore"):  # the finalizer of MurmurHash3 (Appleby)
        hashes ^= hashes >> np.uint64(33)
        hashes *= np.uint64(0xFF51AFD7ED558CCD)
        hashes ^= hashes >> np.uint64(33)
        hashes *= np.uint64(0xC4CEB9FE1A85EC53)
        hashes ^= hashes >> np.uint64(33)
    return hashes


def _bin_minima(hashes: NDArray[np.uint64], rows: NDArray[np.int64], count: int) -> NDArray[np.uint32]:
    """uint32 [row, bin]: the five highest bits choose the bin, the next 31 the value."""
    minima = np.full(count * BINS, _EMPTY, np.uint32)
    bins = (hashes >> np.uint64(59)).astype(np.int64)
    values = ((hashes >> np.uint64(28)) & np.uint64(0x7FFFFFFF)).astype(np.uint32)
    np.minimum.at(minima, rows * BINS + bins, values)
    return minima.reshape(count, BINS)


def _densified(minima: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Empty bins take the value of the next full one, moved by how far away it was."""
    full = minima != _EMPTY
    result = minima.copy()
    open_ = ~full
    for step in range(1, BINS):
        if not open_.any():
            break
        source = np.roll(minima, -step, axis=1)
        filled = open_ & np.roll(full, -step, axis=1)
        result[filled] = source[filled] ^ np.uint32(step << 24)
        open_ &= ~filled
    return result


def _compare_band(
    signatures: NDArray[np.uint32], compared: NDArray[np.int64], first: int, result: NearDuplicates
) -> None:
    """Rows equal in one band are compared with the first of them; the best partner is kept."""
    band = signatures[compared, first : first + _BAND].astype(np.uint64)
    with np.errstate(over="ignore"):
        keys = band[:, 0]
        for column in range(1, _BAND):
            keys = (keys * np.uint64(0x9E3779B97F4A7C15)) ^ band[:, column]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]] if len(ordered) else np.empty(0, bool)
    leaders = compared[order[np.flatnonzero(starts)]][np.cumsum(starts) - 1] if len(ordered) else compared
    members = compared[order]
    others = members != leaders
    members, leaders = members[others], leaders[others]
    for begin in range(0, len(members), 65536):
        some, lead = members[begin : begin + 65536], leaders[begin : begin + 65536]
        share = (signatures[some] == signatures[lead]).mean(axis=1, dtype=np.float32)
        better = (share >= ALIKE) & (share > result.share[some])
        result.partner[some[better]] = lead[better]
        result.share[some[better]] = share[better]
