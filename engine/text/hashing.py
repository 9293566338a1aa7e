"""Short fingerprints that say whether two replies saw the same template and the same prompt."""

import hashlib
import struct
from collections.abc import Sequence

_HEX_DIGITS = 16


def template_hash(source: str) -> str:
    """SHA-256 of the template's source, 16 hex digits; "" where there is no template."""
    return _short(source.encode("utf-8", "surrogatepass")) if source else ""


def prompt_hash(token_ids: Sequence[int]) -> str:
    """SHA-256 of the prompt's token ids as little-endian int32, 16 hex digits."""
    return _short(struct.pack(f"<{len(token_ids)}i", *token_ids))


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_HEX_DIGITS]
