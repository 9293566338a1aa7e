"""Backups: complete, checked, and never trusted."""

import hashlib
import io
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from engine.errors import Cancelled, UserError
from engine.store import restore as restoring
from engine.store.backup import check_backup, write_backup
from engine.store.backup_format import MANIFEST, BackupFile, Manifest, is_safe_name
from engine.store.database import open_store
from engine.store.restore import look_into, restore_backup
from engine.store.unfinished import STAGE


def quiet(_done: int, _total: int) -> None:
    return None


def fill(home: Path) -> None:
    store = open_store(home)
    store.sessions.create("The first chat")
    store.settings.set("chat.send_key", "ctrl_enter")
    store.close()
    for name, text in (
        ("data/sets/s1/set.json", '{"id": "s1"}'),
        ("runs/r1/recipe.toml", "base = 'x'"),
        ("runs/r1/result/adapter.safetensors", "weights"),
        ("models/m.gguf", "GGUF" * 100),
        ("logs/window.log", "private"),
        ("states/a.kv", "state"),
        ("window.json", "{}"),
    ):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def titles(home: Path) -> list[str]:
    store = open_store(home)
    try:
        return [session.title for session in store.sessions.list()]
    finally:
        store.close()


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    fill(home)
    write_backup(home, tmp_path / "all.zip", "0.1", models=False, told=quiet)
    return tmp_path / "all.zip"


def test_what_is_in_it(home: Path, tmp_path: Path, backup: Path) -> None:
    names = {"lathe.db", "window.json", "data/sets/s1/set.json", "runs/r1/recipe.toml"}
    assert {file.name for file in look_into(backup).files} == names
    write_backup(home, tmp_path / "more.zip", "0.1", models=True, told=quiet)
    more = {file.name for file in look_into(tmp_path / "more.zip").files}
    assert more - names == {"models/m.gguf", "runs/r1/result/adapter.safetensors"}


def test_an_open_database_is_backed_up_as_of_one_moment(home: Path, tmp_path: Path) -> None:
    store = open_store(home)
    store.sessions.create("Not folded into the file yet")
    write_backup(home, tmp_path / "b.zip", "0.1", models=False, told=quiet)
    store.close()
    restore_backup(tmp_path / "b.zip", tmp_path / "other", quiet)
    assert titles(tmp_path / "other") == ["Not folded into the file yet"]


def test_restoring_keeps_what_it_replaces_and_leaves_the_rest(home: Path, backup: Path) -> None:
    store = open_store(home)
    store.sessions.create("A later chat")
    store.close()
    (home / "runs" / "r1" / "recipe.toml").write_text("base = 'y'", encoding="utf-8")
    (home / "runs" / "r2").mkdir()
    (home / "runs" / "r2" / "recipe.toml").write_text("later", encoding="utf-8")
    done = restore_backup(backup, home, quiet)
    assert titles(home) == ["The first chat"]
    assert (home / "runs" / "r1" / "recipe.toml").read_text(encoding="utf-8") == "base = 'x'"
    assert (home / "runs" / "r2" / "recipe.toml").exists()
    assert (home / "runs" / "r1" / "result" / "adapter.safetensors").exists()
    assert done.replaced == 2  # the database and the recipe; equal files are left alone
    with closing(sqlite3.connect(done.kept / "lathe.db")) as old:
        assert old.execute("SELECT count(*) FROM sessions").fetchone() == (2,)
    assert not (home / STAGE).exists()


def test_a_restore_that_is_cancelled_changes_nothing(home: Path, backup: Path) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        restore_backup(backup, home, cancel)
    assert titles(home) == ["The first chat"]
    assert not (home / STAGE).exists()


