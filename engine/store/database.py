"""The store as the rest of Lathe sees it: one object, one part for each kind of thing it keeps."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import get_args

from engine.errors import UserError
from engine.store.connection import Database
from engine.store.intake import IncomingChat, insert_chat
from engine.store.library import LibraryNotes
from engine.store.messages import Messages
from engine.store.opening import open_database
from engine.store.records import Area, Change
from engine.store.search import Search
from engine.store.sessions import Sessions
from engine.store.settings import Settings
from engine.store.shelves import (
    benchmark_shelf,
    endpoint_shelf,
    folder_shelf,
    preset_shelf,
    prompt_shelf,
)
from engine.store.states import States
from engine.store.streaming import Streaming
from engine.store.unfinished import is_unfinished

DATABASE_NAME = "lathe.db"


def open_store(home: Path) -> "Store":
    """Open HOME/lathe.db, or make it; migrate it; mark replies that a crash cut off as interrupted.

    A restore that was interrupted is finished first. Raises `UserError` store.newer, store.locked,
    store.unwritable, store.no_room. A damaged file is kept aside and told of in `Store.notice`.
    """
    if is_unfinished(home):
        from engine.store.restore import finish_restore  # noqa: PLC0415 - almost never needed

        finish_restore(home)
    path = home / DATABASE_NAME
    connection, notice = open_database(path)
    store = Store(home, Database(path, connection), notice)
    try:
        store.recover()
    except BaseException:
        store.close()
        raise
    return store


class Store:
    """An open database. Every method may be called from any thread; other processes may have it open too."""

    def __init__(self, home: Path, db: Database, notice: UserError | None = None) -> None:
        self.home = home
        self.notice = notice
        self._db = db
        self._streaming = Streaming(db)
        self._closed = False
        self.sessions = Sessions(db)
        self.messages = Messages(db, self._streaming)
        self.folders = folder_shelf(db)
        self.presets = preset_shelf(db)
        self.prompts = prompt_shelf(db)
        self.endpoints = endpoint_shelf(db)
        self.benchmarks = benchmark_shelf(db)
        self.settings = Settings(db)
        self.states = States(db)
        self.library = LibraryNotes(db)
        self.search = Search(db)

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Hear every change after its commit, on the thread that made it. The result ends it."""
        return self._db.subscribe(listener)

    def unit(self) -> AbstractContextManager[None]:
        """All writes of the block in one transaction: all of them happen, or none."""
        return self._db.unit()

    def reading(self) -> AbstractContextManager[None]:
        """All reads of the block, on this thread, see the same moment. Keep it short."""
        return self._db.read()

    def insert_chat(self, chat: IncomingChat) -> str:
        """Store a whole chat under new ids. The id of the chat. Raises `BrokenTree`."""
        return insert_chat(self._db, chat)

    def recover(self) -> None:
        """Mark replies whose program is gone as interrupted."""
        self._streaming.recover()

    def held(self) -> int:
        """How many replies could not be saved yet because the disk is full."""
        return self._streaming.held()

    def flush_held(self) -> bool:
        """Try to save them now. True when none is left."""
        return self._streaming.flush_held()

    def notice_others(self) -> None:
        """Tell listeners when another process wrote: a `Change` without ids, for it may be anything."""
        if self._db.others_wrote():
            self._db.publish([Change(area, ()) for area in get_args(Area)])

    def close(self) -> None:
        """Save what is held, mark replies that still stream from here as interrupted, close. Idempotent."""
        if self._closed:
            return
        self._closed = True
        try:
            self._streaming.close()
        finally:
            self._db.close()
