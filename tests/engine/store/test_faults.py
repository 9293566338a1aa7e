"""A full disk, a locked file, a newer one, a damaged one, one out of reach."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.messages import Message
from engine.store import connection
from engine.store.database import Store, open_store
from engine.store.faults import check_mark
from engine.store.snapshots import take_snapshot

FILL = Message.of("assistant", "x" * 400_000)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB. Skips where mounting is not allowed; the page limit below covers the rest."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.call(mount, stderr=subprocess.DEVNULL):
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def limit_pages(store: Store, spare: int) -> None:
    """Let the file grow by `spare` pages and no more, as on a full disk."""
    writer = store._db._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + spare}")


def fails_full(store: Store, message_id: str, message: Message, *, end: bool) -> None:
    def save() -> None:
        if not end:
            store.messages.checkpoint(message_id, message)
            return
        store.messages.finish(
            message_id, message, status="done", finish_reason="stop", metrics=None, reply=None
        )

    with pytest.raises(UserError) as caught:
        save()
    assert caught.value.code == "store.disk_full"


def begin(store: Store) -> str:
    chat = store.sessions.create("full")
    user = store.messages.add(chat.id, None, Message.of("user", "q"))
    return store.messages.begin_reply(chat.id, user.id, "tiny").id


@pytest.mark.parametrize("end", [True, False])
def test_what_a_full_disk_refuses_is_held_and_saved_later(tmp_path: Path, end: bool) -> None:
    store = open_store(tmp_path)
    reply = begin(store)
    limit_pages(store, 2)
    fails_full(store, reply, FILL, end=end)
    assert store.held() == 1
    assert store.messages.get(reply).message == FILL  # as on the screen
    assert not store.flush_held()
    limit_pages(store, 10_000)
    assert store.flush_held()
    assert store.held() == 0
    with closing(sqlite3.connect(tmp_path / "lathe.db")) as other:
        saved = other.execute("SELECT body, status FROM messages WHERE id = ?", (reply,)).fetchone()
    assert saved == ("x" * 400_000, "done" if end else "streaming")
    store.close()


def test_only_the_newest_state_of_a_reply_is_held(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    reply = begin(store)
    limit_pages(store, 2)
    fails_full(store, reply, FILL, end=False)
    longer = Message.of("assistant", FILL.text() + "end")
    fails_full(store, reply, longer, end=True)
    limit_pages(store, 10_000)
    store.close()  # saves what is held
    store = open_store(tmp_path)
    assert store.messages.get(reply).message == longer
    assert store.messages.get(reply).status == "done"
    store.close()


def test_what_was_held_does_not_overwrite_what_was_saved_since(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    reply = begin(store)
    limit_pages(store, 2)
    fails_full(store, reply, FILL, end=False)
    late = store._streaming._held[reply]
    limit_pages(store, 10_000)
    newest = Message.of("assistant", "short after all")
    store.messages.finish(reply, newest, status="done", finish_reason="stop", metrics=None, reply=None)
    assert store.held() == 0
    store._streaming._save(reply, late)  # as a flush on another thread that took it before
    assert store.messages.get(reply).message == newest
    assert store.messages.get(reply).status == "done"
    store.close()


def test_a_disk_that_is_really_full(tiny_disk: Path) -> None:
    store = open_store(tiny_disk)
    reply = begin(store)
    ballast = tiny_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    fails_full(store, reply, FILL, end=True)
    with pytest.raises(UserError, match="disk is full"):
        store.sessions.create(title="t" * 200_000)
    assert len(store.sessions.list()) == 1  # reading goes on
    ballast.unlink()
    assert store.flush_held()
    store.close()
    store = open_store(tiny_disk)
    assert store.messages.get(reply).message == FILL
    store.close()


def test_a_database_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    path = tmp_path / "lathe.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 9999")
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        open_store(tmp_path)
    assert caught.value.code == "store.newer"
    assert caught.value.params["found"] == "9999"
    assert path.read_bytes() == before
    assert not (tmp_path / "snapshots").exists()


LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold_lock() -> Iterator[Callable[[Path], None]]:
    running: list[subprocess.Popen[str]] = []

    def hold(path: Path) -> None:
        command = [sys.executable, "-c", LOCK, str(path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"

    yield hold
    for process in running:
        process.communicate("")


def test_a_locked_database_is_named_and_does_not_hang(
    tmp_path: Path, hold_lock: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connection.BUSY_SECONDS <= 5
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    open_store(tmp_path).close()
    hold_lock(tmp_path / "lathe.db")
    with pytest.raises(UserError) as caught:
        open_store(tmp_path)
    assert caught.value.code == "store.locked"


def test_writes_of_a_program_that_holds_the_lock_are_waited_for(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store._db._writer.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(tmp_path / "lathe.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError) as caught:
            store.sessions.create()
        assert caught.value.code == "store.locked"
        assert store.sessions.list() == []  # reading goes on
        other.execute("COMMIT")
    assert store.sessions.create("now").title == "now"
    store.close()


@pytest.mark.parametrize("damage", ["header", "not a database", "schema"])
def test_a_damaged_file_is_kept_aside_and_a_new_one_made(tmp_path: Path, damage: str) -> None:
    store = open_store(tmp_path)
    store.sessions.create("precious")
    store.close()
    path = tmp_path / "lathe.db"
    content = bytearray(path.read_bytes())
    if damage == "header":
        content[0:100] = b"\xff" * 100
    elif damage == "schema":
        content[100:4096] = b"\x7f" * 3996
    else:
        content = bytearray(b"These are no chats. " * 400)
    path.write_bytes(content)
    (tmp_path / "lathe.db-wal").write_bytes(b"log")
    store = open_store(tmp_path)
    assert store.notice is not None
    assert store.notice.code == "store.corrupt_alone"
    kept = Path(store.notice.params["kept"])
    store.sessions.create("new")
    store.close()
    store = open_store(tmp_path)
    assert store.notice is None
    assert [each.title for each in store.sessions.list()] == ["new"]
    store.close()
    assert kept.read_bytes() == bytes(content)
    assert kept.name.startswith("lathe.db.corrupt-")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"log"


def test_snapshots_are_named_where_there_are_some(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    path = tmp_path / "lathe.db"
    kept = take_snapshot(path, 1)
    path.write_bytes(b"These are no chats. " * 400)
    store = open_store(tmp_path)
    assert store.notice is not None
    assert store.notice.code == "store.corrupt"
    assert store.notice.params["snapshots"] == str(kept.parent)
    store.close()


def test_two_damaged_files_in_one_second_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for text in (b"first" * 200, b"second" * 200, b"third" * 200):
        (tmp_path / "lathe.db").write_bytes(text)
        open_store(tmp_path).close()
    kept = sorted(each.read_bytes()[:5] for each in tmp_path.glob("lathe.db.corrupt-*"))
    assert kept == [b"first", b"secon", b"third"]


def test_damage_found_while_running_is_examined_at_the_next_start(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    chat = store.sessions.create()
    for index in range(50):
        store.messages.add(chat.id, None, Message.of("user", f"{index} " * 900))
    store.close()
    path = tmp_path / "lathe.db"
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'").fetchone()
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    store = open_store(tmp_path)
    with pytest.raises(UserError) as caught:
        store.messages.tree(chat.id)
    store.close()
    assert caught.value.code == "store.damaged"
    assert check_mark(path).exists()
    store = open_store(tmp_path)
    assert store.notice is not None
    assert store.notice.code == "store.corrupt_alone"
    assert not check_mark(path).exists()
    store.close()


def test_a_folder_that_cannot_be_made_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError) as caught:
        open_store(tmp_path / "file" / "home")
    assert caught.value.code == "store.unwritable"
    (tmp_path / "lathe.db").mkdir()
    with pytest.raises(UserError) as caught:
        open_store(tmp_path)
    assert caught.value.code == "store.unwritable"
