"""Which words of which message a token of the prompt stands for."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from engine.protocol.values import PromptReport


class PromptPlace(NamedTuple):
    """A stretch of a message's text, in characters; `message` is the index in the request."""

    message: int
    start: int
    end: int


def prompt_places(report: PromptReport, texts: Sequence[str]) -> list[PromptPlace | None]:
    """For every token of the prompt; None for those of the template, and where the text was changed.

    `texts` are those of the messages of the request. A token that begins in one segment belongs to it.
    """
    starts: list[int] = [0]
    sources: list[tuple[int, str, int]] = []
    for segment in report.segments:
        starts.append(starts[-1] + len(segment.text.encode("utf-8", "replace")))
        known = 0 <= segment.message < len(texts)
        offset = texts[segment.message].find(segment.text) if known and segment.text else -1
        sources.append((segment.message, segment.text, offset))
    places: list[PromptPlace | None] = []
    ends = list(accumulate(len(piece) for piece in report.pieces))
    total = ends[-1] if ends else 0
    ahead = total - starts[-1]  # a beginning-of-text token that is not in the template
    for piece, end in zip(report.pieces, ends, strict=True):
        start = end - len(piece) - ahead
        number = bisect_right(starts, start) - 1 if start >= 0 else -1
        places.append(_place(piece, start, number, starts, sources))
    return places


def _place(
    piece: bytes, start: int, number: int, starts: list[int], sources: list[tuple[int, str, int]]
) -> PromptPlace | None:
    if not 0 <= number < len(sources):
        return None
    message, text, offset = sources[number]
    if offset < 0:
        return None
    raw = text.encode("utf-8", "replace")
    inside = start - starts[number]
    first = offset + len(raw[:inside].decode("utf-8", "ignore"))
    last = offset + len(raw[: inside + len(piece)].decode("utf-8", "ignore"))
    return PromptPlace(message, first, last) if last > first else None
