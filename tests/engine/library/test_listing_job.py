"""Looking for models as a job: the slices in which entries travel, and the process as it really runs."""

import os
import queue
import sys
from pathlib import Path

import msgspec
import pytest

from engine.client.job_process import JobProcess
from engine.library import starter
from engine.library.entries import ModelEntry
from engine.library.index import INDEX_NAME
from engine.library.job import SLICE, decode_entries, encode_entries, slices
from engine.library.scanning import ScanNews
from engine.protocol.jobs import JobEvent, JobFailed, decode_job_event, encode_line
from engine.protocol.library import ListModelsJob, ModelsListed, ModelsScanned
from tests.engine.library.tiny_gguf import tiny, write


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests is found, also not by processes; no starter model either."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / f"{starter._PACKAGE}.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(hidden))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


def entry(number: int) -> ModelEntry:
    return ModelEntry(f"m{number}", f"/m/{number}.gguf", "gguf", "llama", 1, 2, "F16", 3, "folder")


def run(home: Path, job: ListModelsJob) -> list[JobEvent]:
    told: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
    process = JobProcess(home, job, told.put)
    assert process.wait(60)
    return [told.get() for _ in range(told.qsize())]


def names(events: list[JobEvent]) -> list[str]:
    """Of all entries that were told."""
    return [
        each.name
        for event in events
        if isinstance(event, ModelsListed)
        for each in decode_entries(event.entries)
    ]


def test_a_long_list_travels_in_slices_that_say_what_follows() -> None:
    entries = tuple(entry(number) for number in range(2 * SLICE + 1))
    anew = slices(ScanNews("all", entries))
    assert [(each.anew, each.left) for each in anew] == [(True, SLICE + 1), (False, 1), (False, 0)]
    back = [decode_job_event(encode_line(each)) for each in anew]
    assert [e for each in back if isinstance(each, ModelsListed) for e in decode_entries(each.entries)] == [
        *entries
    ]
    assert not any(each.anew for each in slices(ScanNews("more", entries)))


def test_an_empty_list_is_told_where_it_replaces_another() -> None:
    (told,) = slices(ScanNews("all", ()))
    assert (told.anew, told.left, decode_entries(told.entries)) == (True, 0, ())
    assert slices(ScanNews("more", ())) == []


def test_entries_that_are_none_are_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_entries(msgspec.Raw(b'[{"name": 1}]'))


def test_the_process_tells_what_there_is_and_then_only_what_differs(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    write(home / "models/a.gguf", tiny())
    write(folder / "b.gguf", tiny())
    write(folder / "cut.gguf", tiny()[:300])
    first = run(home, ListModelsJob((str(folder),)))
    assert isinstance(first[-1], ModelsScanned)
    assert sorted(names(first)) == ["a", "b", "cut"]
    told = [
        each
        for event in first[:-1]
        if isinstance(event, ModelsListed)
        for each in decode_entries(event.entries)
    ]
    cut = next(each for each in told if each.name == "cut")
    assert cut.problem is not None
    assert cut.problem.code == "model.truncated"
    again = run(home, ListModelsJob((str(folder),), encode_entries(told)))
    assert [type(event) for event in again] == [ModelsScanned]
    (folder / "b.gguf").unlink()
    last = run(home, ListModelsJob((str(folder),), encode_entries(told)))
    assert isinstance(last[0], ModelsListed)
    assert last[0].anew
    assert sorted(names(last)) == ["a", "cut"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_a_row_with_the_reason(home: Path) -> None:
    write(home / "models/a.gguf", tiny())
    Path(os.fsdecode(os.fsencode(home / "models") + b"/b\xff.gguf")).write_bytes(tiny())
    events = run(home, ListModelsJob(()))
    assert isinstance(events[-1], ModelsScanned)
    assert names(events) == ["a", "b�"]
    assert names(run(home, ListModelsJob(()))) == ["a", "b�"], "also beside an index"


def test_a_scan_that_is_cancelled_ends_and_leaves_no_index(home: Path) -> None:
    write(home / "models/a.gguf", tiny())
    told: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
    process = JobProcess(home, ListModelsJob(()), told.put)
    process.cancel()
    assert process.wait(60)
    assert told.get() == JobFailed("cancelled")
    assert not (home / INDEX_NAME).exists()
