"""How messages and replies look inside a row."""

import sys
import zlib
from array import array
from collections.abc import Iterable

import msgspec

from engine.messages import AttachmentPart, Message, Part, Role, TextPart
from engine.protocol.inspection import BeamNode
from engine.protocol.values import GenerationMetrics, Provenance, TokenCandidate
from engine.store.decode import decode_json, salvage
from engine.store.records import ReplyRecord

_parts = msgspec.json.Decoder(tuple[Part, ...])
_metrics = msgspec.json.Decoder(GenerationMetrics)
_texts = msgspec.msgpack.Decoder(tuple[tuple[str, ...], tuple[int, ...]])
_candidates = msgspec.msgpack.Decoder(tuple[tuple[TokenCandidate, ...], ...])
_beams = msgspec.msgpack.Decoder(tuple[BeamNode, ...])


def to_json(value: object) -> str:
    """JSON text of any record value."""
    return msgspec.json.encode(value).decode()


def to_full_json(value: object) -> str:
    """JSON text with the fields that have their default too: a later version may have other defaults."""
    return msgspec.json.encode(spelled_out(value)).decode()


def spelled_out(value: object) -> object:
    """Structs (without tags) as dicts of all their fields, at any depth."""
    if isinstance(value, msgspec.Struct):
        return {name: spelled_out(each) for name, each in msgspec.structs.asdict(value).items()}
    if isinstance(value, tuple):
        return [spelled_out(each) for each in value]
    return value


def clean(text: str) -> str:
    """`text` without lone surrogates, which neither UTF-8 nor SQLite can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def message_columns(message: Message) -> tuple[str | None, str]:
    """`parts` and `body`. A message of one plain text, the usual one, is its body alone."""
    if len(message.parts) == 1 and isinstance(message.parts[0], TextPart):
        return None, clean(message.parts[0].text)
    parts = tuple(_clean_part(part) for part in message.parts)
    return to_json(parts), "\n".join(_searchable(part) for part in parts)


def read_message(role: Role, parts: str | None, body: str) -> Message:
    """The message of a row."""
    if parts is None:
        return Message(role, (TextPart(body),))
    try:
        return Message(role, _parts.decode(parts))
    except msgspec.ValidationError:
        return Message(role, salvage(tuple[Part, ...], msgspec.json.decode(parts)))


def read_metrics(data: str | None) -> GenerationMetrics | None:
    """The figures of a row, if it has any."""
    if data is None:
        return None
    try:
        return _metrics.decode(data)
    except msgspec.ValidationError:
        return decode_json(GenerationMetrics, data)


def reply_columns(reply: ReplyRecord) -> dict[str, str | bytes]:
    """Columns of the table `replies`, without the key."""
    return {
        "provenance": to_full_json(reply.provenance),
        "token_ids": _pack("i", reply.token_ids),
        "logprobs": _pack("f", reply.logprobs),
        "entropies": _pack("f", reply.entropies),
        "ranks": _pack("i", reply.ranks),
        "candidates": _compress(reply.candidates),
        "texts": _pack_texts(reply),
        "beams": _compress(reply.beams),
    }


def read_reply(
    message_id: str,
    provenance: str,
    token_ids: bytes,
    logprobs: bytes,
    entropies: bytes,
    ranks: bytes,
    candidates: bytes,
    texts: bytes = b"",
    beams: bytes = b"",
) -> ReplyRecord:
    """The reply of a row."""
    pieces, ends = _texts.decode(zlib.decompress(texts)) if texts else ((), ())
    return ReplyRecord(
        message_id=message_id,
        provenance=decode_json(Provenance, provenance),
        token_ids=tuple(_unpack("i", token_ids)),
        logprobs=tuple(_unpack("f", logprobs)),
        entropies=tuple(_unpack("f", entropies)),
        ranks=tuple(_unpack("i", ranks)),
        candidates=_candidates.decode(zlib.decompress(candidates)) if candidates else (),
        texts=pieces,
        ends=ends,
        beams=_beams.decode(zlib.decompress(beams)) if beams else (),
    )


def _searchable(part: Part) -> str:
    return f"{part.name}\n{part.text}" if isinstance(part, AttachmentPart) else part.text


def _clean_part(part: Part) -> Part:
    return msgspec.structs.replace(part, text=clean(part.text))


def _pack_texts(reply: ReplyRecord) -> bytes:
    return _compress((tuple(map(clean, reply.texts)), reply.ends) if reply.texts else ())


def _compress(values: tuple[object, ...]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(values), 6) if values else b""


def _pack(code: str, values: Iterable[float]) -> bytes:
    """Little-endian int32 ("i") or float32 ("f")."""
    packed = array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpack(code: str, data: bytes) -> array:  # type: ignore[type-arg]
    values = array(code)
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
