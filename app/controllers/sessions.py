"""The chat list: what is in it, and everything that happens to a chat as a whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.models.session_groups import SessionGroup, group_sessions, local_now
from engine.errors import UserError
from engine.store.database import Store
from engine.store.records import Change, FolderRecord, SearchHit, SessionRecord, SessionSettings
from engine.store.transfer.exporting import ExportFormat, export_file, export_session
from engine.store.transfer.importing import import_text

_REFRESH_DELAY_MS = 15
_MAX_IMPORT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Undoable:
    """What was done, in words, and how to take it back."""

    text: str
    undo: Callable[[], None]


class SessionsController(QObject):
    """Asks the store, off the GUI thread, and says what came of it."""

    groups_changed = Signal(list, list)
    """Groups and folders."""
    created = Signal(object)
    """A new `SessionRecord` that should be opened."""
    removed = Signal(str)
    folder_created = Signal(str)
    undoable = Signal(object)
    noted = Signal(str)
    failed = Signal(object)
    imported = Signal()
    """All of the files that were asked for are in."""
    found = Signal(str, list)
    text_ready = Signal(str)
    """An exported chat for the clipboard."""

    def __init__(
        self, access: StoreAccess, background: Background, bridge: EngineBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._background = background
        self._sessions: list[SessionRecord] = []
        self._query = ""
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_REFRESH_DELAY_MS)
        self._delay.timeout.connect(self.refresh)
        bridge.store_changed.connect(self._on_change)

    def refresh(self) -> None:
        """Read the list again."""
        today = local_now().date()

        def read(store: Store) -> tuple[list[SessionGroup], list[FolderRecord], list[SessionRecord]]:
            sessions, folders = store.sessions.list(), store.folders.list()
            return group_sessions(sessions, folders, today), folders, sessions

        self._access.run(read, self._show, self.failed.emit)

    def session(self, session_id: str) -> SessionRecord | None:
        """A chat of the list as it was read last."""
        return next((session for session in self._sessions if session.id == session_id), None)

    def sessions(self) -> list[SessionRecord]:
        return list(self._sessions)

    # chats

    def create(self, settings: SessionSettings, folder_id: str | None = None) -> None:
        """A new chat; an empty untitled one that is already there is taken instead."""

        def work(store: Store) -> SessionRecord:
            for session in store.sessions.list():
                if _is_untouched(session):
                    store.sessions.set_settings(session.id, settings)
                    return store.sessions.get(session.id)
            return store.sessions.create("", settings, folder_id)

        self._access.run(work, self.created.emit, self.failed.emit)

    def rename(self, session_id: str, title: str) -> None:
        self._run(lambda store: store.sessions.rename(session_id, title))

    def pin(self, session_id: str, pinned: bool) -> None:
        self._run(lambda store: store.sessions.pin(session_id, pinned))

    def move(self, session_id: str, folder_id: str | None) -> None:
        def work(store: Store) -> None:
            store.sessions.move(session_id, folder_id)
            if store.sessions.get(session_id).pinned and folder_id:
                store.sessions.pin(session_id, False)

        self._run(work)

    def delete(self, session_id: str) -> None:
        """Out of the list, with a way back."""
        session = self.session(session_id)
        title = session.title if session and session.title else self.tr("New chat")
        before = frozenset(each.id for each in self._sessions)

        def done(_nothing: None) -> None:
            self.removed.emit(session_id)
            text = self.tr("“{title}” was deleted.").format(title=title)
            self.undoable.emit(Undoable(text, lambda: self._restore(session_id, before)))

        self._access.run(lambda store: store.sessions.delete(session_id), done, self.failed.emit)

    def duplicate(self, session_id: str) -> None:
        """A second chat with the same messages so far."""

        def work(store: Store) -> SessionRecord:
            origin = store.sessions.get(session_id)
            title = self.tr("{title} (copy)").format(title=origin.title) if origin.title else ""
            if origin.head_id is None:
                return store.sessions.create(title, origin.settings, origin.folder_id)
            return store.sessions.fork(session_id, origin.head_id, title)

        self._access.run(work, self.created.emit, self.failed.emit)

    def branch(self, session_id: str, message_id: str) -> None:
        """A new chat that goes on from a message."""

        def work(store: Store) -> SessionRecord:
            origin = store.sessions.get(session_id)
            title = self.tr("{title} (branch)").format(title=origin.title) if origin.title else ""
            return store.sessions.fork(session_id, message_id, title)

        def done(session: SessionRecord) -> None:
            self.created.emit(session)
            self.noted.emit(self.tr("This is a new chat; it shares everything above with the other one."))

        self._access.run(work, done, self.failed.emit)

    def _restore(self, session_id: str, before: frozenset[str]) -> None:
        """As it was: an empty chat that took the place of the last one goes."""

        def work(store: Store) -> SessionRecord:
            store.sessions.restore(session_id)
            for session in store.sessions.list():
                if session.id not in before and _is_untouched(session):
                    store.sessions.delete(session.id)
            return store.sessions.get(session_id)

        self._access.run(work, self.created.emit, self.failed.emit)

    # folders

    def create_folder(self, session_id: str | None = None) -> None:
        """A new folder at the end, with a chat in it where one is given."""
        name = self.tr("New folder")

        def work(store: Store) -> str:
            position = 1 + max((folder.position for folder in store.folders.list()), default=-1)
            folder = store.folders.save(FolderRecord("", name, position))
            if session_id:
                store.sessions.move(session_id, folder.id)
                store.sessions.pin(session_id, False)
            return folder.id

        self._access.run(work, self.folder_created.emit, self.failed.emit)

    def rename_folder(self, folder_id: str, name: str) -> None:
        def work(store: Store) -> None:
            for folder in store.folders.list():
                if folder.id == folder_id:
                    store.folders.save(FolderRecord(folder.id, name, folder.position))

        self._run(work)

    def delete_folder(self, folder_id: str) -> None:
        """The folder goes, its chats stay."""

        def done(_nothing: None) -> None:
            undo = Undoable(
                self.tr("The folder was deleted; its chats are still there."),
                lambda: self._run(lambda store: store.folders.restore(folder_id)),
            )
            self.undoable.emit(undo)

        self._access.run(lambda store: store.folders.delete(folder_id), done, self.failed.emit)

    # search

    def search(self, query: str) -> None:
        """Titles and messages; `found` answers the newest query only."""
        self._query = query
        words = query.lower().split()
        titles = [
            SearchHit(session.id, session.title, "", "user", "", (), session.updated_ms)
            for session in self._sessions
            if words and all(word in session.title.lower() for word in words)
        ][:20]

        def done(hits: list[SearchHit]) -> None:
            if query == self._query:
                self.found.emit(query, titles + [self._named(hit) for hit in hits])

        self._access.run(lambda store: store.search.find(query, limit=100), done, self.failed.emit)

    def _named(self, hit: SearchHit) -> SearchHit:
        if hit.session_title:
            return hit
        return SearchHit(
            hit.session_id,
            self.tr("New chat"),
            hit.message_id,
            hit.role,
            hit.snippet,
            hit.ranges,
            hit.created_ms,
        )

    # in and out

    def export(self, session_id: str, kind: ExportFormat, path: str) -> None:
        """Write a chat to a file."""

        def done(_nothing: None) -> None:
            self.noted.emit(self.tr("Saved as {name}.").format(name=Path(path).name))

        self._access.run(
            lambda store: export_file(store, session_id, kind, Path(path)), done, self.failed.emit
        )

    def export_text(self, session_id: str, kind: ExportFormat) -> None:
        """A chat as text, for the clipboard."""
        self._access.run(
            lambda store: export_session(store, session_id, kind), self.text_ready.emit, self.failed.emit
        )

    def import_files(self, paths: Sequence[str]) -> None:
        """Chats from exports; the first one is opened."""
        left = set(paths)

        def one_is_in(path: str) -> None:
            left.discard(path)
            if not left:
                self.imported.emit()

        for path in paths:
            self._background.run(
                lambda path=path: _read_export(path),  # type: ignore[misc]
                lambda text, path=path: self._import(text, path, one_is_in),  # type: ignore[misc]
                self.failed.emit,
            )

    def _import(self, text: str, path: str, then: Callable[[str], None]) -> None:
        def work(store: Store) -> list[SessionRecord]:
            return [store.sessions.get(each) for each in import_text(store, text, Path(path).name)]

        def done(sessions: list[SessionRecord]) -> None:
            then(path)
            self.noted.emit(self.tr("%Ln chat(s) imported.", "", len(sessions)))
            if sessions:
                self.created.emit(sessions[0])

        self._access.run(work, done, self.failed.emit)

    # inside

    def _run(self, work: Callable[[Store], object]) -> None:
        self._access.run(work, None, self.failed.emit)

    def _show(self, read: tuple[list[SessionGroup], list[FolderRecord], list[SessionRecord]]) -> None:
        groups, folders, self._sessions = read
        self.groups_changed.emit(groups, folders)

    def _on_change(self, change: Change) -> None:
        if change.area in ("sessions", "folders"):
            self._delay.start()


def _read_export(path: str) -> str:
    try:
        if Path(path).stat().st_size > _MAX_IMPORT_BYTES:
            raise UserError("import.unreadable", path=path, reason="it is larger than 256 MiB")
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("import.unreadable", path=path, reason="it is not UTF-8 text") from error
    except OSError as error:
        raise UserError("import.unreadable", path=path, reason=error.strerror or error) from error


def _is_untouched(session: SessionRecord) -> bool:
    return not session.message_count and not session.title and not session.draft
