"""Frames on a byte stream: a little-endian u32 length, then msgpack of one tagged struct."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from engine.protocol.commands import AnyCommand
from engine.protocol.events import AnyEvent

MAX_FRAME_BYTES = 256 * 1024 * 1024
_LENGTH = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()
_command_decoder: msgspec.msgpack.Decoder[AnyCommand] = msgspec.msgpack.Decoder(AnyCommand)
_event_decoder: msgspec.msgpack.Decoder[AnyEvent] = msgspec.msgpack.Decoder(AnyEvent)


class FrameError(ValueError):
    """The stream does not carry frames of this protocol."""


def encode(message: AnyCommand | AnyEvent) -> bytes:
    """One message as one frame."""
    payload = _encoder.encode(message)
    return _LENGTH.pack(len(payload)) + payload


def decode_command(payload: bytes | bytearray | memoryview) -> AnyCommand:
    """Raises `msgspec.ValidationError` for what is no command."""
    return _command_decoder.decode(payload)


def decode_event(payload: bytes | bytearray | memoryview) -> AnyEvent:
    """Raises `msgspec.ValidationError` for what is no event."""
    return _event_decoder.decode(payload)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next payload, or None at the end of the stream. Blocks. Raises `FrameError`."""
    head = _read_exactly(stream, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_FRAME_BYTES:
        raise FrameError(f"frame of {length} bytes")
    return _read_exactly(stream, length)


def _read_exactly(stream: BinaryIO, count: int) -> bytes | None:
    data = stream.read(count)
    while data and len(data) < count:
        more = stream.read(count - len(data))
        if not more:
            return None
        data += more
    return data if len(data) == count else None


class FrameSplitter:
    """Cuts a stream that arrives in arbitrary pieces into payloads."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yields every payload that `data` completes. Raises `FrameError`."""
        self._buffer += data
        offset = 0
        while len(self._buffer) - offset >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer, offset)
            if length > MAX_FRAME_BYTES:
                raise FrameError(f"frame of {length} bytes")
            end = offset + _LENGTH.size + length
            if len(self._buffer) < end:
                break
            yield bytes(self._buffer[offset + _LENGTH.size : end])
            offset = end
        del self._buffer[:offset]
