"""Identifiers and times: 26-character ULIDs (github.com/ulid/spec), so that ids sort by creation."""

import os
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80
_lock = threading.Lock()
_last = 0


def now_ms() -> int:
    """Wall clock in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """A fresh id, greater than every id this process made before, even if the clock steps back."""
    global _last
    with _lock:
        fresh = (now_ms() << _RANDOM_BITS) | int.from_bytes(os.urandom(_RANDOM_BITS // 8), "big")
        same_or_earlier_ms = (fresh >> _RANDOM_BITS) <= (_last >> _RANDOM_BITS)
        _last = _last + 1 if same_or_earlier_ms else fresh
        return _base32(_last)


def _base32(value: int) -> str:
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))
