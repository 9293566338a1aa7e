"""Copies on write: a message that several chats share is copied before one of them changes it in place."""

from engine.store.connection import Database
from engine.store.ids import new_id
from engine.store.tree import CHAIN, sessions_sharing

_COPY = """
    INSERT INTO messages (id, session_id, parent_id, depth, role, parts, body, status, created_ms, model_name,
        finish_reason, metrics, error, context_tokens, rating)
    SELECT ?1, ?2, ?3, depth, role, parts, body, iif(status = 'streaming', 'interrupted', status), created_ms,
        model_name, finish_reason, metrics, error, context_tokens, rating
    FROM messages WHERE id = ?4
"""
_COPY_REPLY = """
    INSERT INTO replies (message_id, provenance, token_ids, logprobs, entropies, ranks, candidates, texts,
        beams)
    SELECT ?1, provenance, token_ids, logprobs, entropies, ranks, candidates, texts, beams
    FROM replies WHERE message_id = ?2
"""


def own_copy(db: Database, session_id: str, message_id: str) -> str:
    """Inside a write: see to it that a change of the message shows in this chat only. The id to change.

    The others keep what they see. A chat that shares the message gets copies of it and of the shared messages
    below it; what it wrote itself then hangs below the copies.
    """
    own = db.row("SELECT 1 FROM messages WHERE id = ? AND session_id = ?", (message_id, session_id))
    if own is None:
        message_id = _detach(db, session_id, message_id)[message_id]
    while sharing := sessions_sharing(db, message_id):
        # One at a time: a fork of a fork may be settled by the first copy.
        _detach(db, sharing[0], message_id)
    return message_id


def _detach(db: Database, session_id: str, message_id: str) -> dict[str, str]:
    """Copy the chat's shared messages from `message_id` down to its base. Old ids to new ids."""
    with db.write() as tables:
        base = db.rows("SELECT base_id FROM sessions WHERE id = ?", (session_id,))[0]["base_id"]
        chain = db.rows(
            f"{CHAIN} SELECT m.id, m.parent_id FROM chain JOIN messages m USING (id)"
            " WHERE m.depth >= (SELECT depth FROM messages WHERE id = ?) ORDER BY m.depth",
            (base, message_id),
        )
        copies: dict[str, str] = {}
        new_base = chain[0]["parent_id"]
        for old_id, parent_id in chain:
            copies[old_id] = new_id()
            parent = copies.get(parent_id, parent_id)
            tables.execute(_COPY, (copies[old_id], session_id, parent, old_id))
            tables.execute(_COPY_REPLY, (copies[old_id], old_id))
        for old_id, copy_id in copies.items():
            _repoint(db, session_id, old_id, copy_id)
        tables.execute("UPDATE sessions SET base_id = ? WHERE id = ?", (new_base, session_id))
        db.changed("messages", session_id)
        db.changed("sessions", session_id)
        return copies


def _repoint(db: Database, session_id: str, old_id: str, copy_id: str) -> None:
    """Let everything that belongs to the chat mean the copy."""
    with db.write() as tables:
        for statement in (
            "UPDATE messages SET parent_id = ?1 WHERE parent_id = ?2 AND session_id = ?3",
            "UPDATE sessions SET head_id = ?1 WHERE head_id = ?2 AND id = ?3",
            "UPDATE activity SET message_id = ?1 WHERE message_id = ?2 AND session_id = ?3",
            "UPDATE removals SET message_id = ?1 WHERE message_id = ?2 AND session_id = ?3",
            "UPDATE removals SET head_before = ?1 WHERE head_before = ?2 AND session_id = ?3",
        ):
            tables.execute(statement, (copy_id, old_id, session_id))
