"""What running replies have said so far, by message: the screen is ahead of the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from app.models.transcript_rows import row_of, thinking_of
from app.widgets.transcript.message import TranscriptMessage
from engine.store.records import MessageRecord

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


class Streams:
    """All running replies, and what of the open chat's was not shown yet."""

    def __init__(self) -> None:
        self._buffers: dict[str, StreamBuffer] = {}
        self._pending: dict[str, list[Piece]] = {}

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._buffers

    def of(self, session_id: str) -> frozenset[str]:
        """The messages of a chat that are being written."""
        return frozenset(key for key, buffer in self._buffers.items() if buffer.session_id == session_id)

    def begin(self, session_id: str, reply: MessageRecord) -> None:
        text, thinking = reply.message.text(), thinking_of(reply.message)
        self._buffers[reply.id] = StreamBuffer(session_id, reply.id, text, thinking)

    def take(self, message_id: str, pieces: Iterable[Piece]) -> bool:
        """Keep what a token brought; False for a reply that is not running."""
        buffer = self._buffers.get(message_id)
        if buffer is None:
            return False
        buffer.take(pieces)
        return True

    def show_later(self, message_id: str, pieces: Iterable[Piece]) -> None:
        """To be shown with the next `drain`."""
        self._pending.setdefault(message_id, []).extend(pieces)

    def drain(self) -> Iterator[tuple[str, str, bool]]:
        """(message id, text, whether it is reasoning) of what is to be shown, once."""
        pending, self._pending = self._pending, {}
        for message_id, pieces in pending.items():
            for kind, stretch in groupby(pieces, key=lambda piece: piece[0]):
                yield message_id, "".join(piece for _, piece in stretch), kind == "thinking"

    def forget_pending(self) -> None:
        """The rows were made anew, with everything that arrived."""
        self._pending = {}

    def end(self, message_id: str) -> None:
        self._buffers.pop(message_id, None)

    def row(self, record: MessageRecord) -> TranscriptMessage:
        """The message as the screen has it."""
        buffer = self._buffers.get(record.id)
        if buffer is None:
            return row_of(record)
        return row_of(record, text=buffer.text, thinking=buffer.thinking)
