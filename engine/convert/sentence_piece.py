"""`tokenizer.model`, as SentencePiece writes it: pieces with scores and kinds, in the wire format of protocol
buffers, of which this reads only what it needs.

Fields after `sentencepiece_model.proto`: ModelProto.pieces = 1 (piece = 1, score = 2, type = 3),
trainer_spec = 2 (model_type = 3), normalizer_spec = 3 (add_dummy_prefix = 3, remove_extra_whitespaces = 4).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.errors import UserError

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MOST_BYTES = 256 << 20
_BPE = 2
Field = tuple[int, int | bytes]


class Pieces(NamedTuple):
    """By id. `kinds` are GGUF's token types, which are SentencePiece's. `squeezes_blanks`: whether runs of
    blanks become one.
    """

    texts: list[str]
    scores: list[float]
    kinds: list[int]
    is_bpe: bool
    adds_blank: bool
    squeezes_blanks: bool


def read_pieces(path: Path) -> Pieces:
    """Raises `UserError` model.corrupt, model.unreadable."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError("model.corrupt", path=path, what="it is too long")
        data = path.read_bytes()
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    try:
        return _pieces(data)
    except (ValueError, IndexError, struct.error) as error:
        raise UserError("model.corrupt", path=path, what="it is no SentencePiece model") from error


def _pieces(data: bytes) -> Pieces:
    texts: list[str] = []
    scores: list[float] = []
    kinds: list[int] = []
    method, adds, squeezes = 1, True, True
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            text, score, kind = _piece(value)
            texts.append(text)
            scores.append(score)
            kinds.append(kind)
        elif number == 2 and isinstance(value, bytes):
            method = _number(value, 3, method)
        elif number == 3 and isinstance(value, bytes):
            adds = bool(_number(value, 3, 1))
            squeezes = bool(_number(value, 4, 1))
    if not texts:
        raise ValueError("no pieces")
    return Pieces(texts, scores, kinds, method == _BPE, adds, squeezes)


def _piece(data: bytes) -> tuple[str, float, int]:
    text, score, kind = "", 0.0, 1
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            text = value.decode()
        elif number == 2 and isinstance(value, bytes):
            score = float(struct.unpack("<f", value)[0])
        elif number == 3 and isinstance(value, int):
            kind = value
    if not 1 <= kind <= 6:
        raise ValueError(f"a piece of the kind {kind}")
    return text, score, kind


def _number(data: bytes, wanted: int, default: int) -> int:
    for number, value in _fields(data):
        if number == wanted and isinstance(value, int):
            default = value
    return default


def _fields(data: bytes) -> Iterator[Field]:
    """Number and value of every field: a whole number, or bytes."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, place = _varint(data, place)
            yield number, value
            continue
        size = {_FIXED64: 8, _FIXED32: 4}.get(wire)
        if wire == _BYTES:
            size, place = _varint(data, place)
        if size is None or place + size > len(data):
            raise ValueError("a field goes beyond the end")
        yield number, data[place : place + size]
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
        if shift > 63:
            raise ValueError("a number is too long")
