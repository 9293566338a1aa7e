"""Downloads: complete and checked, or not under their name."""

import errno
import os
import queue
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.client.job_process import JobProcess
from engine.errors import UserError
from engine.library.catalog import read_entry
from engine.library.hub_origin import read_hub_origin
from engine.library.walk import Found
from engine.output import hold, part_path
from engine.protocol.hub import Downloaded, DownloadJob
from engine.protocol.jobs import JobEvent, JobFailed, JobStep
from tests.engine.hub.conftest import FOLDER, GGUF, Fetching
from tests.support.hub_server import TOKEN, Faults, Repo

Q4, Q8 = "Tiny-Q4_K_M.gguf", "Tiny-Q8_0.gguf"


def test_one_quantization_arrives_whole(fetch: Fetching) -> None:
    end = fetch(GGUF, "*q4_k_m*")
    repo = fetch.hub.repos[GGUF]
    assert end.path == str(fetch.folder / Q4)
    assert (end.repo, end.revision, end.files) == (GGUF, repo.sha, (Q4,))
    assert Path(end.path).read_bytes() == repo.files[Q4]
    assert {path.name for path in fetch.folder.iterdir()} == {Q4, "lathe-origin.json"}
    entry = read_entry(Found(Path(end.path), "", "home"))
    assert entry is not None
    assert fetch.fractions[-1] == 1.0


def test_where_it_is_from_is_recorded(fetch: Fetching) -> None:
    fetch(GGUF, Q4)
    fetch(GGUF, "Q8_0")
    origin = read_hub_origin(fetch.folder)
    assert origin is not None
    assert (origin.repo, origin.license, origin.endpoint) == (GGUF, "apache-2.0", fetch.hub.url)
    assert origin.base_models == ("org/Tiny",)
    assert set(origin.files) == {Q4, Q8}
    assert all(len(digest) == 64 for digest in origin.files.values())


def test_all_parts_of_a_split_model(fetch: Fetching) -> None:
    end = fetch(GGUF, "F16")
    assert end.path.endswith("F16/Tiny-F16-00001-of-00002.gguf")
    assert len(list((fetch.folder / "F16").iterdir())) == 2


def test_safetensors_without_pickles_and_programs(fetch: Fetching) -> None:
    end = fetch(FOLDER)
    assert end.path == str(fetch.folder)
    names = {path.name for path in fetch.folder.iterdir()}
    assert names == {"config.json", "tokenizer.json", "model.safetensors", "lathe-origin.json"}
    asked = {path.rpartition("/")[2] for _, path, *_ in fetch.hub.requests}
    assert not asked & {"pytorch_model.bin", "modeling_tiny.py"}


def test_a_commit_can_be_named(fetch: Fetching) -> None:
    sha = fetch.hub.repos[GGUF].sha
    assert fetch(GGUF, Q4, revision=sha).revision == sha
    assert any(f"/resolve/{sha}/" in path for _, path, *_ in fetch.hub.requests)


def test_several_quantizations_have_to_be_chosen_from(fetch: Fetching) -> None:
    with pytest.raises(UserError) as raised:
        fetch(GGUF)
    assert raised.value.code == "hub.choose_file"
    assert "Q4_K_M" in raised.value.message
    with pytest.raises(UserError) as raised:
        fetch(GGUF, "*Q2_K*")
    assert raised.value.code == "hub.no_match"
    with pytest.raises(UserError) as raised:
        fetch(GGUF, "run.py")
    assert raised.value.code == "hub.no_match"


def test_a_repository_of_pickles(fetch: Fetching) -> None:
    fetch.hub.repos["org/Old"] = Repo({"pytorch_model.bin": b"x"})
    with pytest.raises(UserError) as raised:
        fetch("org/Old")
    assert raised.value.code == "hub.no_files"


def test_a_broken_connection_is_gone_on_with(fetch: Fetching) -> None:
    repo = fetch.hub.repos[GGUF]
    repo.faults[Q8] = Faults(cut_after=1 << 20, cuts=3)
    end = fetch(GGUF, Q8)
    assert Path(end.path).read_bytes() == repo.files[Q8]
    assert fetch.notices == ["hub.trying_again"] * 3
    ranges = [asked for _, path, asked, _ in fetch.hub.requests if path.startswith("/content/")]
    assert ranges[0] == ""
    assert ranges[1:] == [f"bytes={n << 20}-" for n in (1, 2, 3)]


def test_what_has_arrived_is_kept_for_the_next_attempt(fetch: Fetching) -> None:
    repo = fetch.hub.repos[GGUF]
    repo.faults[Q8] = Faults(cut_after=1 << 20, cuts=1, statuses=[])
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q8, waits=())
    assert raised.value.code == "hub.interrupted"
    assert not (fetch.folder / Q8).exists()
    assert part_path(fetch.folder / Q8).stat().st_size == 1 << 20
    fetch.hub.requests.clear()
    assert Path(fetch(GGUF, Q8).path).read_bytes() == repo.files[Q8]
    assert any(asked == f"bytes={1 << 20}-" for *_, asked, _ in fetch.hub.requests)


