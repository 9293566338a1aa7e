"""Cuts a text into tokens stretch by stretch, so that the stretches stay apart."""

from collections.abc import Callable, Sequence
from functools import cached_property

_BEFORE = "\n"


class TokenJoiner:
    """Tokens of stretches that follow each other.

    SentencePiece models of the Llama 2 kind put a blank before every text they are given. Inside a row that
    blank would be wrong, so a stretch that is not the first is cut together with a line feed, whose tokens
    are then taken away again.
    """

    def __init__(self, tokenize: Callable[[str, bool], Sequence[int]]) -> None:
        self._tokenize = tokenize

    def __call__(self, text: str, special: bool, *, first: bool) -> list[int]:
        """Ids of one stretch; `first`: nothing stands before it."""
        if not text:
            return []
        if first or not self._adds_blank:
            return list(self._tokenize(text, special))
        known = self._line_feed
        ids = list(self._tokenize(_BEFORE + text, special))
        if ids[: len(known)] == known:
            return ids[len(known) :]
        return list(self._tokenize(text, special))

    @cached_property
    def _line_feed(self) -> list[int]:
        return list(self._tokenize(_BEFORE, False))

    @cached_property
    def _adds_blank(self) -> bool:
        alone = list(self._tokenize("x", False))
        return list(self._tokenize(_BEFORE + "x", False))[-len(alone) :] != alone
