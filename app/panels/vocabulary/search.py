"""Finding tokens in a vocabulary. Pure; run it off the GUI thread: 250,000 tokens take a moment."""

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.library.vocabulary import Vocabulary

Mode = Literal["text", "regex", "bytes", "id"]
Kind = Literal["all", "special", "byte", "blank", "user"]
Order = Literal["id", "longest"]
MODES: tuple[Mode, ...] = ("text", "regex", "bytes", "id")
KINDS: tuple[Kind, ...] = ("all", "special", "user", "byte", "blank")


@dataclass(frozen=True)
class Query:
    """What to look for. `least` and `most` bound the length in bytes; 0: no bound."""

    text: str = ""
    mode: Mode = "text"
    kind: Kind = "all"
    least: int = 0
    most: int = 0
    order: Order = "id"


def find_tokens(vocabulary: Vocabulary, query: Query) -> Sequence[int]:
    """Ids that fit, in the asked order. Raises `ValueError` for what is no pattern, bytes or ids."""
    matches = _matcher(query)
    is_kind = _kind_test(vocabulary, query.kind)
    pieces = vocabulary.pieces
    found = array("I")
    for token in _candidates(vocabulary, query):
        piece = pieces[token]
        if len(piece) < query.least or (query.most and len(piece) > query.most):
            continue
        if is_kind(token) and matches(piece):
            found.append(token)
    if query.order == "longest":
        return array("I", sorted(found, key=lambda token: -len(pieces[token])))
    return found


def parse_ids(text: str) -> list[int]:
    """Numbers with anything between them; “10-20” is a range. Raises `ValueError` for anything else."""
    ids: list[int] = []
    for part in re.split(r"[\s,;\[\]]+", text.strip()):
        if not part:
            continue
        match = re.fullmatch(r"(\d{1,9})(?:[-–](\d{1,9}))?", part)
        if match is None:
            raise ValueError(part)
        first, last = int(match[1]), int(match[2] or match[1])
        ids.extend(range(first, min(last, first + 1_000_000) + 1))
    return ids


def parse_bytes(text: str) -> bytes:
    """Hexadecimal, with or without blanks and “0x”. Raises `ValueError`."""
    return bytes.fromhex(text.replace("0x", " ").replace("\\x", " "))


def _candidates(vocabulary: Vocabulary, query: Query) -> Sequence[int]:
    if query.mode == "id" and query.text.strip():
        return [token for token in parse_ids(query.text) if token < len(vocabulary)]
    return range(len(vocabulary))


def _matcher(query: Query) -> Callable[[bytes], bool]:
    text = query.text
    if not text or query.mode == "id":
        return lambda _piece: True
    if query.mode == "bytes":
        wanted = parse_bytes(text)
        return lambda piece: wanted in piece
    if query.mode == "regex":
        try:
            pattern = re.compile(text)
        except re.error as error:
            raise ValueError(str(error)) from error
        return lambda piece: pattern.search(piece.decode("utf-8", "replace")) is not None
    # A dot that stands for a blank, as tokens are shown, is understood too.
    folded = text.replace("·", " ").casefold()
    if folded.isascii():
        plain = folded.encode()
        return lambda piece: plain in piece.lower()
    return lambda piece: folded in piece.decode("utf-8", "replace").casefold()


def _kind_test(vocabulary: Vocabulary, kind: Kind) -> Callable[[int], bool]:
    pieces, kinds = vocabulary.pieces, vocabulary.kinds
    match kind:
        case "special":
            return lambda token: kinds[token] in ("control", "unknown", "unused")
        case "user":
            return lambda token: kinds[token] == "user"
        case "byte":
            return lambda token: kinds[token] == "byte" or _is_half(pieces[token])
        case "blank":
            return lambda token: bool(pieces[token]) and not pieces[token].strip()
        case "all":
            return lambda _token: True


def _is_half(piece: bytes) -> bool:
    """Whether the bytes are no whole characters."""
    try:
        piece.decode()
    except UnicodeDecodeError:
        return True
    return False
