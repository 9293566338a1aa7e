"""What running replies have said so far, by message: the screen is ahead of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Piece = tuple[Literal["thinking", "text"], str]


@dataclass
class StreamBuffer:
    """One reply: what stood there before (a continued reply), and what arrived since."""

    session_id: str
    message_id: str
    text: str = ""
    thinking: str = ""

    def take(self, pieces: Iterable[Piece]) -> None:
        """Append what a token brought."""
        for kind, piece in pieces:
            if kind == "thinking":
                self.thinking += piece
            else:
                self.text += piece
