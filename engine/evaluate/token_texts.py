"""Texts of tokens that, joined, are the text: half a character belongs to the token that completes it."""

import codecs
from collections.abc import Iterable


def token_texts(pieces: Iterable[bytes]) -> list[str]:
    """One text for each piece; "" where a character is only begun. Bytes that are no UTF-8 become U+FFFD."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return [decoder.decode(piece) for piece in pieces]
