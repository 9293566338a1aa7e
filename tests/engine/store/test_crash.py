"""kill -9 of a program that writes, 200 times, at random moments."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from engine.store.database import Store, open_store

KILLS = 200
CHILD = Path(__file__).with_name("crash_child.py")


@pytest.fixture
def forker() -> Iterator["subprocess.Popen[str]"]:
    root = CHILD.parents[3]
    process = subprocess.Popen(
        [sys.executable, str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    yield process
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


def start_writer(forker: "subprocess.Popen[str]", home: Path) -> int:
    assert forker.stdin is not None
    assert forker.stdout is not None
    forker.stdin.write(f"{home}\n")
    forker.stdin.flush()
    return int(forker.stdout.readline())


def wait_for_growth(home: Path, size: int) -> int:
    """Until the writer has acknowledged something new. The size of the file then."""
    path = home / "acknowledged"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        now = path.stat().st_size if path.exists() else 0
        if now > size:
            return now
        time.sleep(0.001)
    raise AssertionError("the writer writes nothing")


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    try:
        psutil.Process(pid).wait(10)
    except psutil.NoSuchProcess:
        pass


def acknowledged(home: Path, since: int) -> dict[str, str]:
    """Message id to the last thing its writer knew to be saved: "done", or the length of its text."""
    with (home / "acknowledged").open() as file:
        file.seek(since)
        entries = [line.split() for line in file if line.endswith("\n")]
    return {entry[1]: entry[2] if entry[0] == "text" else "done" for entry in entries}


def check_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO messages_fts(messages_fts) VALUES ('integrity-check')")


def check_messages(store: Store, known: dict[str, str]) -> None:
    for message_id, state in known.items():
        record = store.messages.get(message_id)
        if state == "done":
            assert record.status == "done"
        else:
            # The program may have got further than it could tell, never less far.
            assert record.status in {"interrupted", "done"}
            assert len(record.message.text()) >= int(state)


@pytest.mark.timeout(120)
def test_nothing_committed_is_lost_when_the_program_is_killed(
    tmp_path: Path, forker: "subprocess.Popen[str]"
) -> None:
    rng = random.Random(20)
    size = 0
    home = tmp_path / "0"
    for round_ in range(KILLS):
        if round_ % 40 == 0:  # The first moments of a new database are moments too.
            home, size = tmp_path / str(round_), 0
            home.mkdir()
        pid = start_writer(forker, home)
        before, size = size, wait_for_growth(home, size)
        time.sleep(rng.random() * 0.02)
        kill(pid)
        check_file(home / "lathe.db")
        store = open_store(home)
        try:
            assert store.notice is None
            check_messages(store, acknowledged(home, before))
            assert all(
                each.status != "streaming" for each in store.messages.path(store.sessions.list()[0].id)
            )
        finally:
            store.close()
        size = (home / "acknowledged").stat().st_size


def test_killed_while_the_database_is_made(tmp_path: Path, forker: "subprocess.Popen[str]") -> None:
    rng = random.Random(7)
    for round_ in range(20):
        home = tmp_path / f"new{round_}"
        home.mkdir()
        pid = start_writer(forker, home)
        time.sleep(rng.random() * 0.015)
        kill(pid)
        store = open_store(home)
        assert store.notice is None
        store.sessions.create("after")
        store.close()
        check_file(home / "lathe.db")


def test_a_reply_streaming_elsewhere_is_left_alone_until_that_program_dies(
    tmp_path: Path, forker: "subprocess.Popen[str]"
) -> None:
    pid = start_writer(forker, tmp_path)
    size = wait_for_growth(tmp_path, 0)
    os.kill(pid, signal.SIGSTOP)
    try:
        streaming = ""
        while not streaming:
            store = open_store(tmp_path)
            path = store.messages.path(store.sessions.list()[0].id)
            if path[-1].status == "streaming":
                streaming = path[-1].id
            else:
                assert all(each.status == "done" for each in path)
                os.kill(pid, signal.SIGCONT)
                size = wait_for_growth(tmp_path, size)
                os.kill(pid, signal.SIGSTOP)
            store.close()
        assert open_and_read(tmp_path, streaming) == "streaming"
    finally:
        kill(pid)
    assert open_and_read(tmp_path, streaming) == "interrupted"


def open_and_read(home: Path, message_id: str) -> str:
    store = open_store(home)
    try:
        return store.messages.get(message_id).status
    finally:
        store.close()
