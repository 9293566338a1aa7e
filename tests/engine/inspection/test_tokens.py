"""Spans of tokens in their text, whatever the bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.inspection.tokens import (
    count_tokens,
    joined_text,
    text_spans,
    token_at,
    token_table,
    tokens_between,
)


def test_words() -> None:
    assert text_spans([b"Hello", b" ", b"world"]) == [(0, 5), (5, 6), (6, 11)]


def test_a_character_over_several_tokens_belongs_to_all_of_them() -> None:
    fox = "🦊".encode()
    pieces = [b"a ", fox[:2], fox[2:3], fox[3:] + b"!", "é".encode()]
    assert joined_text(pieces) == "a 🦊!é"
    assert text_spans(pieces) == [(0, 2), (2, 3), (2, 3), (2, 4), (4, 5)]


def test_damaged_bytes() -> None:
    pieces = [b"\xe2", b"A", b"\xff", b"", b"\xf0\x9f"]
    assert joined_text(pieces) == "\ufffdA\ufffd\ufffd"
    assert text_spans(pieces) == [(0, 1), (1, 2), (2, 3), (3, 3), (3, 4)]


def test_half_a_surrogate_is_two_characters() -> None:
    assert text_spans([b"\xed", b"\xa0", b"A"]) == [(0, 1), (1, 2), (2, 3)]
    assert text_spans([b"\xed\xa0"]) == [(0, 2)]


_BYTES = st.binary(max_size=4) | st.lists(
    st.sampled_from([0x41, 0x80, 0xA0, 0xC2, 0xE0, 0xED, 0xE2, 0xF0, 0xF4, 0x90, 0xFF]), max_size=3
).map(bytes)


@given(st.lists(_BYTES, max_size=30))
def test_any_bytes(pieces: list[bytes]) -> None:
    text, spans = joined_text(pieces), text_spans(pieces)
    assert len(spans) == len(pieces)
    covered = {place for start, end in spans for place in range(start, end)}
    assert covered == set(range(len(text)))
    assert all(first[0] <= second[0] and first[1] <= second[1] for first, second in pairwise(spans))
    for piece, (start, end) in zip(pieces, spans, strict=True):
        assert end > start or not piece


@given(st.text(max_size=40), st.data())
def test_any_cut_of_a_text(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    cuts = sorted(data.draw(st.sets(st.integers(0, len(raw)))) | {0, len(raw)})
    pieces = [raw[start:end] for start, end in pairwise(cuts)]
    spans = text_spans(pieces)
    for place in range(len(text)):
        # The first token with a part in a character holds the character's first byte.
        at = len(text[:place].encode())
        expected = next(number for number, end in enumerate(cuts[1:]) if at < end)
        assert token_at(spans, place) == expected
        assert expected in tokens_between(spans, place, place + 1)
    assert token_at(spans, len(text)) is None
    assert token_at(spans, -1) is None


def test_table_and_counts() -> None:
    ids, pieces, special = [1, 5, 6, 5], [b"<s>", b" caf\xc3", b"\xa9", b" x"], [True, False, False, False]
    rows = token_table(ids, pieces, special)
    assert [(row.position, row.id, row.text, row.special) for row in rows] == [
        (0, 1, "<s>", True),
        (1, 5, " caf\ufffd", False),
        (2, 6, "\ufffd", False),
        (3, 5, " x", False),
    ]
    assert [(row.start, row.end) for row in rows] == [(0, 3), (3, 8), (7, 8), (8, 10)]
    counts = count_tokens(ids, pieces, special)
    assert (counts.tokens, counts.bytes, counts.characters, counts.special, counts.distinct) == (
        4,
        11,
        10,
        1,
        3,
    )
    assert counts.bytes_per_token == 11 / 4
    assert count_tokens([], []).bytes_per_token == 0
    with pytest.raises(ValueError, match="zip"):
        token_table([1, 2], [b"a"])


def test_long_texts_are_quick() -> None:
    """An accent over two tokens in every word: nothing grows with the square of the text."""
    pieces = [b" caf\xc3", b"\xa9"] * 50_000
    assert text_spans(pieces)[-1] == (249_999, 250_000)
