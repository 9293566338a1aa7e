"""The vocabulary of a GGUF file or a safetensors folder, in bytes, without loading the model.

Files keep tokens in the notation of the tokenizer they came from; here they are turned back into the bytes
that they add to a text: byte-level BPE (Radford et al. 2019: 256 printable stand-ins for the bytes), and
SentencePiece and WordPiece (“▁” for a blank, “<0x0A>” for a byte).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.errors import UserError
from engine.library.gguf_header import GgufArray, GgufHeader, read_array, read_header
from engine.library.safetensors_vocabulary import read_tokenizer_file

TokenKind = Literal["normal", "unknown", "control", "user", "unused", "byte"]
KINDS: tuple[TokenKind, ...] = ("normal", "unknown", "control", "user", "unused", "byte")
"""By `tokenizer.ggml.token_type` minus 1 (llama.cpp's `llama_token_type`)."""

_AS_WRITTEN: frozenset[TokenKind] = frozenset(("control", "unknown", "unused", "user"))
_BYTE_TOKEN = re.compile(r"^<0x([0-9A-Fa-f]{2})>$")
_BLANK = "▁"


@dataclass(frozen=True)
class Vocabulary:
    """Parallel lists by token id. `scores` (log-probabilities or ranks) are empty where the file has none."""

    path: Path
    tokenizer: str
    pieces: tuple[bytes, ...]
    kinds: tuple[TokenKind, ...]
    scores: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.pieces)

    def piece(self, token: int) -> bytes:
        """The bytes of a token; empty for an id that does not exist."""
        return self.pieces[token] if 0 <= token < len(self.pieces) else b""

    def is_special(self, token: int) -> bool:
        """Whether it is no text: control tokens, the unknown token, and ids that are not used."""
        return 0 <= token < len(self.kinds) and self.kinds[token] in ("control", "unknown", "unused")


def read_vocabulary(path: Path | str) -> Vocabulary:
    """All tokens of a file. Raises `UserError` model.* and inspect.missing (a file without a vocabulary).

    About half a second for 250,000 tokens: call it on a background thread.
    """
    if Path(path).is_dir():
        return _of_folder(Path(path))
    header = read_header(path)
    tokens = _strings(header)
    if not tokens:
        raise UserError("inspect.missing", what="vocabulary")
    tokenizer = header.metadata.get("tokenizer.ggml.model")
    tokenizer = tokenizer if isinstance(tokenizer, str) else ""
    kinds = _kinds(header, len(tokens))
    decode = _decode_byte_level if tokenizer in ("gpt2", "gemma4") else _decode_sentence_piece
    pieces = tuple(
        token.encode("utf-8", "replace") if kind in _AS_WRITTEN else decode(token)
        for token, kind in zip(tokens, kinds, strict=True)
    )
    return Vocabulary(header.path, tokenizer, pieces, kinds, _scores(header, len(tokens)))


def _of_folder(folder: Path) -> Vocabulary:
    """Of a safetensors folder; a word piece without “##” brings the blank before it along."""
    known = read_tokenizer_file(folder)

    def piece(number: int, token: str) -> bytes:
        if number in known.special:
            return token.encode("utf-8", "replace")
        if known.notation == "word_piece":
            return (token[2:] if token.startswith("##") else f" {token}").encode("utf-8", "replace")
        decode = _decode_byte_level if known.notation == "byte_level" else _decode_sentence_piece
        return decode(token)

    pieces = tuple(piece(number, token) for number, token in enumerate(known.tokens))
    kinds: list[TokenKind] = [
        "control" if number in known.special else "normal" for number in range(len(pieces))
    ]
    return Vocabulary(folder, known.kind, pieces, tuple(kinds), known.scores)


def _strings(header: GgufHeader) -> Sequence[str]:
    if not isinstance(header.metadata.get("tokenizer.ggml.tokens"), GgufArray):
        return ()
    return [value if isinstance(value, str) else "" for value in read_array(header, "tokenizer.ggml.tokens")]


def _kinds(header: GgufHeader, count: int) -> tuple[TokenKind, ...]:
    normal: TokenKind = "normal"
    if not isinstance(header.metadata.get("tokenizer.ggml.token_type"), GgufArray):
        return (normal,) * count
    values = read_array(header, "tokenizer.ggml.token_type")
    if len(values) != count:
        return (normal,) * count
    return tuple(
        KINDS[value - 1] if isinstance(value, int) and 1 <= value <= len(KINDS) else "normal"
        for value in values
    )


def _scores(header: GgufHeader, count: int) -> tuple[float, ...]:
    if not isinstance(header.metadata.get("tokenizer.ggml.scores"), GgufArray):
        return ()
    values = read_array(header, "tokenizer.ggml.scores")
    if len(values) != count:
        return ()
    return tuple(float(value) if isinstance(value, (int, float)) else 0.0 for value in values)


def _byte_level_table() -> dict[int, int]:
    """Character to byte: printable bytes stand for themselves, the others for U+0100 and up, in order."""
    printable = {*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    table = {byte: byte for byte in printable}
    table.update({0x100 + place: byte for place, byte in enumerate(sorted(set(range(256)) - printable))})
    return table


_BYTE_OF = _byte_level_table()


def _decode_byte_level(token: str) -> bytes:
    try:
        return bytes(_BYTE_OF[ord(character)] for character in token)
    except KeyError:
        # Added tokens are stored as plain text.
        return token.encode("utf-8", "replace")


def _decode_sentence_piece(token: str) -> bytes:
    match = _BYTE_TOKEN.match(token)
    if match is not None:
        return bytes((int(match[1], 16),))
    return token.replace(_BLANK, " ").encode("utf-8", "replace")
