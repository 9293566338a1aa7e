"""Chats as trees of messages, and what surrounds them."""

import sqlite_utils

_SCHEMA = """
CREATE TABLE folders (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, deleted_ms INTEGER
);
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    title_is_auto INTEGER NOT NULL,
    folder_id TEXT REFERENCES folders(id) ON DELETE SET NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    deleted_ms INTEGER,
    -- The message a fork begins at: it and its ancestors belong to this chat too.
    base_id TEXT REFERENCES messages(id) DEFERRABLE INITIALLY DEFERRED,
    head_id TEXT REFERENCES messages(id) DEFERRABLE INITIALLY DEFERRED,
    settings TEXT NOT NULL,
    draft TEXT NOT NULL DEFAULT '',
    message_count INTEGER NOT NULL DEFAULT 0,
    token_count INTEGER NOT NULL DEFAULT 0,
    model_name TEXT NOT NULL DEFAULT '',
    -- Counts changes of the head; orders the rows of `activity`.
    turns INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sessions_base ON sessions(base_id) WHERE base_id IS NOT NULL;
CREATE INDEX sessions_head ON sessions(head_id);
CREATE INDEX sessions_folder ON sessions(folder_id);

CREATE TABLE messages (
    -- An explicit integer key: the full-text index refers to it, and VACUUM must not renumber it.
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Where it was written. NULL: that chat is gone and a fork still needs the message.
    session_id TEXT REFERENCES sessions(id) ON DELETE SET NULL,
    parent_id TEXT REFERENCES messages(id) DEFERRABLE INITIALLY DEFERRED,
    depth INTEGER NOT NULL,
    role TEXT NOT NULL,
    -- JSON, or NULL where the message is one text part: then `body` is that text.
    parts TEXT,
    -- Everything a search may find.
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    model_name TEXT NOT NULL DEFAULT '',
    finish_reason TEXT,
    metrics TEXT,
    error TEXT NOT NULL DEFAULT '',
    -- Length of the conversation up to here in tokens, as the last reply on the way measured it.
    context_tokens INTEGER NOT NULL DEFAULT 0,
    -- The running program that streams into this row.
    writer TEXT
);
CREATE INDEX messages_session ON messages(session_id, parent_id);
CREATE INDEX messages_parent ON messages(parent_id);
CREATE INDEX messages_streaming ON messages(status) WHERE status = 'streaming';

-- Deleted subtrees, by their root; each chat hides for itself.
CREATE TABLE removals (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    message_id TEXT NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
    removed_ms INTEGER NOT NULL,
    head_before TEXT,
    PRIMARY KEY (session_id, message_id)
) WITHOUT ROWID;
CREATE INDEX removals_message ON removals(message_id);

-- When a message was last the head of a chat.
CREATE TABLE activity (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    message_id TEXT NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
    turn INTEGER NOT NULL,
    PRIMARY KEY (session_id, message_id)
) WITHOUT ROWID;
CREATE INDEX activity_message ON activity(message_id);

CREATE TABLE replies (
    message_id TEXT PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    provenance TEXT NOT NULL,
    token_ids BLOB NOT NULL,
    logprobs BLOB NOT NULL,
    entropies BLOB NOT NULL,
    ranks BLOB NOT NULL,
    candidates BLOB NOT NULL
);
CREATE TABLE presets (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, model TEXT NOT NULL,
    sampling TEXT NOT NULL, deleted_ms INTEGER
);
CREATE TABLE prompts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, updated_ms INTEGER NOT NULL,
    deleted_ms INTEGER
);
CREATE TABLE endpoints (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, base_url TEXT NOT NULL, remote_model TEXT NOT NULL,
    deleted_ms INTEGER
);
CREATE TABLE benchmarks (
    id TEXT PRIMARY KEY, model_name TEXT NOT NULL, model_hash TEXT NOT NULL, scenario TEXT NOT NULL,
    ttft_ms REAL NOT NULL, input_tps REAL NOT NULL, output_tps REAL NOT NULL, peak_rss_bytes INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, device TEXT NOT NULL,
    engine_build TEXT NOT NULL, created_ms INTEGER NOT NULL, deleted_ms INTEGER
);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE states (
    session_id TEXT PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE, path TEXT NOT NULL,
    model_hash TEXT NOT NULL, context_key TEXT NOT NULL, tokens INTEGER NOT NULL, size_bytes INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
);
"""


def upgrade(db: sqlite_utils.Database) -> None:
    """Make every table. Runs inside the caller's transaction, so statement by statement."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)
