"""Where a token stands in the prompt of the chat. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from engine.protocol.values import PromptReport

AROUND = 8
MOST = 200


class Occurrence(NamedTuple):
    """One place: token number in the prompt, message of the request (-1: template), the bytes around it."""

    position: int
    message: int
    before: bytes
    piece: bytes
    after: bytes


class PromptTokens:
    """The tokens of a rendered prompt, by their bytes."""

    def __init__(self, report: PromptReport) -> None:
        self._pieces: Sequence[bytes] = report.pieces
        self._counts = Counter(self._pieces)
        self._ends: list[tuple[int, int]] = []
        end = 0
        for segment in report.segments:
            end += segment.tokens
            self._ends.append((end, segment.message))

    def count(self, piece: bytes) -> int:
        """How often a token stands in the prompt."""
        return self._counts.get(piece, 0)

    def find(self, piece: bytes) -> list[Occurrence]:
        """The first places, at most 200."""
        found: list[Occurrence] = []
        if not self._counts.get(piece):
            return found
        for position, each in enumerate(self._pieces):
            if each == piece:
                before = b"".join(self._pieces[max(0, position - AROUND) : position])
                after = b"".join(self._pieces[position + 1 : position + 1 + AROUND])
                found.append(Occurrence(position, self._message_at(position), before, piece, after))
                if len(found) == MOST:
                    break
        return found

    def _message_at(self, position: int) -> int:
        return next((message for end, message in self._ends if position < end), -1)
