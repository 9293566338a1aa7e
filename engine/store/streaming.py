"""Replies while they are written: checkpoints, the end, a full disk, and what a crash left behind."""

import itertools
import threading
from typing import NamedTuple

import msgspec

from engine.errors import UserError
from engine.messages import Message
from engine.protocol.values import FinishReason, GenerationMetrics
from engine.store import writers
from engine.store.codec import message_columns, reply_columns, to_json
from engine.store.connection import Database
from engine.store.ids import now_ms
from engine.store.records import MessageRecord, MessageStatus, ReplyRecord


class _Write(NamedTuple):
    """A state of a reply; a greater `serial` is newer. `ended` False for a checkpoint."""

    serial: int
    message: Message
    ended: bool
    status: MessageStatus
    finish_reason: FinishReason | None = None
    metrics: GenerationMetrics | None = None
    reply: ReplyRecord | None = None
    error: str = ""


class Streaming:
    """Writes of replies. One that meets a full disk is held, newest state only, until it can be saved."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._serials = itertools.count(1)
        self._held: dict[str, _Write] = {}
        self._landed: dict[str, int] = {}
        self._writer: str | None = None

    def begin(self, message_id: str, model_name: str) -> None:
        """Inside a write: mark a reply as streaming from here."""
        if self._writer is None:
            self._writer = writers.register()
        with self._db.write() as tables:
            tables.execute(
                "UPDATE messages SET status = 'streaming', writer = ?, model_name = ?, finish_reason = NULL,"
                " error = '' WHERE id = ?",
                (self._writer, model_name, message_id),
            )

    def checkpoint(self, message_id: str, message: Message) -> None:
        """Save the text so far. Raises `UserError`."""
        self._save(message_id, _Write(next(self._serials), message, ended=False, status="streaming"))

    def finish(
        self,
        message_id: str,
        message: Message,
        status: MessageStatus,
        finish_reason: FinishReason | None,
        metrics: GenerationMetrics | None,
        reply: ReplyRecord | None,
        error: str,
    ) -> None:
        """Save the end of a reply. Raises `UserError`."""
        serial = next(self._serials)
        write = _Write(serial, message, True, status, finish_reason, metrics, reply, error)
        self._save(message_id, write)

    def held(self) -> int:
        """How many replies wait for space on the disk."""
        with self._lock:
            return len(self._held)

    def flush_held(self) -> bool:
        """Try to save what waits. True when nothing is left; raises nothing for a disk that is still full."""
        with self._lock:
            waiting = dict(self._held)
        for message_id, write in waiting.items():
            try:
                self._save(message_id, write)
            except UserError:
                return False
        return True

    def overlay(self, record: MessageRecord) -> MessageRecord:
        """The record as it will be once what is held has been saved."""
        write = self._held.get(record.id)
        if write is None:
            return record
        return msgspec.structs.replace(
            record,
            message=write.message,
            status=write.status,
            finish_reason=write.finish_reason,
            metrics=write.metrics,
            error=write.error,
        )

    def recover(self) -> None:
        """Mark replies whose program is gone as interrupted; what it checkpointed stays."""
        rows = self._db.rows("SELECT id, writer FROM messages WHERE status = 'streaming'")
        self._interrupt([row["id"] for row in rows if not writers.is_alive(row["writer"])])

    def close(self) -> None:
        """Save what can be saved and leave nothing marked as streaming from here."""
        self.flush_held()
        if self._writer is None:
            return
        try:
            rows = self._db.rows(
                "SELECT id FROM messages WHERE status = 'streaming' AND writer = ?", (self._writer,)
            )
            self._interrupt([row["id"] for row in rows])
        finally:
            writers.unregister(self._writer)

    def _interrupt(self, ids: list[str]) -> None:
        if not ids:
            return
        with self._db.write() as tables:
            for message_id in ids:
                tables.execute(
                    "UPDATE messages SET status = 'interrupted', writer = NULL"
                    " WHERE id = ? AND status = 'streaming'",
                    (message_id,),
                )

    def _save(self, message_id: str, write: _Write) -> None:
        """Save a state unless a newer one is saved: what was held may come late, from another thread."""
        before = 0
        try:
            with self._db.write():
                before = self._landed.get(message_id, 0)
                if before < write.serial:
                    self._landed[message_id] = write.serial
                    if write.ended:
                        self._write_end(message_id, write)
                    else:
                        self._write_text(message_id, write.message)
        except BaseException as error:
            with self._lock:
                if self._landed.get(message_id) == write.serial:
                    self._landed[message_id] = before
                held = self._held.get(message_id)
                full = isinstance(error, UserError) and error.code == "store.disk_full"
                if full and (held is None or held.serial < write.serial):
                    self._held[message_id] = write
            raise
        with self._lock:
            held = self._held.get(message_id)
            if held is not None and held.serial <= write.serial:
                del self._held[message_id]

    def _write_text(self, message_id: str, message: Message) -> None:
        parts, body = message_columns(message)
        with self._db.write() as tables:
            tables.execute(
                "UPDATE messages SET role = ?, parts = ?, body = ? WHERE id = ?",
                (message.role, parts, body, message_id),
            )
            # A continued reply has tokens on record, which are no longer all of its text.
            tables.execute("DELETE FROM replies WHERE message_id = ?", (message_id,))

    def _write_end(self, message_id: str, write: _Write) -> None:
        parts, body = message_columns(write.message)
        metrics = write.metrics
        tokens = None if metrics is None else metrics.prompt_tokens + metrics.output_tokens
        with self._db.write() as tables:
            before = self._db.row("SELECT parts, body FROM messages WHERE id = ?", (message_id,))
            tables.execute(
                "UPDATE messages SET role = ?, parts = ?, body = ?, status = ?, finish_reason = ?,"
                " metrics = ?, error = ?, context_tokens = coalesce(?, context_tokens), writer = NULL"
                " WHERE id = ?",
                (
                    write.message.role,
                    parts,
                    body,
                    write.status,
                    write.finish_reason,
                    None if metrics is None else to_json(metrics),
                    write.error,
                    tokens,
                    message_id,
                ),
            )
            if write.reply is not None:
                columns = {"message_id": message_id, **reply_columns(write.reply)}
                tables.table("replies").insert(columns, pk="message_id", replace=True)
            elif before is None or (before["parts"], before["body"]) != (parts, body):
                tables.execute("DELETE FROM replies WHERE message_id = ?", (message_id,))
            self._touch(message_id)

    def _touch(self, message_id: str) -> None:
        """The chats that end with this reply: their length in tokens, and their place in the list."""
        with self._db.write() as tables:
            sessions = self._db.rows(
                "SELECT id FROM sessions WHERE head_id = ?1"
                " UNION SELECT session_id FROM messages WHERE id = ?1 AND session_id IS NOT NULL",
                (message_id,),
            )
            for (session_id,) in sessions:
                tables.execute(
                    "UPDATE sessions SET updated_ms = ?, token_count = coalesce("
                    " (SELECT context_tokens FROM messages WHERE id = head_id), 0) WHERE id = ?",
                    (now_ms(), session_id),
                )
                self._db.changed("sessions", session_id)
                self._db.changed("messages", session_id)
