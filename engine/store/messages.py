"""The messages of chats: reading paths and trees, and every way a tree grows or changes."""

import sqlite3

from engine.errors import UserError
from engine.messages import Message
from engine.protocol.values import FinishReason, GenerationMetrics
from engine.store.codec import message_columns, read_message, read_metrics, read_reply
from engine.store.connection import Database
from engine.store.detach import own_copy
from engine.store.heads import current_head, head_without, set_head
from engine.store.ids import new_id, now_ms
from engine.store.records import MessageRecord, MessageStatus, Rating, ReplyRecord
from engine.store.streaming import Streaming
from engine.store.tree import (
    CHAIN,
    SessionTree,
    home_session,
    is_visible,
    load_activity,
    load_tree,
    versions_of,
)

_COLUMNS = """m.id, m.session_id, m.parent_id, m.role, m.parts, m.body, m.status, m.created_ms, m.model_name,
    m.finish_reason, m.metrics, m.error, m.rating"""


class Messages:
    """Message trees.

    Where a method takes `session_id` as an option: the chat in which it happens, needed for messages that a
    fork shares; the default is the chat the message was written in. Raises `UserError` message.unknown or
    session.unknown.
    """

    def __init__(self, db: Database, streaming: Streaming) -> None:
        self._db = db
        self._streaming = streaming

    # Reading

    def path(self, session_id: str) -> list[MessageRecord]:
        """The active path, root to head."""
        with self._db.read():
            tree = load_tree(self._db, session_id)
            head = current_head(self._db, session_id)
            rows = self._db.rows(
                f"{CHAIN} SELECT {_COLUMNS} FROM chain JOIN messages m USING (id) ORDER BY m.depth", (head,)
            )
        return [self._record(row, session_id, tree.versions(row["id"])) for row in rows]

    def get(self, message_id: str, *, session_id: str | None = None) -> MessageRecord:
        """One message, also a deleted one (which then has no other versions)."""
        with self._db.read():
            session_id = session_id or home_session(self._db, message_id)
            row = self._db.row(f"SELECT {_COLUMNS} FROM messages m WHERE id = ?", (message_id,))
            if row is None:
                raise UserError("message.unknown")
            return self._record(row, session_id, versions_of(self._db, session_id, message_id))

    def children(self, message_id: str | None, *, session_id: str | None = None) -> list[MessageRecord]:
        """What follows a message, oldest first; the roots of `session_id` for None."""
        if session_id is None:
            if message_id is None:
                raise ValueError("the roots of which chat?")
            session_id = home_session(self._db, message_id)
        with self._db.read():
            tree = load_tree(self._db, session_id)
            return self._records(session_id, tree, tree.children(message_id))

    def tree(self, session_id: str) -> list[MessageRecord]:
        """All messages that are not deleted, parents before children."""
        with self._db.read():
            tree = load_tree(self._db, session_id)
            return self._records(session_id, tree, list(tree.nodes))

    def reply(self, message_id: str) -> ReplyRecord | None:
        """How a reply came about; None for other messages and for edited ones."""
        row = self._db.row(
            "SELECT message_id, provenance, token_ids, logprobs, entropies, ranks, candidates,"
            " texts, beams FROM replies WHERE message_id = ?",
            (message_id,),
        )
        return None if row is None else read_reply(*row)

    def activity(self, session_id: str) -> dict[str, int]:
        """When each message was last the head of the chat, counted in changes of the head."""
        return load_activity(self._db, session_id)

    # Growing

    def add(
        self,
        session_id: str,
        parent_id: str | None,
        message: Message,
        *,
        status: MessageStatus = "done",
        model_name: str = "",
    ) -> MessageRecord:
        """A new message below `parent_id`; it becomes the head."""
        return self._insert(session_id, parent_id, message, status, model_name)

    def add_version(
        self, message_id: str, message: Message, *, session_id: str | None = None
    ) -> MessageRecord:
        """Other content beside a message, under the same parent; it becomes the head."""
        with self._db.write():
            session_id = self._session(message_id, session_id)
            parent_id = self.get(message_id, session_id=session_id).parent_id
            return self._insert(session_id, parent_id, message, "done", "")

    def replace(self, message_id: str, message: Message, *, session_id: str | None = None) -> MessageRecord:
        """Edit in place. Another chat that shares the message keeps the old text.

        For a message from before the point of a fork the result has a new id: it is now a copy. The token ids
        of an edited reply are dropped, as they no longer give its text.
        """
        parts, body = message_columns(message)
        with self._db.write() as tables:
            session_id = self._session(message_id, session_id)
            message_id = own_copy(self._db, session_id, message_id)
            tables.execute(
                "UPDATE messages SET role = ?, parts = ?, body = ? WHERE id = ?",
                (message.role, parts, body, message_id),
            )
            tables.execute("DELETE FROM replies WHERE message_id = ?", (message_id,))
            self._db.changed("messages", session_id)
            return self.get(message_id, session_id=session_id)

    # Replies

    def begin_reply(
        self, session_id: str, parent_id: str | None, model_name: str, continue_of: str | None = None
    ) -> MessageRecord:
        """A reply that starts to stream: an empty one, or `continue_of` going on where it stopped.

        A continued reply keeps its id, unless it is shared with another chat: then it becomes a copy.
        """
        with self._db.write() as tables:
            if continue_of is None:
                empty = Message("assistant", ())
                record = self._insert(session_id, parent_id, empty, "streaming", model_name)
            else:
                reply_id = own_copy(self._db, session_id, self._session_message(continue_of, session_id))
                tree = load_tree(self._db, session_id)
                head = tree.latest_leaf(reply_id, load_activity(self._db, session_id))
                set_head(self._db, session_id, head, touch=True)
                record = self.get(reply_id, session_id=session_id)
            self._streaming.begin(record.id, model_name)
            tables.execute("UPDATE sessions SET model_name = ? WHERE id = ?", (model_name, session_id))
            return self.get(record.id, session_id=session_id)

    def checkpoint(self, message_id: str, message: Message) -> None:
        """Save what a streaming reply has so far. Listeners do not hear of it: the screen is ahead anyway.

        Raises `UserError` store.disk_full; the text is then held in memory and saved when there is space.
        """
        self._streaming.checkpoint(message_id, message)

    def finish(
        self,
        message_id: str,
        message: Message,
        *,
        status: MessageStatus,
        finish_reason: FinishReason | None,
        metrics: GenerationMetrics | None,
        reply: ReplyRecord | None,
        error: str = "",
    ) -> None:
        """End a streaming reply. Held in memory like a checkpoint when the disk is full."""
        self._streaming.finish(message_id, message, status, finish_reason, metrics, reply, error)

    # Judging, choosing and deleting

    def rate(self, message_id: str, rating: Rating) -> None:
        """What the user thinks of a reply, in every chat that shares it. Raises `UserError`
        message.unknown.
        """
        with self._db.write() as tables:
            session_id = home_session(self._db, message_id)
            tables.execute("UPDATE messages SET rating = ? WHERE id = ?", (rating, message_id))
            self._db.changed("messages", session_id)

    def select(self, message_id: str, *, session_id: str | None = None) -> None:
        """Make a version active: the head becomes the leaf below it that was used last."""
        with self._db.write():
            session_id = self._session(message_id, session_id)
            tree = load_tree(self._db, session_id)
            if message_id not in tree:
                raise UserError("message.unknown")
            leaf = tree.latest_leaf(message_id, load_activity(self._db, session_id))
            set_head(self._db, session_id, leaf, touch=False)

    def delete(self, message_id: str, *, session_id: str | None = None) -> None:
        """Hide a message and all that follows it; another version, else the parent, becomes the end."""
        with self._db.write() as tables:
            session_id = self._session(message_id, session_id)
            tree = load_tree(self._db, session_id)
            if message_id not in tree:
                raise UserError("message.unknown")
            head = current_head(self._db, session_id)
            on_path = head is not None and message_id in tree.path(head)
            tables.execute(
                "INSERT INTO removals (session_id, message_id, removed_ms, head_before) VALUES (?, ?, ?, ?)",
                (session_id, message_id, now_ms(), head if on_path else None),
            )
            if on_path:
                end = head_without(self._db, session_id, tree, message_id)
                set_head(self._db, session_id, end, touch=False)
            self._db.changed("messages", session_id)

    def restore(self, message_id: str, *, session_id: str | None = None) -> None:
        """Undo `delete`; where the active path ran through it, it does again."""
        with self._db.write() as tables:
            session_id = session_id or home_session(self._db, message_id)
            removal = self._db.row(
                "SELECT head_before FROM removals WHERE session_id = ? AND message_id = ?",
                (session_id, message_id),
            )
            if removal is None:
                return
            tables.execute(
                "DELETE FROM removals WHERE session_id = ? AND message_id = ?", (session_id, message_id)
            )
            tree = load_tree(self._db, session_id)
            if removal["head_before"] is not None and message_id in tree:
                head = removal["head_before"]
                if head not in tree:
                    head = tree.latest_leaf(message_id, load_activity(self._db, session_id))
                set_head(self._db, session_id, head, touch=False)
            self._db.changed("messages", session_id)

    # Parts

    def _insert(
        self,
        session_id: str,
        parent_id: str | None,
        message: Message,
        status: MessageStatus,
        model_name: str,
    ) -> MessageRecord:
        message_id = new_id()
        parts, body = message_columns(message)
        with self._db.write() as tables:
            if parent_id is not None:
                self._session_message(parent_id, session_id)
            elif self._db.row("SELECT 1 FROM sessions WHERE id = ?", (session_id,)) is None:
                raise UserError("session.unknown", id=session_id)
            tables.execute(
                "INSERT INTO messages (id, session_id, parent_id, role, parts, body, status, created_ms,"
                " model_name, depth, context_tokens) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                " coalesce((SELECT depth FROM messages WHERE id = ?3), 0) + 1,"
                " coalesce((SELECT context_tokens FROM messages WHERE id = ?3), 0)",
                (message_id, session_id, parent_id, message.role, parts, body, status, now_ms(), model_name),
            )
            set_head(self._db, session_id, message_id, touch=True)
            return self.get(message_id, session_id=session_id)

    def _session(self, message_id: str, session_id: str | None) -> str:
        """The chat in which something happens to a message."""
        if session_id is None:
            return home_session(self._db, message_id)
        self._session_message(message_id, session_id)
        return session_id

    def _session_message(self, message_id: str, session_id: str) -> str:
        if not is_visible(self._db, session_id, message_id):
            raise UserError("message.unknown")
        return message_id

    def _records(self, session_id: str, tree: SessionTree, ids: list[str]) -> list[MessageRecord]:
        # As one JSON array: no limit on their number, and one statement to prepare.
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM json_each(?) JOIN messages m ON m.id = value", (_json_list(ids),)
        )
        by_id = {row["id"]: row for row in rows}
        return [self._record(by_id[each], session_id, tree.versions(each)) for each in ids]

    def _record(self, row: sqlite3.Row, session_id: str, versions: tuple[str, ...]) -> MessageRecord:
        (
            message_id,
            _,
            parent_id,
            role,
            parts,
            body,
            status,
            created,
            model_name,
            reason,
            metrics,
            error,
            rating,
        ) = row
        record = MessageRecord(
            id=message_id,
            session_id=session_id,
            parent_id=parent_id,
            message=read_message(role, parts, body),
            status=status,
            created_ms=created,
            model_name=model_name,
            finish_reason=reason,
            metrics=read_metrics(metrics),
            error=error,
            version=versions.index(message_id) + 1,
            version_ids=versions,
            rating=rating,
        )
        return self._streaming.overlay(record)


def _json_list(ids: list[str]) -> str:
    return '["' + '","'.join(ids) + '"]' if ids else "[]"
