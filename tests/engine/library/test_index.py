"""The index of the library: what it saves, and when it is not believed."""

import os
from pathlib import Path

import pytest

from engine.library import catalog, starter
from engine.library.catalog import list_models, scan
from engine.library.entries import ModelEntry
from engine.library.index import INDEX_NAME, read_index
from engine.library.scanning import ScanNews, scan_watched
from engine.library.walk import Found
from tests.engine.library.tiny_gguf import build, llama_items, string, tensor, tiny, write


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(starter, "_PACKAGE", "no_such_package_at_all")


def counted_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    opened: list[Path] = []
    original = catalog.read_entry

    def reading(found: Found) -> ModelEntry | None:
        opened.append(found.path)
        return original(found)

    monkeypatch.setattr(catalog, "read_entry", reading)
    return opened


def test_files_that_have_not_changed_are_not_opened_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "models/a.gguf", tiny())
    write(home / "models/b.gguf", b"nonsense")
    before = list(scan(home, (), read_index(home)))
    assert list(list_models(home)) == [before[0]]
    opened = counted_reads(monkeypatch)
    assert list(scan(home, (), read_index(home))) == before
    assert opened == []
    problem = before[1].problem
    assert problem is not None
    assert problem.error().code == "model.not_gguf"


def test_a_file_that_changed_is_read_again_and_one_that_is_gone_is_forgotten(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = write(home / "models/a.gguf", tiny()), write(home / "models/b.gguf", tiny())
    list(list_models(home))
    gone.unlink()
    write(
        kept,
        build([*llama_items(), string("general.license", "mit")], [tensor("t", (64, 4), 0, 0)], bytes(1024)),
    )
    os.utime(kept, ns=(1, 1))
    opened = counted_reads(monkeypatch)
    (entry,) = list_models(home)
    assert (entry.license, entry.parameters) == ("mit", 256)
    assert opened == [kept]
    assert [each.path for each in read_index(home).entries()] == [str(kept)]


@pytest.mark.parametrize(
    "damage", [b"", b"nonsense", b"lathe library 4\n\xff\xff\xff\xff", b"lathe library 4\n\x05\0\0\0ab"]
)
def test_a_damaged_index_is_made_again(home: Path, damage: bytes) -> None:
    write(home / "models/a.gguf", tiny())
    (home / INDEX_NAME).write_bytes(damage)
    assert [entry.name for entry in list_models(home)] == ["a"]
    assert [entry.name for entry in read_index(home).entries()] == ["a"]


def test_a_home_that_cannot_be_written_to_is_no_failure(tmp_path: Path) -> None:
    folder = tmp_path / "models-of-mine"
    write(folder / "a.gguf", tiny())
    nowhere = write(tmp_path / "file", b"")
    assert [entry.name for entry in list_models(nowhere, (folder,))] == ["a"]


def watched(home: Path, known: list[ModelEntry]) -> list[ScanNews]:
    news: list[ScanNews] = []
    scan_watched(home, (), known, news.append)
    return news


def test_what_is_known_is_told_first_and_then_only_what_differs(home: Path) -> None:
    for name in ("a", "b"):
        write(home / f"models/{name}.gguf", tiny())
    first = watched(home, [])
    assert [entry.name for news in first for entry in news.entries] == ["a", "b"]
    again = watched(home, [])
    assert [(news.kind, len(news.entries)) for news in again] == [("all", 2)], "from the index, and no news"
    write(home / "models/c.gguf", tiny())
    third = watched(home, list(again[0].entries))
    assert [(news.kind, [entry.name for entry in news.entries]) for news in third] == [("more", ["c"])]
    (home / "models/a.gguf").unlink()
    last = watched(home, [*again[0].entries, *third[0].entries])
    assert [(news.kind, [entry.name for entry in news.entries]) for news in last] == [("all", ["b", "c"])]


def test_what_killed_scans_left_is_cleared(home: Path) -> None:
    write(home / "models/a.gguf", tiny())
    ended, living = home / f"{INDEX_NAME}.{2**22 + 1}", home / f"{INDEX_NAME}.{os.getppid()}"
    for part in (ended, living):
        part.write_bytes(b"half")
    watched(home, [])
    assert sorted(path.name for path in home.glob(f"{INDEX_NAME}*")) == [INDEX_NAME, living.name]
