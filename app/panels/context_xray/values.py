"""What the context X-ray shows: one row a message, and the sums."""

from dataclasses import dataclass
from math import isnan

from engine.inspection.context_xray import MessageShare
from engine.messages import Role


@dataclass(frozen=True)
class ContextRow:
    """A message of the chat, or the template (`role` None). `message_id` is empty for what is not stored."""

    message_id: str
    role: Role | None
    text: str
    share: MessageShare

    @property
    def attention(self) -> float | None:
        """The share of the reply's attention; None while unknown."""
        return None if isnan(self.share.attention) else self.share.attention


@dataclass(frozen=True)
class ContextSheet:
    """A whole context. `n_ctx` tokens fit; `reply_room` of them are kept free for the reply."""

    rows: tuple[ContextRow, ...]
    n_ctx: int
    reply_room: int
    kv_bytes_per_token: float

    @property
    def tokens(self) -> int:
        return sum(row.share.tokens for row in self.rows)

    @property
    def kv_bytes(self) -> int:
        return sum(row.share.kv_bytes for row in self.rows)

    @property
    def dropped(self) -> int:
        """Messages that the overflow policy left out."""
        return sum(row.share.dropped for row in self.rows)

    @property
    def has_attention(self) -> bool:
        return any(row.attention is not None for row in self.rows)
