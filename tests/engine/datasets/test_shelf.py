"""The list of data sets, their versions, and those made of chats."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from engine.datasets.chats import ChatRows, write_chats
from engine.datasets.checks import run_checks
from engine.datasets.dataset import open_dataset, open_or_build
from engine.datasets.mapping import ColumnMapping
from engine.datasets.shelf import DataShelf, _among, _distinct
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.values import PromptOptions
from engine.store.database import Store, open_store
from engine.store.records import SessionSettings

Write = Callable[..., Path]


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


def test_data_sets_are_kept(write_rows: Write, home: Path) -> None:
    shelf = DataShelf(home)
    one = shelf.add(write_rows([{"text": "a"}], "a.jsonl"))
    two = shelf.add(write_rows([{"text": "b"}], "b.jsonl"), "Second")
    assert shelf.add(Path(one.path)) == one
    mapped = msgspec.structs.replace(one, mapping=ColumnMapping("text", {"text": "text"}), seed=7)
    shelf.save(mapped)
    assert {data.id: data for data in DataShelf(home).list()} == {one.id: mapped, two.id: two}
    shelf.remove(one.id)
    assert shelf.list() == [two]
    assert Path(one.path).exists()
    shelf.restore(one.id)
    assert len(shelf.list()) == 2
    shelf.remove(two.id)
    shelf.purge()
    assert shelf.list() == [mapped]
    with pytest.raises(UserError):
        shelf.add(home / "missing.jsonl")


def test_versions_say_what_changed(write_rows: Write, home: Path) -> None:
    shelf = DataShelf(home)
    data = shelf.add(write_rows([{"text": "a"}, {"text": "b"}, {"text": "c"}]))
    data = shelf.note_version(data, open_or_build(Path(data.path), home))
    assert shelf.note_version(data, open_or_build(Path(data.path), home)) == data
    assert len(shelf.new_rows(data, open_or_build(Path(data.path), home))) == 0
    write_rows([{"text": "new"}, {"text": "c"}, {"text": "a"}])
    index = open_or_build(Path(data.path), home)
    data = shelf.note_version(data, index)
    newest = data.versions[-1]
    assert (newest.rows, newest.added, newest.removed, newest.kept) == (3, 1, 1, 2)
    assert shelf.new_rows(data, index).tolist() == [0]
    assert DataShelf(home).list() == [data]


def _chat(store: Store) -> tuple[str, dict[str, str]]:
    """A question with three versions of its reply, and one more turn below the second."""
    settings = SessionSettings(prompt=PromptOptions(system="Be kind"))
    session = store.sessions.create("Talk", settings=settings)
    ids: dict[str, str] = {}
    question = store.messages.add(session.id, None, Message.of("user", "Hi"))
    for text in ("one", "two", "three"):
        ids[text] = store.messages.add(session.id, question.id, Message.of("assistant", text)).id
    more = store.messages.add(session.id, ids["two"], Message.of("user", "More"))
    ids["last"] = store.messages.add(session.id, more.id, Message.of("assistant", "last")).id
    return session.id, ids


def _rows(store: Store, session_id: str, kind: ChatRows, home: Path) -> list[dict[str, object]]:
    target = home / "rows.jsonl"
    count = write_chats(store, [session_id], kind, target)
    rows = [msgspec.json.decode(line) for line in target.read_bytes().splitlines()]
    assert len(rows) == count
    dataset = open_dataset(target, home)
    assert dataset.mapping.format == kind
    assert run_checks(dataset).report.usable == count
    return rows


def test_chats_as_conversations(store: Store, home: Path) -> None:
    session_id, ids = _chat(store)
    rows = _rows(store, session_id, "messages", home)
    texts = ["Be kind", "Hi", "two", "More", "last"]
    assert [entry["content"] for entry in rows[0]["messages"]] == texts  # type: ignore[attr-defined]
    store.messages.rate(ids["last"], -1)
    rows = _rows(store, session_id, "messages", home)
    assert [entry["content"] for entry in rows[0]["messages"]] == texts[:3]  # type: ignore[attr-defined]


def test_versions_become_preferences(store: Store, home: Path) -> None:
    session_id, ids = _chat(store)
    pairs = _pairs(_rows(store, session_id, "preference", home))
    assert pairs == {("two", "one"), ("two", "three")}  # the chat goes on with it
    store.messages.rate(ids["three"], 1)
    store.messages.rate(ids["one"], -1)
    pairs = _pairs(_rows(store, session_id, "preference", home))
    assert pairs == {("three", "one"), ("three", "two")}


def test_thumbs_become_judged_rows(store: Store, home: Path) -> None:
    session_id, ids = _chat(store)
    with pytest.raises(UserError) as caught:
        write_chats(store, [session_id], "kto", home / "rows.jsonl")
    assert caught.value.code == "data.no_chats"
    assert not (home / "rows.jsonl").exists()
    store.messages.rate(ids["one"], -1)
    store.messages.rate(ids["last"], 1)
    rows = _rows(store, session_id, "kto", home)
    labels = {row["completion"][0]["content"]: row["label"] for row in rows}  # type: ignore[index]
    assert labels == {"one": False, "last": True}


def test_ratings_stay_with_messages(store: Store) -> None:
    session_id, ids = _chat(store)
    store.messages.rate(ids["two"], 1)
    fork = store.sessions.fork(session_id, ids["last"])
    ratings = {record.id: record.rating for record in store.messages.path(fork.id)}
    assert ratings[ids["two"]] == 1
    store.messages.rate(ids["two"], 0)
    assert store.messages.get(ids["two"]).rating == 0
    with pytest.raises(UserError):
        store.messages.rate("nobody", 1)


def _pairs(rows: list[dict[str, object]]) -> set[tuple[str, str]]:
    return {
        (row["chosen"][0]["content"], row["rejected"][0]["content"])  # type: ignore[index]
        for row in rows
    }


@pytest.mark.parametrize(("count", "known"), [(0, 0), (1, 0), (0, 5), (300, 120), (300, 300)])
def test_hashes_are_counted_as_numpy_counts_them(count: int, known: int) -> None:
    chance = np.random.default_rng(3)
    values = chance.integers(0, 200, count).astype(np.uint64)
    before = np.unique(chance.integers(0, 200, known).astype(np.uint64))
    assert np.array_equal(_distinct(values), np.unique(values))
    assert np.array_equal(_among(values, before), np.isin(values, before))
