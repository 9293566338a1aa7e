"""The tokens of a safetensors folder, from its `tokenizer.json`; no library of the model is needed."""

import json
from pathlib import Path
from typing import Any, Literal, NamedTuple

from engine.errors import UserError

Notation = Literal["byte_level", "word_piece", "metaspace"]
_MAX_BYTES = 128 << 20
_MOST_TOKENS = 1 << 22


class TokenizerFile(NamedTuple):
    """Tokens by id, as they are written there; `scores` are empty where the file has none."""

    kind: str
    """“WordPiece”, “Unigram”, “BPE”…"""
    notation: Notation
    tokens: tuple[str, ...]
    special: frozenset[int]
    scores: tuple[float, ...]


def read_tokenizer_file(folder: Path) -> TokenizerFile:
    """Raises `UserError` model.no_tokenizer, model.corrupt, model.unreadable."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise UserError("model.no_tokenizer", path=folder, reason="there is no tokenizer.json")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UserError("model.corrupt", path=path, what="it is too long for a tokenizer")
        return _parsed(json.loads(path.read_bytes()))
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UserError("model.corrupt", path=path, what="it is no tokenizer") from None


def _parsed(content: dict[str, Any]) -> TokenizerFile:
    vocab = content["model"]["vocab"]
    listed = isinstance(vocab, list)  # Unigram: pieces with their log-probabilities
    pairs = (
        enumerate(piece for piece, _ in vocab)
        if listed
        else ((number, text) for text, number in vocab.items())
    )
    by_id = {int(number): str(text) for number, text in pairs}
    added = content.get("added_tokens") or []
    by_id.update({int(one["id"]): str(one["content"]) for one in added})
    count = max(by_id, default=-1) + 1
    if count > _MOST_TOKENS or min(by_id, default=0) < 0:
        raise ValueError(count)
    scores = tuple(float(score) for _, score in vocab) if listed and len(vocab) == count else ()
    kind = content["model"].get("type") or ("Unigram" if listed else "WordPiece")
    return TokenizerFile(
        kind=str(kind),
        notation=_notation(kind, json.dumps(content.get("decoder"))),
        tokens=tuple(by_id.get(number, "") for number in range(count)),
        special=frozenset(int(one["id"]) for one in added if one.get("special")),
        scores=scores,
    )


def _notation(kind: str, decoder: str) -> Notation:
    if "ByteLevel" in decoder:
        return "byte_level"
    return "word_piece" if kind == "WordPiece" else "metaspace"
