"""GGUF files made by hand: small, complete, and as wrong as a test wants them."""

import struct
from pathlib import Path

Item = tuple[str, int, bytes]
"""(key, type number, encoded value)."""


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def u32(key: str, value: int) -> Item:
    return (key, 4, struct.pack("<I", value))


def string(key: str, value: str) -> Item:
    return (key, 8, text(value))


def strings(key: str, values: list[str]) -> Item:
    return (key, 9, struct.pack("<IQ", 8, len(values)) + b"".join(map(text, values)))


def tensor(name: str, shape: tuple[int, ...], number: int, offset: int) -> bytes:
    dimensions = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
    return text(name) + dimensions + struct.pack("<IQ", number, offset)


def build(
    items: list[Item],
    tensors: list[bytes],
    data: bytes = b"",
    *,
    version: int = 3,
    tensor_count: int | None = None,
    key_count: int | None = None,
) -> bytes:
    head = b"GGUF" + struct.pack(
        "<IQQ",
        version,
        len(tensors) if tensor_count is None else tensor_count,
        len(items) if key_count is None else key_count,
    )
    head += b"".join(text(key) + struct.pack("<I", number) + value for key, number, value in items)
    head += b"".join(tensors)
    return head + bytes(-len(head) % 32) + data


def llama_items(**changes: int) -> list[Item]:
    numbers = {
        "block_count": 2,
        "context_length": 2048,
        "embedding_length": 64,
        "feed_forward_length": 128,
        "attention.head_count": 4,
        "attention.head_count_kv": 2,
        **changes,
    }
    return [
        string("general.architecture", "llama"),
        string("general.name", "Tiny"),
        strings("tokenizer.ggml.tokens", ["a", "b", "c"]),
        *(u32(f"llama.{key}", value) for key, value in numbers.items()),
    ]


def tiny() -> bytes:
    """Two tensors: 64 × 4 F32 (1,024 bytes) and 64 × 2 Q8_0 (136 bytes)."""
    tensors = [tensor("token_embd.weight", (64, 4), 0, 0), tensor("output.weight", (64, 2), 8, 1024)]
    return build(llama_items(), tensors, bytes(1024 + 136))


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
