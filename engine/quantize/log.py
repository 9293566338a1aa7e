"""Reads what llama.cpp logs while it quantizes: which tensor becomes what, and why.

The lines of the pinned release, which arrive in pieces:

    [ 12/272] blk.1.attn_k.weight - [ 576, 192, 1, 1], type = q4_1, size = 0.07 MiB -> 0.11 MiB (q8_0)
    warning: blk.0.attn_k.weight - ncols 576 not divisible by 256 (required for type q4_K) -> falling
    back to q5_0
"""

import re
from typing import NamedTuple

_TENSOR = re.compile(r"^\[\s*(\d+)/\s*(\d+)\]\s+(\S+)")
_BECOMES = re.compile(r"^size =.*->.*\((\w+)\)")
_FALLBACK = re.compile(
    r"^warning: (\S+)\s+- ncols\s+(\d+) not divisible by (\d+) \(required for type\s+(\w+)\)"
)
_NEEDS_IMATRIX = re.compile(r"will require an imatrix|requires an importance matrix|requires an imatrix")
_FAILED = re.compile(r"failed to quantize: (.+)")


class Fallback(NamedTuple):
    """A tensor whose rows are no multiple of the block of the type it should have had."""

    width: int
    block: int
    wanted: str


class QuantizeLog:
    """What one run has said so far. Feed it the pieces of the log in order."""

    def __init__(self) -> None:
        self.started: list[str] = []
        """Tensors in the order in which they were begun."""
        self.total = 0
        self.becomes: dict[str, str] = {}
        """Type name by tensor, where a dry run says that it changes."""
        self.fallbacks: dict[str, Fallback] = {}
        self.needs_imatrix = False
        self.failure = ""

    def feed(self, text: str) -> bool:
        """True when a tensor was begun."""
        if match := _TENSOR.match(text):
            self.total = int(match[2])
            self.started.append(match[3])
            return True
        if (match := _BECOMES.match(text)) and self.started:
            self.becomes[self.started[-1]] = match[1].upper()
        elif match := _FALLBACK.match(text):
            self.fallbacks[match[1]] = Fallback(int(match[2]), int(match[3]), match[4].upper())
        elif match := _FAILED.search(text):
            self.failure = match[1].strip().rstrip("!.")
        self.needs_imatrix |= _NEEDS_IMATRIX.search(text) is not None
        return False
