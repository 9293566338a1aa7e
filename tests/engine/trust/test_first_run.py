"""What a first run meets: no room, no rights, a wrong clock, no display."""

import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.network.reasons import reason_of
from engine.store.database import open_store
from engine.store.ids import new_id
from tests.support.blocked_network import BlockedNetwork

_IN_A_SMALL_DISK = """\
import subprocess, sys
from pathlib import Path
subprocess.run(["mount", "-t", "tmpfs", "-o", sys.argv[2], "tmpfs", sys.argv[1]], check=True)
if "ro" not in sys.argv[2]:
    with open(sys.argv[1] + "/fill", "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
from engine.errors import UserError
from engine.store.database import open_store
try:
    open_store(Path(sys.argv[1]))
except UserError as error:
    print(error.code, error.one_line())
"""


def can_mount(folder: Path) -> bool:
    """Whether this user may mount in a namespace of its own (Linux)."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(("options", "code"), [("size=64k", "store.no_room"), ("ro", "store.unwritable")])
def test_a_disk_that_cannot_take_a_database(tmp_path: Path, options: str, code: str) -> None:
    if not can_mount(tmp_path):
        pytest.skip("needs to mount a small disk")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    done = subprocess.run(
        [
            "unshare",
            "--map-root-user",
            "--mount",
            sys.executable,
            "-c",
            _IN_A_SMALL_DISK,
            str(tmp_path),
            options,
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(code), done.stderr
    assert str(tmp_path) in done.stdout


@pytest.mark.parametrize("now_ns", [-86_400_000_000_000, 0, 7_258_118_400_000_000_000])
def test_a_wrong_clock_is_no_obstacle(home: Path, monkeypatch: pytest.MonkeyPatch, now_ns: int) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("time.time_ns", lambda: now_ns)
        store = open_store(home)
        session = store.sessions.create("At the wrong time")
        store.sessions.rename(session.id, "Renamed")
        store.close()
        first, second = new_id(), new_id()
    assert first < second
    store = open_store(home)
    assert [each.title for each in store.sessions.list()] == ["Renamed"]
    store.close()


def test_a_certificate_that_is_not_valid_names_the_date() -> None:
    error = UserError("update.no_address")
    error.__cause__ = ssl.SSLCertVerificationError(1, "certificate has expired")
    assert "the date of this machine" in reason_of(error)


def test_no_display_is_one_line(tmp_path: Path) -> None:
    blocked = BlockedNetwork(tmp_path)
    blocked.environment |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":4711", "LATHE_HOME": str(tmp_path)}
    if not sys.platform.startswith("linux"):
        pytest.skip("displays have names on Linux")
    done = blocked.run("-m", "app")
    assert done.returncode == 2
    assert "lathe: error: The window cannot be shown" in done.stderr


def test_a_drive_that_is_gone_is_a_window_and_a_line(tmp_path: Path) -> None:
    blocked = BlockedNetwork(tmp_path)
    home = tmp_path / "old"
    home.mkdir()
    (home / "moved-to").write_text(str(tmp_path / "drive"), encoding="utf-8")
    blocked.environment |= {"LATHE_HOME": str(home)}
    done = blocked.run("-m", "engine.cli.main", "sessions", "list")
    assert done.returncode == 2
    assert "The data folder was moved to" in done.stderr
    assert not (tmp_path / "drive").exists()
