"""Where the worker is."""

import sys
from pathlib import Path

import pytest

from engine.launch import worker_command


def test_from_source_it_is_a_module() -> None:
    assert worker_command() == [sys.executable, "-m", "engine.worker"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_packaged_program_finds_it_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package puts a link into /usr/bin; the worker lies in /usr/lib."""
    (tmp_path / "opt").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "opt" / "lathe").touch()
    (tmp_path / "bin" / "lathe").symlink_to(tmp_path / "opt" / "lathe")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "lathe"))
    assert worker_command() == [str((tmp_path / "opt").resolve() / "lathe-worker")]
