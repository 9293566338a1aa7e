"""Finding text in messages: every term as a substring, in any script, without an operator language."""

import re
import sqlite3
from collections.abc import Iterator

from engine.store.codec import clean
from engine.store.connection import Database
from engine.store.records import SearchHit
from engine.store.tree import SessionTree, load_tree

_SHORTEST_INDEXED = 3
"""The trigram index knows nothing shorter; such terms are looked for in the text itself."""
_SNIPPET = 160
_LEAD = 40
_BATCH = 200


class Search:
    """Search in one chat or in all, over every version of every message."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, query: str, *, session_id: str | None = None, limit: int = 50) -> list[SearchHit]:
        """Messages that contain every word of `query`, newest first. Any text is a valid query.

        Deleted chats and messages, and replies that still stream, are left out.
        """
        terms = split_terms(query)
        if not terms or limit <= 0:
            return []
        with self._db.read():
            return self._find(terms, session_id, limit)

    def _find(self, terms: list[str], session_id: str | None, limit: int) -> list[SearchHit]:
        pattern = re.compile("|".join(re.escape(each) for each in terms), re.IGNORECASE)
        scope = _Scope(self._db, session_id)
        hits: list[SearchHit] = []
        for row in self._matches(terms):
            shown_in = scope.session_of(row["id"], row["session_id"])
            if shown_in is not None:
                snippet, ranges = make_snippet(row["body"], pattern)
                hits.append(
                    SearchHit(
                        session_id=shown_in,
                        session_title=scope.title(shown_in),
                        message_id=row["id"],
                        role=row["role"],
                        snippet=snippet,
                        ranges=ranges,
                        created_ms=row["created_ms"],
                    )
                )
                if len(hits) == limit:
                    break
        return hits

    def _matches(self, terms: list[str]) -> Iterator[sqlite3.Row]:
        """Rows newest first, read in batches: a common word should not load every message at once."""
        indexed = [each for each in terms if len(each) >= _SHORTEST_INDEXED]
        conditions = ["body LIKE ? ESCAPE '\\'" for each in terms if each not in indexed]
        arguments: list[object] = [_like(each) for each in terms if each not in indexed]
        if indexed:
            conditions.append("seq IN (SELECT rowid FROM messages_fts WHERE messages_fts MATCH ?)")
            arguments.append(" AND ".join('"' + each.replace('"', '""') + '"' for each in indexed))
        sql = (
            "SELECT seq, id, session_id, role, body, created_ms FROM messages"
            f" WHERE status <> 'streaming' AND {' AND '.join(conditions)}"
            " AND (created_ms, seq) < (?, ?) ORDER BY created_ms DESC, seq DESC LIMIT ?"
        )
        last = (1 << 62, 1 << 62)
        while True:
            rows = self._db.rows(sql, (*arguments, *last, _BATCH))
            yield from rows
            if len(rows) < _BATCH:
                return
            last = (rows[-1]["created_ms"], rows[-1]["seq"])


class _Scope:
    """Which chat shows a message, among the one asked for or all that are not deleted."""

    def __init__(self, db: Database, session_id: str | None) -> None:
        self._db = db
        rows = db.rows(
            "SELECT id, title, base_id IS NOT NULL AS fork,"
            " EXISTS (SELECT 1 FROM removals r WHERE r.session_id = s.id) AS gaps"
            " FROM sessions s WHERE deleted_ms IS NULL OR id = ? ORDER BY id",
            (session_id,),
        )
        asked = [row for row in rows if session_id in (None, row["id"])]
        self._titles: dict[str, str] = {row["id"]: row["title"] for row in asked}
        self._forks: list[str] = [row["id"] for row in asked if row["fork"]]
        self._gaps = {row["id"] for row in rows if row["gaps"]}
        self._trees: dict[str, SessionTree] = {}

    def title(self, session_id: str) -> str:
        return self._titles[session_id]

    def session_of(self, message_id: str, owner: str | None) -> str | None:
        """The chat it was written in where that shows it, else the oldest fork that does."""
        gaps = owner in self._gaps
        if owner is not None and owner in self._titles and (not gaps or message_id in self._tree(owner)):
            return owner
        for fork in self._forks:
            if message_id in self._tree(fork):
                return fork
        return None

    def _tree(self, session_id: str) -> SessionTree:
        if session_id not in self._trees:
            self._trees[session_id] = load_tree(self._db, session_id)
        return self._trees[session_id]


def split_terms(query: str) -> list[str]:
    """The words of a query, without what no text contains."""
    return list(dict.fromkeys(clean(query).replace("\0", " ").split()))


def make_snippet(body: str, pattern: re.Pattern[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One line around the first match, and where the matches are in it, in code points."""
    first = pattern.search(body)
    start = 0 if first is None else max(0, first.start() - _LEAD)
    if start:
        # Begin with a whole word where there is a gap before the match.
        gap = re.compile(r"\s").search(body, start, first.start() if first else start)
        start = gap.end() if gap else start
    end = max(start + _SNIPPET, first.end() if first else 0)
    before, after = "…" if start else "", "…" if end < len(body) else ""
    # Each blank becomes one space, so that the positions stay right.
    piece = re.sub(r"\s", " ", body[start:end])
    shift = len(before)
    ranges = tuple((match.start() + shift, match.end() + shift) for match in pattern.finditer(piece))
    return before + piece + after, ranges


def _like(term: str) -> str:
    escaped = re.sub(r"([%_\\])", r"\\\1", term)
    return f"%{escaped}%"
