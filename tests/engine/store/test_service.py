"""The store's thread, two programs at once, and listeners."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.messages import Message
from engine.store import service as service_module
from engine.store.database import Store, open_store
from engine.store.records import Change
from engine.store.service import StoreService


@pytest.fixture
def service(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreService]:
    monkeypatch.setattr(service_module, "_TICK_SECONDS", 0.02)
    running = StoreService(store)
    yield running
    running.close()


def test_jobs_run_in_order_on_one_thread_and_close_drains(service: StoreService) -> None:
    seen: list[int] = []
    threads: set[int] = set()

    def done(value: int) -> None:
        seen.append(value)
        threads.add(threading.get_ident())

    for number in range(100):
        service.run(lambda _, number=number: number, done)  # type: ignore[misc]
    service.close()
    assert seen == list(range(100))
    assert threads != {threading.get_ident()}
    with pytest.raises(RuntimeError):
        service.run(lambda _: None)


def test_a_failed_job_changes_nothing_and_the_next_one_runs(service: StoreService, store: Store) -> None:
    failures: list[Exception] = []

    def half(target: Store) -> None:
        target.sessions.create("half")
        target.sessions.rename("nope", "x")

    service.run(half, failed=failures.append)
    service.run(lambda target: target.sessions.create("whole"))
    service.close()
    assert [getattr(each, "code", "") for each in failures] == ["session.unknown"]
    assert [each.title for each in store.sessions.list()] == ["whole"]


@pytest.mark.expects_log("a callback of the store service failed", "a job of the store failed")
def test_broken_callbacks_do_not_stop_the_service(service: StoreService) -> None:
    heard = threading.Event()

    def divide(value: int) -> None:
        saved.append(value / 0)

    saved: list[float] = []
    service.run(lambda _: 1, divide)
    service.run(lambda target: target.sessions.get("nope"))
    service.run(lambda _: 1, lambda _: heard.set())
    assert heard.wait(5)


def test_jobs_wait_for_space_on_a_full_disk(service: StoreService, store: Store) -> None:
    writer = store._db._writer
    chat = store.sessions.create()
    saved: list[str] = []
    errors: list[Exception] = []
    refused, landed = threading.Event(), threading.Event()

    def fail(error: Exception) -> None:
        errors.append(error)
        refused.set()

    def done(text: str) -> None:
        saved.append(text)
        landed.set()

    def write(target: Store) -> str:
        target.sessions.create("made once")
        target.sessions.set_draft(chat.id, "d" * 300_000)
        return "saved"

    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 4}")
    relieved = threading.Event()
    service.on_saved(relieved.set)
    service.run(write, done, fail)
    assert refused.wait(5)
    assert not landed.wait(0.1)
    assert not relieved.is_set()
    writer.execute("PRAGMA max_page_count = 1000000")
    assert landed.wait(5)
    assert relieved.wait(5)
    service.close()
    assert saved == ["saved"]
    assert [getattr(each, "code", "") for each in errors] == ["store.disk_full"]
    assert sorted(each.title for each in store.sessions.list()) == ["", "made once"]
    assert len(store.sessions.get(chat.id).draft) == 300_000


def test_listeners_hear_of_commits_only(store: Store) -> None:
    heard: list[Change] = []
    unsubscribe = store.subscribe(heard.append)

    def fail() -> None:
        with store.unit():
            chat = store.sessions.create()
            store.messages.add(chat.id, "nope", Message.of("user", "x"))

    with pytest.raises(UserError):
        fail()
    assert heard == []
    chat = store.sessions.create()
    assert heard == [Change("sessions", (chat.id,))]
    heard.clear()
    user = store.messages.add(chat.id, None, Message.of("user", "x"))
    assert heard == [Change("sessions", (chat.id,)), Change("messages", (chat.id,))]
    heard.clear()
    reply = store.messages.begin_reply(chat.id, user.id, "tiny")
    heard.clear()
    store.messages.checkpoint(reply.id, Message.of("assistant", "so far"))
    assert heard == []
    unsubscribe()
    store.sessions.pin(chat.id, True)
    assert heard == []


def test_a_closed_store_leaves_nothing_streaming(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    chat = store.sessions.create()
    reply = store.messages.begin_reply(chat.id, None, "tiny")
    store.messages.checkpoint(reply.id, Message.of("assistant", "half"))
    beside = open_store(tmp_path)
    assert beside.messages.get(reply.id).status == "streaming"
    store.close()
    store.close()
    record = beside.messages.get(reply.id)
    assert (record.status, record.message.text()) == ("interrupted", "half")
    beside.close()


def test_threads_read_while_one_writes(store: Store) -> None:
    chat = store.sessions.create()
    stop = threading.Event()
    failures: list[BaseException] = []

    def read() -> None:
        try:
            while not stop.is_set():
                path = store.messages.path(chat.id)
                texts = [each.message.text() for each in path]
                assert texts == [str(number) for number in range(len(path))]
        except BaseException as error:  # noqa: BLE001 - to the main thread
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    parent = None
    for number in range(100):
        parent = store.messages.add(chat.id, parent, Message.of("user", str(number))).id
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []


OTHER = """
import sys
from pathlib import Path
from engine.messages import Message
from engine.store.database import open_store
store = open_store(Path(sys.argv[1]))
chat = store.sessions.create(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
parent = None
for number in range(100):
    parent = store.messages.add(chat.id, parent, Message.of("user", f"{sys.argv[2]} {number}")).id
store.close()
"""


def test_two_programs_write_at_once(store: Store, tmp_path: Path) -> None:
    heard: list[Change] = []
    store.subscribe(heard.append)
    root = str(Path(__file__).parents[3])
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OTHER, str(tmp_path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for name in ("one", "two")
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    store.notice_others()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
        assert program.returncode == 0
    lengths = {each.title: each.message_count for each in store.sessions.list()}
    assert lengths == {"one": 100, "two": 100}
    heard.clear()
    store.notice_others()
    assert Change("messages", ()) in heard
    heard.clear()
    store.sessions.create("here")
    heard.clear()
    store.notice_others()
    assert heard == []
