"""Where the tokens of a reply stand in its text."""

from collections.abc import Sequence

Span = tuple[int, int]


def spans(ends: Sequence[int]) -> list[Span]:
    """Start and end of each token in characters of the message's reasoning followed by its answer.

    `ends` is `ReplyRecord.ends`. A token that shows nothing by itself, half a character or a tag, has an
    empty span; the token that completes what was held back has the whole of it.
    """
    result: list[Span] = []
    start = 0
    for end in ends:
        result.append((start, max(start, end)))
        start = max(start, end)
    return result
