"""A `tokenizer.model` with the same tokens as a `tokenizer.json`, in the wire format of protocol buffers."""

import json
import struct
from pathlib import Path

_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6


def write_pieces(path: Path, tokenizer: Path, *, adds_blank: bool) -> None:
    """`tokenizer`: a BPE with byte fallback. The earlier a merge, the better the score of what it makes."""
    table = json.loads(tokenizer.read_text(encoding="utf-8"))
    vocab: dict[str, int] = table["model"]["vocab"]
    ranks: dict[str, int] = {}
    for rank, (first, second) in enumerate(table["model"]["merges"]):
        ranks.setdefault(first + second, rank)
    data = b""
    for text, _ in sorted(vocab.items(), key=lambda item: item[1]):
        kind = _BYTE if text.startswith("<0x") else _CONTROL if text in ("<s>", "</s>") else _NORMAL
        kind = _UNKNOWN if text == "<unk>" else kind
        score = -float(ranks.get(text, len(ranks) + 1)) if kind == _NORMAL else 0.0
        piece = _field(1, text.encode()) + _varint(2 << 3 | 5) + struct.pack("<f", score)
        data += _field(1, piece + _number(3, kind))
    data += _field(2, _number(3, 2))  # BPE
    data += _field(3, _number(3, int(adds_blank)) + _number(4, 0))
    path.write_bytes(data)


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)
