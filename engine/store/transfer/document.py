"""Lathe's own export: one chat as JSON, with all versions, settings, figures, provenance and token ids.

`version` counts incompatible changes of this layout. A reader ignores fields it does not know. The ids are
those of the exporting database and only link the messages of the file.
"""

import msgspec
from msgspec import Struct

from engine.errors import UserError
from engine.messages import Message
from engine.protocol.inspection import BeamNode
from engine.protocol.values import FinishReason, GenerationMetrics, Provenance, TokenCandidate
from engine.store.database import Store
from engine.store.decode import salvage
from engine.store.intake import IncomingChat, IncomingMessage
from engine.store.records import (
    MessageRecord,
    MessageStatus,
    Rating,
    ReplyRecord,
    SessionRecord,
    SessionSettings,
)

FORMAT = "lathe-chat"
VERSION = 1


class ReplyDocument(Struct, frozen=True, omit_defaults=True):
    """`ReplyRecord` without its key."""

    provenance: Provenance
    token_ids: tuple[int, ...] = ()
    logprobs: tuple[float, ...] = ()
    entropies: tuple[float, ...] = ()
    ranks: tuple[int, ...] = ()
    candidates: tuple[tuple[TokenCandidate, ...], ...] = ()
    texts: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    beams: tuple[BeamNode, ...] = ()


class MessageDocument(Struct, frozen=True, omit_defaults=True):
    """One message; `parent` is the id of another, or null at the root."""

    id: str
    parent: str | None
    message: Message
    status: MessageStatus = "done"
    created_ms: int = 0
    model_name: str = ""
    finish_reason: FinishReason | None = None
    metrics: GenerationMetrics | None = None
    error: str = ""
    turn: int = 0
    reply: ReplyDocument | None = None
    rating: Rating = 0


class SessionDocument(Struct, frozen=True):
    """What belongs to the chat as a whole. `head` is the last message of the active path."""

    title: str
    title_is_auto: bool = False
    created_ms: int = 0
    updated_ms: int = 0
    settings: SessionSettings = SessionSettings()
    draft: str = ""
    model_name: str = ""
    head: str | None = None


class ChatDocument(Struct, frozen=True):
    """The file."""

    session: SessionDocument
    messages: tuple[MessageDocument, ...]
    format: str = FORMAT
    version: int = VERSION


def session_document(record: SessionRecord) -> SessionDocument:
    """The head of the file."""
    return SessionDocument(
        title=record.title,
        title_is_auto=record.title_is_auto,
        created_ms=record.created_ms,
        updated_ms=record.updated_ms,
        settings=record.settings,
        draft=record.draft,
        model_name=record.model_name,
        head=record.head_id,
    )


def message_document(store: Store, record: MessageRecord, turn: int) -> MessageDocument:
    """One entry of the file, with the reply's tokens where they were recorded."""
    reply = store.messages.reply(record.id) if record.message.role == "assistant" else None
    return MessageDocument(
        id=record.id,
        parent=record.parent_id,
        message=record.message,
        status="interrupted" if record.status == "streaming" else record.status,
        created_ms=record.created_ms,
        model_name=record.model_name,
        finish_reason=record.finish_reason,
        metrics=record.metrics,
        error=record.error,
        turn=turn,
        reply=None if reply is None else _reply_document(reply),
        rating=record.rating,
    )


def read_document(data: object, name: str) -> IncomingChat:
    """A chat from the parsed file. Raises `UserError` import.unreadable."""
    version = data.get("version") if isinstance(data, dict) else None
    if not isinstance(version, int) or not 1 <= version <= VERSION:
        reason = f"it was exported by a newer version of Lathe (layout {version}, this one knows {VERSION})"
        raise UserError("import.unreadable", path=name, reason=reason)
    try:
        document = _convert(data)
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at `$", " at `").rstrip(".")
        raise UserError("import.unreadable", path=name, reason=reason) from error
    session = document.session
    return IncomingChat(
        title=session.title,
        title_is_auto=session.title_is_auto,
        settings=session.settings,
        messages=tuple(_incoming(each) for each in document.messages),
        head_key=session.head,
        draft=session.draft,
        created_ms=session.created_ms,
        updated_ms=session.updated_ms,
        model_name=session.model_name,
    )


def _convert(data: object) -> ChatDocument:
    """Strict about the tree and its texts, which must not get lost; lenient about settings and figures."""
    try:
        return msgspec.convert(data, ChatDocument)
    except msgspec.ValidationError:
        msgspec.convert(data, _Skeleton)
        return salvage(ChatDocument, data)


class _SkeletonMessage(Struct, frozen=True):
    id: str
    parent: str | None
    message: Message


class _SkeletonSession(Struct, frozen=True):
    title: str
    head: str | None = None


class _Skeleton(Struct, frozen=True):
    session: _SkeletonSession
    messages: tuple[_SkeletonMessage, ...]


def _reply_document(reply: ReplyRecord) -> ReplyDocument:
    fields = msgspec.structs.asdict(reply)
    del fields["message_id"]
    return ReplyDocument(**fields)


def _incoming(each: MessageDocument) -> IncomingMessage:
    reply = None
    if each.reply is not None:
        reply = ReplyRecord(message_id=each.id, **msgspec.structs.asdict(each.reply))
    return IncomingMessage(
        key=each.id,
        parent_key=each.parent,
        message=each.message,
        status=each.status,
        created_ms=each.created_ms,
        model_name=each.model_name,
        finish_reason=each.finish_reason,
        metrics=each.metrics,
        error=each.error,
        reply=reply,
        turn=each.turn,
        rating=each.rating,
    )
