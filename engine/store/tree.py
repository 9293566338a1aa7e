"""The shape of a chat: which messages it sees, their order, their versions, and where its paths end.

A chat sees what was written in it, and the message it was forked from with all ancestors. A deleted subtree
is hidden by its root, in each chat for itself. Nothing is copied.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from engine.errors import UserError
from engine.store.connection import Database

CHAIN = """
    WITH RECURSIVE chain(id, parent_id) AS (
        SELECT id, parent_id FROM messages WHERE id = ?
        UNION ALL SELECT m.id, m.parent_id FROM messages m JOIN chain ON m.id = chain.parent_id
    )
"""
"""A message and its ancestors, as the table `chain`."""


class Node(NamedTuple):
    """A message without its content."""

    id: str
    parent_id: str | None
    is_reply: bool
    created_ms: int
    depth: int


class SessionTree:
    """The visible messages of one chat. `nodes` holds parents before children."""

    def __init__(self, nodes: Iterable[Node], removed: frozenset[str]) -> None:
        self.nodes: dict[str, Node] = {}
        self._children: dict[str | None, list[Node]] = {}
        for node in sorted(nodes, key=lambda node: (node.depth, node.created_ms, node.id)):
            orphan = node.parent_id is not None and node.parent_id not in self.nodes
            if node.id not in removed and not orphan:
                self.nodes[node.id] = node
                self._children.setdefault(node.parent_id, []).append(node)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self.nodes

    def children(self, parent_id: str | None) -> list[str]:
        """Oldest first; the roots for None."""
        return [node.id for node in self._children.get(parent_id, ())]

    def versions(self, message_id: str) -> tuple[str, ...]:
        """The message and its siblings of the same role class, oldest first."""
        node = self.nodes[message_id]
        siblings = self._children[node.parent_id]
        if len(siblings) == 1:
            return (message_id,)
        return tuple(sibling.id for sibling in siblings if sibling.is_reply == node.is_reply)

    def subtree(self, message_id: str) -> list[str]:
        """The message and all that follows it, parents first."""
        found = [message_id]
        for current in found:
            found.extend(node.id for node in self._children.get(current, ()))
        return found

    def latest_leaf(self, message_id: str, activity: Mapping[str, int]) -> str:
        """The leaf below the message that was head last; else the newest."""
        leaves = [each for each in self.subtree(message_id) if each not in self._children]
        return max(leaves, key=lambda each: (activity.get(each, 0), self.nodes[each].created_ms, each))

    def path(self, message_id: str) -> list[str]:
        """Root to message."""
        found = []
        current: str | None = message_id
        while current is not None:
            found.append(current)
            current = self.nodes[current].parent_id
        return found[::-1]


def load_tree(db: Database, session_id: str) -> SessionTree:
    """Read the shape of a chat. Raises `UserError` session.unknown."""
    session = db.row("SELECT base_id FROM sessions WHERE id = ?", (session_id,))
    if session is None:
        raise UserError("session.unknown", id=session_id)
    columns = "m.id, m.parent_id, m.role = 'assistant', m.created_ms, m.depth"
    rows = db.rows(f"SELECT {columns} FROM messages m WHERE session_id = ?", (session_id,))
    if session["base_id"] is not None:
        shared = f"{CHAIN} SELECT {columns} FROM chain JOIN messages m USING (id)"
        rows += db.rows(shared, (session["base_id"],))
    removed = db.rows("SELECT message_id FROM removals WHERE session_id = ?", (session_id,))
    return SessionTree((Node(*row) for row in rows), frozenset(row[0] for row in removed))


def load_activity(db: Database, session_id: str) -> dict[str, int]:
    """When each message was last the head of the chat, in turns."""
    rows = db.rows("SELECT message_id, turn FROM activity WHERE session_id = ?", (session_id,))
    return {row[0]: row[1] for row in rows}


def is_visible(db: Database, session_id: str, message_id: str) -> bool:
    """Whether the chat sees the message, without reading the whole tree."""
    row = db.row(
        "SELECT m.depth, m.session_id IS s.id AS own, s.base_id,"
        " EXISTS (SELECT 1 FROM removals r WHERE r.session_id = s.id) AS gaps"
        " FROM messages m, sessions s WHERE m.id = ? AND s.id = ?",
        (message_id, session_id),
    )
    if row is None:
        return False
    if not row["own"] and _shared_at(db, row["base_id"], row["depth"]) != message_id:
        return False
    if not row["gaps"]:
        return True
    hidden = f"{CHAIN} SELECT 1 FROM chain JOIN removals r ON r.message_id = chain.id AND r.session_id = ?"
    return db.row(hidden, (message_id, session_id)) is None


def versions_of(db: Database, session_id: str, message_id: str) -> tuple[str, ...]:
    """`SessionTree.versions` for one message; itself alone where the chat does not show it."""
    if not is_visible(db, session_id, message_id):
        return (message_id,)
    one = db.rows(
        "SELECT m.parent_id, m.depth, m.role = 'assistant' AS is_reply, s.base_id"
        " FROM messages m, sessions s WHERE m.id = ? AND s.id = ?",
        (message_id, session_id),
    )[0]
    shared = _shared_at(db, one["base_id"], one["depth"])
    siblings = db.rows(
        "SELECT m.id FROM messages m WHERE (m.session_id = ?1 AND m.parent_id IS ?2"
        " OR m.id = ?3 AND m.parent_id IS ?2) AND (m.role = 'assistant') = ?4"
        " AND NOT EXISTS (SELECT 1 FROM removals r WHERE r.session_id = ?1 AND r.message_id = m.id)"
        " ORDER BY m.created_ms, m.id",
        (session_id, one["parent_id"], shared, one["is_reply"]),
    )
    return tuple(row[0] for row in siblings)


def _shared_at(db: Database, base_id: str | None, depth: int) -> str | None:
    """The message at this depth that a fork took over; usually only a few steps above its base."""
    if base_id is None:
        return None
    row = db.row(
        """
        WITH RECURSIVE up(id, parent_id, depth) AS (
            SELECT id, parent_id, depth FROM messages WHERE id = ?1 AND depth >= ?2
            UNION ALL
            SELECT m.id, m.parent_id, m.depth
            FROM up JOIN messages m ON m.id = up.parent_id WHERE m.depth >= ?2
        )
        SELECT id FROM up WHERE depth = ?2
        """,
        (base_id, depth),
    )
    return None if row is None else str(row[0])


def home_session(db: Database, message_id: str) -> str:
    """The chat a message was written in; where that is gone, the oldest that still shows it.

    Raises `UserError` message.unknown.
    """
    row = db.row("SELECT session_id FROM messages WHERE id = ?", (message_id,))
    if row is None:
        raise UserError("message.unknown")
    if row["session_id"] is not None:
        return str(row["session_id"])
    forks = sessions_sharing(db, message_id)
    if not forks:
        raise UserError("message.unknown")
    return forks[0]


def sessions_sharing(db: Database, message_id: str) -> list[str]:
    """Chats that were forked at the message or below it, deleted ones too, oldest first."""
    rows = db.rows(
        """
        WITH RECURSIVE up(session_id, id, parent_id, depth) AS (
            SELECT s.id, m.id, m.parent_id, m.depth FROM sessions s JOIN messages m ON m.id = s.base_id
            UNION ALL
            SELECT up.session_id, m.id, m.parent_id, m.depth FROM up JOIN messages m ON m.id = up.parent_id
            WHERE up.depth > (SELECT depth FROM messages WHERE id = ?1)
        )
        SELECT DISTINCT session_id FROM up WHERE id = ?1 ORDER BY session_id
        """,
        (message_id,),
    )
    return [row[0] for row in rows]
