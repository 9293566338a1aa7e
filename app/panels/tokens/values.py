"""What the views of tokens show."""

from dataclasses import dataclass

from engine.inspection.tokens import TokenCounts, TokenRow


@dataclass(frozen=True)
class TokenSheet:
    """A text cut by one model's vocabulary; `error` says why there are no tokens."""

    key: str
    """Path of the model's file."""
    name: str
    rows: tuple[TokenRow, ...] = ()
    counts: TokenCounts | None = None
    error: str = ""

    def ids(self) -> tuple[int, ...]:
        return tuple(row.id for row in self.rows)
