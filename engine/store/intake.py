"""Putting a whole chat into the store at once, as an import does: everything gets a new id."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from engine.messages import Message
from engine.protocol.values import FinishReason, GenerationMetrics
from engine.store.codec import clean, message_columns, reply_columns, to_full_json, to_json
from engine.store.connection import Database
from engine.store.ids import new_id, now_ms
from engine.store.records import MessageStatus, Rating, ReplyRecord, SessionSettings


class IncomingMessage(Struct, frozen=True):
    """A message from elsewhere. `key` and `parent_key` are names within the chat that comes in.

    `turn` orders the messages that were the head at some time; 0 for never.
    """

    key: str
    parent_key: str | None
    message: Message
    status: MessageStatus = "done"
    created_ms: int = 0
    model_name: str = ""
    finish_reason: FinishReason | None = None
    metrics: GenerationMetrics | None = None
    error: str = ""
    reply: ReplyRecord | None = None
    turn: int = 0
    rating: Rating = 0


class IncomingChat(Struct, frozen=True):
    """A chat from elsewhere. `messages` in any order; `head_key` None: the last of them."""

    title: str
    title_is_auto: bool
    settings: SessionSettings
    messages: tuple[IncomingMessage, ...]
    head_key: str | None = None
    draft: str = ""
    created_ms: int = 0
    updated_ms: int = 0
    model_name: str = ""


class BrokenTree(ValueError):
    """The messages that came in are no tree; the text says why."""


def insert_chat(db: Database, chat: IncomingChat) -> str:
    """Store the chat in one transaction. Its new id. Raises `BrokenTree`."""
    ordered = parents_first(chat.messages)
    session_id = new_id()
    ids = {each.key: new_id() for each in ordered}
    depths, tokens = _measure(ordered)
    head_key = chat.head_key if chat.head_key is not None else (ordered[-1].key if ordered else None)
    if head_key is not None and head_key not in ids:
        raise BrokenTree(f"the last message of the active path, {head_key}, is missing")
    now = now_ms()
    with db.write() as tables:
        tables.table("sessions").insert(
            {
                "id": session_id,
                "title": clean(chat.title),
                "title_is_auto": chat.title_is_auto,
                "created_ms": chat.created_ms or now,
                "updated_ms": chat.updated_ms or now,
                "head_id": None if head_key is None else ids[head_key],
                "settings": to_full_json(chat.settings),
                "draft": clean(chat.draft),
                "message_count": 0 if head_key is None else depths[head_key],
                "token_count": 0 if head_key is None else tokens[head_key],
                "model_name": chat.model_name,
                "turns": max((each.turn for each in ordered), default=0) + 1,
            }
        )
        columns = (_message_row(each, session_id, ids, depths, tokens, now) for each in ordered)
        tables.table("messages").insert_all(columns)
        turns = {each.key: each.turn for each in ordered if each.turn}
        if head_key is not None:
            last = max(turns.values(), default=0)
            if turns.get(head_key) != last or not last:
                turns[head_key] = last + 1
        tables.table("activity").insert_all(
            {"session_id": session_id, "message_id": ids[key], "turn": turn} for key, turn in turns.items()
        )
        tables.table("replies").insert_all(_reply_rows(ordered, ids))
        db.changed("sessions", session_id)
        db.changed("messages", session_id)
    return session_id


def parents_first(messages: Sequence[IncomingMessage]) -> list[IncomingMessage]:
    """The messages so that each follows its parent, in their own order otherwise. Raises `BrokenTree`."""
    by_parent: dict[str | None, list[IncomingMessage]] = {}
    keys = {each.key for each in messages}
    if len(keys) != len(messages):
        raise BrokenTree("two messages have the same id")
    for each in messages:
        if each.parent_key is not None and each.parent_key not in keys:
            raise BrokenTree(f"the message {each.key} answers {each.parent_key}, which is missing")
        by_parent.setdefault(each.parent_key, []).append(each)
    level = by_parent.get(None, [])
    ordered: list[IncomingMessage] = []
    while level:
        ordered += level
        level = [child for each in level for child in by_parent.get(each.key, ())]
    if len(ordered) != len(messages):
        raise BrokenTree("messages answer each other in a circle")
    return ordered


def _measure(ordered: list[IncomingMessage]) -> tuple[dict[str, int], dict[str, int]]:
    """Depth and length in tokens of each message."""
    depths: dict[str, int] = {}
    tokens: dict[str, int] = {}
    for each in ordered:
        depths[each.key] = 1 if each.parent_key is None else depths[each.parent_key] + 1
        inherited = 0 if each.parent_key is None else tokens[each.parent_key]
        metrics = each.metrics
        tokens[each.key] = inherited if metrics is None else metrics.prompt_tokens + metrics.output_tokens
    return depths, tokens


def _message_row(
    each: IncomingMessage,
    session_id: str,
    ids: dict[str, str],
    depths: dict[str, int],
    tokens: dict[str, int],
    now: int,
) -> dict[str, object]:
    parts, body = message_columns(each.message)
    return {
        "id": ids[each.key],
        "session_id": session_id,
        "parent_id": None if each.parent_key is None else ids[each.parent_key],
        "depth": depths[each.key],
        "role": each.message.role,
        "parts": parts,
        "body": body,
        # Nobody streams into a copy.
        "status": "interrupted" if each.status == "streaming" else each.status,
        "created_ms": each.created_ms or now,
        "model_name": clean(each.model_name),
        "finish_reason": each.finish_reason,
        "metrics": None if each.metrics is None else to_json(each.metrics),
        "error": clean(each.error),
        "context_tokens": tokens[each.key],
        "rating": each.rating,
    }


def _reply_rows(ordered: list[IncomingMessage], ids: dict[str, str]) -> Iterator[dict[str, object]]:
    for each in ordered:
        if each.reply is not None:
            yield {"message_id": ids[each.key], **reply_columns(each.reply)}
