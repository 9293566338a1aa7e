"""A full-text index over the messages, kept in step by triggers.

The trigram tokenizer finds any substring of three or more characters in any script. A reply that still
streams is left out: indexing it anew with each checkpoint would cost the square of its length.
"""

import sqlite_utils

_INDEX = """
CREATE VIRTUAL TABLE messages_fts USING fts5(
    body, content='messages', content_rowid='seq', tokenize='trigram', detail='full'
)
"""
_ADDED = """
CREATE TRIGGER messages_fts_added AFTER INSERT ON messages WHEN new.status <> 'streaming' BEGIN
    INSERT INTO messages_fts(rowid, body) VALUES (new.seq, new.body);
END
"""
_REMOVED = """
CREATE TRIGGER messages_fts_removed AFTER DELETE ON messages WHEN old.status <> 'streaming' BEGIN
    INSERT INTO messages_fts(messages_fts, rowid, body) VALUES ('delete', old.seq, old.body);
END
"""
_CHANGED = """
CREATE TRIGGER messages_fts_changed AFTER UPDATE OF body, status ON messages
WHEN old.body IS NOT new.body OR (old.status = 'streaming') IS NOT (new.status = 'streaming') BEGIN
    INSERT INTO messages_fts(messages_fts, rowid, body)
        SELECT 'delete', old.seq, old.body WHERE old.status <> 'streaming';
    INSERT INTO messages_fts(rowid, body) SELECT new.seq, new.body WHERE new.status <> 'streaming';
END
"""
_FILL = "INSERT INTO messages_fts(rowid, body) SELECT seq, body FROM messages WHERE status <> 'streaming'"


def upgrade(db: sqlite_utils.Database) -> None:
    """Make the index and fill it from what is there."""
    for statement in (_INDEX, _ADDED, _REMOVED, _CHANGED, _FILL):
        db.execute(statement)