@pytest.mark.parametrize("after", range(4))
def test_a_restore_that_is_interrupted_is_finished_by_the_next_start(
    home: Path, tmp_path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    other = tmp_path / "other"
    fill(other)
    for name in ("data/sets/s1/set.json", "runs/r1/recipe.toml", "window.json"):
        (other / name).write_text("older", encoding="utf-8")
    renames = 0
    rename = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal renames
        if STAGE in str(self) and "ready" not in self.name:
            renames += 1
        if renames > after:
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restore_backup(backup, other, quiet)
    assert titles(other) == ["The first chat"]
    assert (other / "runs" / "r1" / "recipe.toml").read_text(encoding="utf-8") == "base = 'x'"
    assert not (other / STAGE).exists()
    [kept] = (other / "before-restore").iterdir()
    assert (kept / "runs" / "r1" / "recipe.toml").read_text(encoding="utf-8") == "older"
    assert (kept / "lathe.db").exists()


def test_not_while_somebody_has_the_database(home: Path, backup: Path) -> None:
    store = open_store(home)
    try:
        with pytest.raises(UserError) as caught:
            restore_backup(backup, home, quiet)
    finally:
        store.close()
    assert caught.value.code == "home.in_use"


def test_a_backup_of_a_newer_schema_is_refused(home: Path, tmp_path: Path) -> None:
    fill(home)
    with closing(sqlite3.connect(home / "lathe.db")) as raw:
        raw.execute("PRAGMA user_version = 999")
    write_backup(home, tmp_path / "b.zip", "9", models=False, told=quiet)
    with pytest.raises(UserError) as caught:
        restore_backup(tmp_path / "b.zip", tmp_path / "other", quiet)
    assert caught.value.code == "backup.newer"


def test_an_older_database_is_brought_up_to_date_after_it_is_restored(
    home: Path, tmp_path: Path, backup: Path
) -> None:
    from tests.engine.store.test_migrations import write_oldest

    old = tmp_path / "old"
    old.mkdir()
    write_oldest(old / "lathe.db")
    write_backup(old, tmp_path / "old.zip", "0.0", models=False, told=quiet)
    restore_backup(tmp_path / "old.zip", home, quiet)
    assert titles(home) == ["Old"]


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_damage_is_found(backup: Path, home: Path, at: float) -> None:
    data = bytearray(backup.read_bytes())
    for offset in range(40):
        data[int(len(data) * at) + offset] ^= 0xFF
    backup.write_bytes(data)
    with pytest.raises(UserError, match=r"damaged|not a backup"):
        restore_backup(backup, home, quiet)
    with pytest.raises(UserError, match=r"damaged|not a backup"):
        check_backup(backup)
    assert titles(home) == ["The first chat"]


def test_a_full_disk_leaves_no_half_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.store.backup._add", full)
    with pytest.raises(UserError) as caught:
        write_backup(home, tmp_path / "b.zip", "0.1", models=False, told=quiet)
    assert caught.value.code == "output.no_space"
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


# hostile files


def craft(path: Path, files: dict[str, bytes], *, listed: dict[str, bytes] | None = None) -> Path:
    """A backup with right hashes and any names."""
    rows = tuple(
        BackupFile(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in (files if listed is None else listed).items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        archive.writestr(MANIFEST, msgspec.json.encode(Manifest(1, "0.1", 0, 5, False, rows)))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../escaped",
        "runs/../../escaped",
        "/etc/escaped",
        "runs/./x",
        "runs//x",
        "runs/a\\..\\..\\x",
        "C:/x",
        "runs/x:stream",
        "runs/con.txt",
        "runs/x\n",
        "runs/ x. ",
        "logs/x",
        "server-token",
        "moved-to",
        "runs",
        "runs/" + "a/" * 30 + "x",
        "runs/" + "x" * 500,
    ],
)
def test_names_that_lead_elsewhere_are_refused(home: Path, tmp_path: Path, name: str) -> None:
    assert not is_safe_name(name)
    path = craft(tmp_path / "bad.zip", {"lathe.db": b"x", name: b"evil"})
    with pytest.raises(UserError) as caught:
        restore_backup(path, home, quiet)
    assert caught.value.code in ("backup.unsafe", "backup.damaged")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.zip", "home"]
    assert list(home.iterdir()) == []


def _link() -> bytes:
    out = io.BytesIO()
    target = b"/etc"
    rows = (BackupFile("runs/link", len(target), hashlib.sha256(target).hexdigest()),)
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("runs/link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, target)
        archive.writestr(MANIFEST, msgspec.json.encode(Manifest(1, "0.1", 0, 5, False, rows)))
    return out.getvalue()


def _bomb() -> bytes:
    """Small, and says itself that it becomes large."""
    out = io.BytesIO()
    rows = (BackupFile("runs/x", 2 << 30, "00"),)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("runs/x", bytes(1 << 20))
        archive.writestr(MANIFEST, msgspec.json.encode(Manifest(1, "0.1", 0, 5, False, rows)))
    return out.getvalue()


def _liar() -> bytes:
    """Says that it stays small, and does not."""
    out = io.BytesIO()
    rows = (BackupFile("runs/x", 100, "00"),)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("runs/x", bytes(64 << 20))
        archive.writestr(MANIFEST, msgspec.json.encode(Manifest(1, "0.1", 0, 5, False, rows)))
    return out.getvalue()


def _twins() -> bytes:
    out = io.BytesIO()
    rows = tuple(BackupFile(name, 1, hashlib.sha256(b"x").hexdigest()) for name in ("runs/a", "runs/A"))
    with zipfile.ZipFile(out, "w") as archive:
        for row in rows:
            archive.writestr(row.name, b"x")
        archive.writestr(MANIFEST, msgspec.json.encode(Manifest(1, "0.1", 0, 5, False, rows)))
    return out.getvalue()


def _overlap() -> bytes:
    """Two entries of the directory that claim the same bytes."""
    data = bytearray(_liar())
    directory = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    data[directory + 20 : directory + 24] = struct.pack("<I", len(data) * 2)
    return bytes(data)


@pytest.mark.parametrize("make", [_link, _bomb, _liar, _twins, _overlap])
def test_tricks_are_refused(home: Path, tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(make())
    with pytest.raises(UserError) as caught:
        restore_backup(path, home, quiet)
    assert caught.value.code in ("backup.unsafe", "backup.damaged")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all" * 100, b"PK\x05\x06" + bytes(18)])
def test_other_files_are_no_backups(home: Path, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        restore_backup(path, home, quiet)
    assert caught.value.code == "backup.unreadable"


def test_a_database_that_is_none_is_refused(home: Path, tmp_path: Path) -> None:
    path = craft(tmp_path / "bad.zip", {"lathe.db": b"SQLite format 3\0" + b"x" * 5000})
    with pytest.raises(UserError) as caught:
        restore_backup(path, home, quiet)
    assert caught.value.code == "backup.damaged"
    path = craft(tmp_path / "none.zip", {"window.json": b"{}"})
    with pytest.raises(UserError, match="no database"):
        restore_backup(path, home, quiet)


def test_nothing_is_left_of_a_start_that_has_nothing_to_finish(home: Path) -> None:
    assert restoring.finish_restore(home) == (0, 0)
