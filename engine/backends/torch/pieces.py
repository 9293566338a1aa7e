"""Tokens as bytes: what the panels show, and what a reply is joined from."""

import json
import re
from typing import Any, Literal

Style = Literal["byte_level", "metaspace", "word_piece", "plain"]
_BYTE_TOKEN = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_METASPACE = "▁"


class Pieces:
    """The bytes of each token of one tokenizer.

    How a tokenizer writes blanks is said by its decoder: “Ġ” and its like for bytes (GPT-2, RoBERTa), “▁”
    (SentencePiece: T5), “##” for what continues a word (BERT).
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._special = {int(token) for token in tokenizer.all_special_ids}
        self._style = _style(tokenizer)
        self._bytes = _byte_alphabet() if self._style == "byte_level" else {}

    def is_special(self, token: int) -> bool:
        return token in self._special

    def piece(self, token: int) -> bytes:
        """With the blank that a token brings along; a control token as it is written."""
        text = self._tokenizer.convert_ids_to_tokens(token)
        if text is None:
            return b""
        if token in self._special:
            return str(text).encode()
        match self._style:
            case "byte_level":
                return bytes(self._bytes.get(letter, ord("?")) for letter in text)
            case "metaspace":
                found = _BYTE_TOKEN.fullmatch(text)
                return bytes([int(found[1], 16)]) if found else text.replace(_METASPACE, " ").encode()
            case "word_piece":
                return text[2:].encode() if text.startswith("##") else f" {text}".encode()
            case "plain":
                return str(text).encode()

    def text(self, token: int) -> str:
        """For people: half a character becomes U+FFFD."""
        return self.piece(token).decode("utf-8", "replace")

    def written(self, token: int, *, first: bool) -> bytes:
        """As part of a reply, whose first word has no blank before it."""
        piece = self.piece(token)
        return piece.removeprefix(b" ") if first and self._style != "byte_level" else piece

    def sequence(self, tokens: list[int]) -> tuple[bytes, ...]:
        """Pieces of a text: the first word has no blank before it, also after control tokens."""
        pieces: list[bytes] = []
        fresh = True
        for token in tokens:
            pieces.append(self.written(token, first=fresh))
            fresh = token in self._special
        return tuple(pieces)


def _style(tokenizer: Any) -> Style:
    decoder = json.loads(tokenizer.backend_tokenizer.to_str()).get("decoder") or {}
    kinds = {decoder.get("type"), *(each.get("type") for each in decoder.get("decoders", ()))}
    if "ByteLevel" in kinds:
        return "byte_level"
    if "WordPiece" in kinds:
        return "word_piece"
    replaces = any(
        each.get("pattern", {}).get("String") == _METASPACE for each in decoder.get("decoders", ())
    )
    return "metaspace" if "Metaspace" in kinds or replaces else "plain"


def _byte_alphabet() -> dict[str, int]:
    """GPT-2's letters for the 256 bytes (Radford et al. 2019): printable ones stand for themselves."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in printable]
    return {
        **{chr(byte): byte for byte in printable},
        **{chr(256 + place): byte for place, byte in enumerate(hidden)},
    }
