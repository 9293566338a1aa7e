"""Tokens of a text: which characters each one is, which are special, how well the text compresses.

Pure Python, so that the window can use it at any time.
"""

import codecs
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class TokenRow(NamedTuple):
    """One token. `start` and `end`: the characters of the text that it has bytes of.

    `text`: its own bytes as text, with U+FFFD for bytes that are only part of a character.
    """

    position: int
    id: int
    piece: bytes
    text: str
    special: bool
    start: int
    end: int


class TokenCounts(NamedTuple):
    """How a text was cut up. Special tokens count as tokens, their bytes as bytes."""

    tokens: int
    bytes: int
    characters: int
    special: int
    distinct: int

    @property
    def bytes_per_token(self) -> float:
        """The compression rate; 0 for no tokens."""
        return self.bytes / self.tokens if self.tokens else 0.0

    @property
    def characters_per_token(self) -> float:
        return self.characters / self.tokens if self.tokens else 0.0


def joined_text(pieces: Sequence[bytes]) -> str:
    """The text of a sequence of tokens; bytes that are no UTF-8 become U+FFFD."""
    return b"".join(pieces).decode("utf-8", "replace")


def token_table(ids: Sequence[int], pieces: Sequence[bytes], special: Sequence[bool] = ()) -> list[TokenRow]:
    """One row a token. Raises `ValueError` for sequences of different lengths."""
    marks = special or (False,) * len(ids)
    spans = text_spans(pieces)
    return [
        TokenRow(index, token, piece, piece.decode("utf-8", "replace"), mark, *span)
        for index, (token, piece, mark, span) in enumerate(zip(ids, pieces, marks, spans, strict=True))
    ]


def count_tokens(ids: Sequence[int], pieces: Sequence[bytes], special: Sequence[bool] = ()) -> TokenCounts:
    """Figures of a whole text."""
    return TokenCounts(
        tokens=len(ids),
        bytes=sum(map(len, pieces)),
        characters=len(joined_text(pieces)),
        special=sum(map(bool, special)),
        distinct=len(set(ids)),
    )


def text_spans(pieces: Sequence[bytes]) -> list[tuple[int, int]]:
    """For each token the characters (start, end) of `joined_text` that it has bytes of.

    A character spread over several tokens belongs to all of them, so spans can overlap. A token without
    bytes has an empty span, or that of the character in whose middle it stands. Starts and ends never
    decrease.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    pending: list[bytes] = []
    for piece in pieces:
        pending.append(piece)
        data = b"".join(pending)
        if _ends_inside_character(data):
            continue
        characters = _characters(data)
        spans.extend(_pending_spans(pending, characters, position))
        position += len(characters)
        pending.clear()
    if pending:
        spans.extend(_pending_spans(pending, _characters(b"".join(pending)), position))
    return spans


def token_at(spans: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The first token that has a part in the character at `offset`; None beyond the text."""
    if offset < 0:
        return None
    place = bisect_right(spans, offset, key=lambda span: span[1])
    return place if place < len(spans) and spans[place][0] <= offset else None


def tokens_between(spans: Sequence[tuple[int, int]], start: int, end: int) -> range:
    """The tokens that have a part in the characters from `start` up to `end`."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = first
    while last < len(spans) and spans[last][0] < end:
        last += 1
    return range(first, last)


def _ends_inside_character(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    decoder.decode(data)
    return bool(decoder.getstate()[0])


def _characters(data: bytes) -> list[tuple[int, int]]:
    """The bytes (start, end) of each character of the decoded text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_characters(data)
    spans: list[tuple[int, int]] = []
    at = 0
    for character in text:
        size = len(character.encode("utf-8"))
        spans.append((at, at + size))
        at += size
    return spans


def _damaged_characters(data: bytes) -> list[tuple[int, int]]:
    """The same byte by byte: every U+FFFD stands for the bytes that the decoder gave up on."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    spans: list[tuple[int, int]] = []
    begun = 0
    for at in range(len(data)):
        made = len(decoder.decode(data[at : at + 1]))
        end = at + 1 - len(decoder.getstate()[0])
        if made > 1 and end > at:  # what had begun was broken by this byte, which is a character itself
            spans.extend(_broken(begun, at, made - 1))
            begun, made = at, 1
        if made:
            spans.extend(_broken(begun, end, made))
            begun = end
    rest = decoder.decode(b"", final=True)
    return spans + _broken(begun, len(data), len(rest))


def _broken(start: int, end: int, count: int) -> list[tuple[int, int]]:
    """`count` characters for some bytes: one byte each, the last one takes what is left."""
    places = [*range(start, start + count), end]
    return [(places[number], places[number + 1]) for number in range(count)]


def _pending_spans(
    pieces: Sequence[bytes], characters: Sequence[tuple[int, int]], position: int
) -> list[tuple[int, int]]:
    if len(pieces) == 1:
        return [(position, position + len(characters))]
    spans: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        end = at + len(piece)
        touched = [number for number, (first, last) in enumerate(characters) if first < end and last > at]
        if touched:
            spans.append((position + touched[0], position + touched[-1] + 1))
        else:
            place = spans[-1][1] if spans else position
            spans.append((place, place))
        at = end
    return spans
