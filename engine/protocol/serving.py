"""The local server's process: what it is told at its start, and what it says while it runs, a line each."""

from typing import Literal

import msgspec
from msgspec import Struct

from engine.protocol.values import ContextParams


class ServeSpec(Struct, frozen=True):
    """`port` 0: any free one. `slots`: requests that are answered at the same time."""

    path: str
    name: str
    token: str
    port: int = 0
    slots: int = 4
    context: ContextParams = ContextParams()


class LiveRequest(Struct, frozen=True):
    """A request that is being answered. `started_ms`: milliseconds since 1970."""

    id: int
    endpoint: str
    state: Literal["waiting", "reading", "writing"]
    started_ms: int
    prompt_tokens: int = 0
    output_tokens: int = 0


class ServerListening(Struct, frozen=True, tag="listening"):
    """It answers at http://127.0.0.1:`port`/v1."""

    port: int
    model: str
    slots: int
    n_ctx: int


class ServerLoading(Struct, frozen=True, tag="loading"):
    """`fraction` 0 to 1 of the model."""

    fraction: float


class ServerActivity(Struct, frozen=True, tag="activity"):
    """At most some times a second, when something changed. `served`: requests ended so far."""

    requests: tuple[LiveRequest, ...]
    served: int
    output_tps: float
    """Tokens written in the last second, of all requests."""


class ServerFailed(Struct, frozen=True, tag="failed"):
    """It ended; `code` of the error catalog, "" for a bug with its `report`."""

    code: str
    params: dict[str, str] = {}
    report: str = ""


ServerEvent = ServerListening | ServerLoading | ServerActivity | ServerFailed

_spec_decoder = msgspec.json.Decoder(ServeSpec)
_event_decoder: msgspec.json.Decoder[ServerEvent] = msgspec.json.Decoder(ServerEvent)
_encoder = msgspec.json.Encoder()


def encode_line(value: ServeSpec | ServerEvent) -> bytes:
    """One line of JSON with its end."""
    return _encoder.encode(value) + b"\n"


def decode_spec(line: bytes) -> ServeSpec:
    """Raises `msgspec.DecodeError`."""
    return _spec_decoder.decode(line)


def decode_server_event(line: bytes) -> ServerEvent:
    """Raises `msgspec.DecodeError`."""
    return _event_decoder.decode(line)
