"""What is stored, how much it is, and what can be given back."""

from pathlib import Path

import pytest

from engine.store.contents import PARTS, REMADE, Size, free_part, free_states, measure, part_of
from engine.store.database import open_store
from engine.store.records import StateRecord
from tests.engine.trust.test_backup import fill


def test_every_file_belongs_to_one_part(home: Path) -> None:
    fill(home)
    (home / "strange").write_text("12345", encoding="utf-8")
    sizes = measure(home)
    assert sizes["models"] == Size(400, 1)
    assert sizes["runs"].files == 2
    assert sizes["states"] == Size(5, 1)
    assert sizes["other"].size_bytes == 5 + 2  # window.json too
    assert sum(size.files for size in sizes.values()) == sum(path.is_file() for path in home.rglob("*"))


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("lathe.db-wal", "chats"),
        ("lathe.db.corrupt-1", "chats"),
        ("data/index/x/y", "caches"),
        ("data/sets/a", "data"),
        ("before-restore/x/lathe.db", "snapshots"),
        ("models.txt", "other"),
    ],
)
def test_parts(name: str, part: str) -> None:
    assert part_of(name) == part


def test_only_what_can_be_made_anew_is_deleted(home: Path) -> None:
    fill(home)
    (home / "logs" / "window.old.log").write_text("old", encoding="utf-8")
    for part in PARTS:
        if part.id not in REMADE:
            with pytest.raises(ValueError, match=part.id):
                free_part(home, part.id)
    assert free_part(home, "logs") == 3
    assert (home / "logs" / "window.log").exists()
    assert (home / "models" / "m.gguf").exists()


def test_states_go_with_their_rows(home: Path) -> None:
    fill(home)
    store = open_store(home)
    session = store.sessions.create("x")
    store.states.save(StateRecord(session.id, str(home / "states" / "a.kv"), "h", "k", 1, 2, 3))
    assert free_states(store) == 5
    assert store.states.list() == []
    store.close()
    assert not (home / "states").exists()
