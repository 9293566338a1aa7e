"""Moving the data folder."""

import os
from pathlib import Path

import pytest

from engine.errors import Cancelled, UserError
from engine.store import moving
from engine.store.database import open_store
from engine.store.home import POINTER, lathe_home
from engine.store.moving import check_move, delete_old_copy, move_home, origin_of
from engine.store.records import ModelTags, StateRecord
from tests.engine.trust.test_backup import fill, quiet, titles


def test_everything_is_there_afterwards(home: Path, tmp_path: Path) -> None:
    fill(home)
    target = tmp_path / "new place"
    steps: list[tuple[int, int]] = []
    move_home(home, target, lambda done, total: steps.append((done, total)))
    assert lathe_home() == target
    assert titles(target) == ["The first chat"]
    before = {path.relative_to(home) for path in home.rglob("*") if path.is_file()}
    after = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
    assert before - after == {Path(POINTER)}
    assert steps[-1][0] == steps[-1][1]
    assert (target / "models" / "m.gguf").stat().st_mtime_ns == (
        home / "models" / "m.gguf"
    ).stat().st_mtime_ns


def test_paths_inside_follow(home: Path, tmp_path: Path) -> None:
    fill(home)
    store = open_store(home)
    session = store.sessions.create("With a state")
    inside, outside = f"{home}/models/m.gguf", f"{home}-other/m.gguf"
    store.states.save(StateRecord(session.id, f"{home}/states/a.kv", "h", "k", 1, 2, 3))
    store.library.set_tags(ModelTags(inside, "f", 1, ("good",)))
    store.library.set_tags(ModelTags(outside, "f", 1, ("good",)))
    store.settings.set("models.recent", [inside, outside, "Ünïcode"])
    store.close()
    (home / "data/sets/s1/set.json").write_text(f'{{"path": "{home}/data/sets/s1/v1.jsonl"}}', "utf-8")
    target = tmp_path / "new"
    move_home(home, target, quiet)
    store = open_store(target)
    assert store.states.list()[0].path == f"{target}/states/a.kv"
    assert {tags.path for tags in store.library.tags()} == {f"{target}/models/m.gguf", outside}
    assert store.settings.get("models.recent", []) == [f"{target}/models/m.gguf", outside, "Ünïcode"]
    store.close()
    assert f"{target}/data/sets" in (target / "data/sets/s1/set.json").read_text("utf-8")


@pytest.mark.parametrize("when", ["cancelled", "killed", "differs", "full"])
def test_an_interrupted_move_leaves_the_old_folder_valid(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    fill(home)
    target = tmp_path / "new"

    def stop(done: int, _total: int) -> None:
        if done > 1000 and when == "cancelled":
            raise Cancelled
        if done > 1000 and when == "killed":
            # As if the process ended here: no clean-up runs.
            monkeypatch.setattr(moving, "_empty", lambda _target: None)
            raise SystemExit
        if done > 1000 and when == "full":
            raise OSError(28, "No space left on device")

    if when == "differs":
        monkeypatch.setattr(moving, "_hash", lambda _path, _add: "something else")
    with pytest.raises((Cancelled, SystemExit, UserError)):
        move_home(home, target, stop)
    assert lathe_home() == home
    assert titles(home) == ["The first chat"]
    if when != "killed":
        assert list(target.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setenv("LATHE_HOME", str(home))
    move_home(home, target, quiet)  # and it can be done again
    assert titles(lathe_home()) == ["The first chat"]


def test_the_old_copy_is_deleted_when_asked(home: Path, tmp_path: Path) -> None:
    fill(home)
    target = tmp_path / "new"
    move_home(home, target, quiet)
    assert origin_of(target) == home
    delete_old_copy(target)
    assert [path.name for path in home.iterdir()] == [POINTER]
    assert lathe_home() == target


def test_there_and_on_and_back(home: Path, tmp_path: Path) -> None:
    fill(home)
    second, third = tmp_path / "second", tmp_path / "third"
    move_home(home, second, quiet)
    move_home(second, third, quiet)
    assert lathe_home() == third
    delete_old_copy(third)
    move_home(third, home, quiet)
    assert lathe_home() == home
    assert titles(home) == ["The first chat"]
    assert origin_of(home) is None


def test_folders_that_cannot_be_used(home: Path, tmp_path: Path) -> None:
    fill(home)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "file").touch()
    for target, code in (
        (home, "home.inside"),
        (home / "inside", "home.inside"),
        (tmp_path, "home.inside"),
        (tmp_path / "full", "output.not_empty"),
        (tmp_path / "file", "output.not_empty"),
        (Path("/proc/no such place"), "output.unwritable"),
    ):
        if not str(target).startswith("/proc") or os.name != "nt":
            with pytest.raises(UserError) as caught:
                check_move(home, target)
            assert caught.value.code == code


def test_not_while_somebody_has_the_database(home: Path, tmp_path: Path) -> None:
    fill(home)
    store = open_store(home)
    try:
        with pytest.raises(UserError) as caught:
            move_home(home, tmp_path / "new", quiet)
    finally:
        store.close()
    assert caught.value.code == "home.in_use"
    assert lathe_home() == home


def test_a_drive_that_is_not_there_is_no_empty_home(home: Path, tmp_path: Path) -> None:
    fill(home)
    move_home(home, tmp_path / "drive", quiet)
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    with pytest.raises(UserError) as caught:
        lathe_home()
    assert caught.value.code == "home.gone"
    assert not (tmp_path / "drive").exists()
