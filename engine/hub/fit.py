"""Whether a model that is not here yet would fit into memory, from the beginning of its file."""

import tempfile
from pathlib import Path

import psutil
from msgspec.structs import replace

from engine.errors import UserError
from engine.hub.connection import Connection
from engine.library.describe import describe
from engine.library.entries import ModelFacts
from engine.library.fit import memory_needed
from engine.library.gguf_header import GgufHeader, read_beginning
from engine.protocol.hub import Fit, HubFile, HubVariant
from engine.protocol.values import ContextParams

_BEGINNING = 128 << 10
"""Bytes. Files begin with the architecture's numbers; the vocabulary, which is large, comes after them."""
_CONTEXT = 4096
_RAW_BUFFER = 1.1


def with_fit(
    connection: Connection, repo: str, revision: str, variants: list[HubVariant]
) -> list[HubVariant]:
    """The variants with what they need. One request, for the smallest GGUF file: its siblings are alike."""
    smallest = next((each for each in variants if each.kind == "gguf"), None)
    facts = _facts(connection, repo, revision, smallest.files[0]) if smallest is not None else None
    return [_judged(each, facts) for each in variants]


def verdict(need: int, available: int, total: int) -> Fit:
    """`available` and `total` bytes of memory: “tight” fits once other programs are closed."""
    if need <= 0:
        return "unknown"
    if need <= available:
        return "fits"
    return "tight" if need <= 0.9 * total else "too_large"


def _judged(variant: HubVariant, facts: ModelFacts | None) -> HubVariant:
    """Safetensors are converted before they run here, so that what they take is not known."""
    if variant.kind != "gguf":
        return variant
    if facts is None or not facts.n_layer:
        need, n_ctx = int(variant.size_bytes * _RAW_BUFFER), 0
    else:
        n_ctx = min(_CONTEXT, facts.context_length or _CONTEXT)
        own = replace(facts, tensor_bytes=variant.size_bytes)
        need = memory_needed(own, ContextParams(), n_ctx).total
    memory = psutil.virtual_memory()
    return replace(variant, need_bytes=need, n_ctx=n_ctx, fit=verdict(need, memory.available, memory.total))


def _facts(connection: Connection, repo: str, revision: str, file: HubFile) -> ModelFacts | None:
    """None where the beginning cannot be had or read: a hint is not worth an error."""
    try:
        data = _read_beginning(connection, repo, revision, file)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "beginning.gguf"
            path.write_bytes(data)
            metadata = read_beginning(path)
    except (UserError, OSError):
        return None
    header = GgufHeader(Path(file.path), 3, file.size, metadata, (), 32, 0)
    return describe(header)


def _read_beginning(connection: Connection, repo: str, revision: str, file: HubFile) -> bytes:
    from huggingface_hub import get_session, hf_hub_url  # noqa: PLC0415

    url = hf_hub_url(repo, file.path, revision=revision, endpoint=connection.endpoint)
    wanted = min(_BEGINNING, file.size)
    headers = connection.headers() | {"Range": f"bytes=0-{wanted - 1}"}
    data = bytearray()
    with connection.asking(repo, revision), get_session().stream("GET", url, headers=headers) as answer:
        connection.check(answer)
        for chunk in answer.iter_bytes(16 << 10):
            data += chunk
            if len(data) >= wanted:  # a server that knows no ranges would send all of it
                break
    return bytes(data[:wanted])
