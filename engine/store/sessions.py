"""The list of chats."""

import sqlite3

from engine.errors import UserError
from engine.store.codec import clean, to_full_json
from engine.store.connection import Database
from engine.store.decode import decode_json
from engine.store.heads import set_head
from engine.store.ids import new_id, now_ms
from engine.store.purge import purge_sessions
from engine.store.records import SessionRecord, SessionSettings
from engine.store.tree import is_visible

_Ids = list[str]  # Inside the class below, `list` is a method.
_NEW = SessionSettings()
# A chat of a deleted folder shows in none, and is back in it when the folder is.
_SELECT = """
    SELECT s.id, title, title_is_auto, f.id AS folder_id, pinned, created_ms, updated_ms, head_id, settings,
        draft, message_count, token_count, model_name
    FROM sessions s LEFT JOIN folders f ON f.id = s.folder_id AND f.deleted_ms IS NULL
"""


class Sessions:
    """Chats: made, named, sorted into folders, forked, deleted and brought back."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self, *, deleted: bool = False) -> "list[SessionRecord]":
        """Pinned first, then the ones used last; or those that were deleted."""
        condition = "s.deleted_ms IS NOT NULL" if deleted else "s.deleted_ms IS NULL"
        order = "ORDER BY pinned DESC, updated_ms DESC, s.id DESC"
        return [_record(row) for row in self._db.rows(f"{_SELECT} WHERE {condition} {order}")]

    def get(self, session_id: str) -> SessionRecord:
        """A chat, also a deleted one. Raises `UserError` session.unknown."""
        row = self._db.row(f"{_SELECT} WHERE s.id = ?", (session_id,))
        if row is None:
            raise UserError("session.unknown", id=session_id)
        return _record(row)

    def create(
        self, title: str = "", settings: SessionSettings = _NEW, folder_id: str | None = None
    ) -> SessionRecord:
        """An empty chat. Without a title it is to be named automatically."""
        now = now_ms()
        session_id = new_id()
        with self._db.write() as tables:
            tables.table("sessions").insert(
                {
                    "id": session_id,
                    "title": clean(title),
                    "title_is_auto": not title,
                    "folder_id": folder_id,
                    "created_ms": now,
                    "updated_ms": now,
                    "settings": to_full_json(settings),
                }
            )
            self._db.changed("sessions", session_id)
            return self.get(session_id)

    def rename(self, session_id: str, title: str, *, auto: bool = False) -> None:
        """`auto` says that the model made the title, so another one may replace it."""
        self._update(session_id, title=clean(title), title_is_auto=auto)

    def pin(self, session_id: str, pinned: bool) -> None:
        """Keep at the top of the list, or not."""
        self._update(session_id, pinned=pinned)

    def move(self, session_id: str, folder_id: str | None) -> None:
        """Into a folder, or out of all."""
        self._update(session_id, folder_id=folder_id)

    def set_settings(self, session_id: str, settings: SessionSettings) -> None:
        """Replace the settings as a whole."""
        self._update(session_id, settings=to_full_json(settings))

    def set_draft(self, session_id: str, text: str) -> None:
        """What is written in the composer and not sent."""
        self._update(session_id, draft=clean(text))

    def delete(self, session_id: str) -> None:
        """Out of the list; `restore` brings it back until it is purged."""
        self._update(session_id, deleted_ms=now_ms())

    def restore(self, session_id: str) -> None:
        """Undo `delete`."""
        self._update(session_id, deleted_ms=None)

    def purge(self, older_than_ms: int) -> _Ids:
        """Really drop chats and messages that were deleted at least `older_than_ms` milliseconds ago.

        What a fork still shows stays. The ids of the chats that are gone.
        """
        return purge_sessions(self._db, older_than_ms)

    def fork(self, session_id: str, message_id: str, title: str = "") -> SessionRecord:
        """A new chat with everything up to the message, which both then share; settings are taken over.

        Raises `UserError` message.unknown where the chat does not show the message.
        """
        now = now_ms()
        fork_id = new_id()
        with self._db.write() as tables:
            origin = self.get(session_id)
            if not is_visible(self._db, session_id, message_id):
                raise UserError("message.unknown")
            tables.table("sessions").insert(
                {
                    "id": fork_id,
                    "title": clean(title) or origin.title,
                    "title_is_auto": origin.title_is_auto and not title,
                    "folder_id": origin.folder_id,
                    "created_ms": now,
                    "updated_ms": now,
                    "base_id": message_id,
                    "settings": to_full_json(origin.settings),
                    "model_name": origin.model_name,
                }
            )
            set_head(self._db, fork_id, message_id, touch=True)
            return self.get(fork_id)

    def _update(self, session_id: str, **columns: object) -> None:
        with self._db.write() as tables:
            assignments = ", ".join(f"{name} = ?" for name in columns)
            cursor = tables.execute(
                f"UPDATE sessions SET {assignments} WHERE id = ?", (*columns.values(), session_id)
            )
            if cursor.rowcount == 0:
                raise UserError("session.unknown", id=session_id)
            self._db.changed("sessions", session_id)


def _record(row: sqlite3.Row) -> SessionRecord:
    return SessionRecord(
        id=row["id"],
        title=row["title"],
        title_is_auto=bool(row["title_is_auto"]),
        folder_id=row["folder_id"],
        pinned=bool(row["pinned"]),
        created_ms=row["created_ms"],
        updated_ms=row["updated_ms"],
        head_id=row["head_id"],
        settings=decode_json(SessionSettings, row["settings"]),
        draft=row["draft"],
        message_count=row["message_count"],
        token_count=row["token_count"],
        model_name=row["model_name"],
    )
