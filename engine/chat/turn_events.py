"""What a listener hears of a turn, in this order: `TurnStarted`, `TurnProgress`…, `TurnFinished`."""

from typing import NamedTuple

from engine.protocol.events import JobProgress, PromptProgress, PromptReady, Token
from engine.store.records import MessageRecord
from engine.text.thinking import Piece


class TurnStarted(NamedTuple):
    """`user` is the message that was added, None when there was none to add. `reply` is still empty.

    `job` is the number that the engine's own events about this reply carry.
    """

    session_id: str
    user: MessageRecord | None
    reply: MessageRecord
    job: int = 0


class TurnProgress(NamedTuple):
    """An event of the engine. `pieces` are the stretches of reasoning and answer to append to the screen."""

    session_id: str
    message_id: str
    event: JobProgress | PromptProgress | PromptReady | Token
    pieces: tuple[Piece, ...] = ()


class TurnFinished(NamedTuple):
    """`reply` as it is stored; None when the turn failed before there was one."""

    session_id: str
    reply: MessageRecord | None
    error: Exception | None


TurnEvent = TurnStarted | TurnProgress | TurnFinished