def test_a_server_without_ranges_sends_everything_again(fetch: Fetching) -> None:
    repo = fetch.hub.repos[GGUF]
    repo.faults[Q8] = Faults(cut_after=1 << 20, cuts=1, ignores_ranges=True)
    assert Path(fetch(GGUF, Q8).path).read_bytes() == repo.files[Q8]


def test_an_old_part_with_other_contents_is_fetched_anew(fetch: Fetching) -> None:
    fetch.folder.mkdir(parents=True)
    part_path(fetch.folder / Q8).write_bytes(b"from another revision" * 999)
    assert Path(fetch(GGUF, Q8).path).read_bytes() == fetch.hub.repos[GGUF].files[Q8]
    assert fetch.fractions[-1] == 1.0


def test_wrong_bytes_never_get_the_name(fetch: Fetching) -> None:
    fetch.hub.repos[GGUF].faults[Q4] = Faults(wrong_bytes=9)
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q4)
    assert raised.value.code == "hub.checksum"
    assert not fetch.folder.exists()


def test_small_files_are_checked_as_well(fetch: Fetching) -> None:
    fetch.hub.repos[FOLDER].faults["config.json"] = Faults(wrong_bytes=9)
    with pytest.raises(UserError) as raised:
        fetch(FOLDER)
    assert raised.value.code == "hub.checksum"
    assert not (fetch.folder / "model.safetensors").exists()


def test_what_is_there_and_right_is_not_fetched_again(fetch: Fetching) -> None:
    fetch(GGUF, Q4)
    fetch.hub.requests.clear()
    fetch(GGUF, Q4)
    assert [path for _, path, *_ in fetch.hub.requests] == [f"/api/models/{GGUF}"]
    (fetch.folder / Q4).write_bytes(b"\0" * len(fetch.hub.repos[GGUF].files[Q4]))
    fetch(GGUF, Q4)
    assert (fetch.folder / Q4).read_bytes() == fetch.hub.repos[GGUF].files[Q4]


def test_a_busy_server_is_asked_again(fetch: Fetching) -> None:
    fetch.hub.repos[GGUF].faults[Q4] = Faults(statuses=[503, 429], retry_after="0")
    fetch(GGUF, Q4)
    assert fetch.notices == ["hub.trying_again"] * 2


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([429] * 5, "hub.busy"),
        ([500] * 5, "hub.interrupted"),
        ([403], "hub.forbidden"),
        ([404], "hub.no_repo"),
    ],
)
def test_refused_for_good(fetch: Fetching, statuses: list[int], code: str) -> None:
    fetch.hub.repos[GGUF].faults[Q4] = Faults(statuses=statuses)
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q4)
    assert raised.value.code == code


def test_gated_repositories_need_the_key_which_stays_with_the_hub(
    fetch: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch.hub.repos[GGUF].gated = True
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q4)
    assert raised.value.code == "hub.gated"
    assert fetch.hub.url in raised.value.hint
    monkeypatch.setenv("HF_ENDPOINT", fetch.hub.url)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    fetch.hub.requests.clear()
    fetch(GGUF, Q4)
    sent = {path.startswith("/content/"): key for _, path, _, key in fetch.hub.requests}
    assert sent[False] == f"Bearer {TOKEN}"
    assert sent[True] == ""


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_no_room_is_said_before_the_first_byte(fetch: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: _Usage(1 << 30, 1 << 30, 1 << 20))
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q8)
    assert raised.value.code == "output.no_space"
    assert not any(path.startswith("/content/") for _, path, *_ in fetch.hub.requests)


def test_a_disk_that_fills_up(fetch: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q8)
    assert raised.value.code == "output.no_space"
    assert not (fetch.folder / Q8).exists()


def test_two_downloads_of_one_file(fetch: Fetching) -> None:
    fetch.folder.mkdir(parents=True)
    lock = hold(part_path(fetch.folder / Q4))
    assert lock is not None
    with pytest.raises(UserError) as raised:
        fetch(GGUF, Q4)
    os.close(lock)
    assert raised.value.code == "output.busy"


def test_a_cancelled_job_keeps_its_part(fetch: Fetching, home: Path) -> None:
    fetch.hub.repos[GGUF].faults[Q8] = Faults(seconds_per_piece=0.02)
    events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
    job = DownloadJob(fetch.hub.url, GGUF, (Q8,), str(fetch.folder))
    process = JobProcess(home, job, events.put)
    while not (isinstance(event := events.get(timeout=60), JobStep) and event.fraction > 0.3):
        assert not isinstance(event, JobFailed), event
    process.cancel()
    assert process.wait(20)
    assert part_path(fetch.folder / Q8).stat().st_size > 0
    fetch.hub.repos[GGUF].faults.clear()
    end: Downloaded = fetch(GGUF, Q8)
    assert Path(end.path).read_bytes() == fetch.hub.repos[GGUF].files[Q8]
