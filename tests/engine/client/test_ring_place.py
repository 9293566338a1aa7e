"""Where the ring file goes: into memory where there is room, else among the temporary files."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.protocol import ring

place: Callable[[Path], Path | None] = ring._memory_folder


def test_a_folder_that_is_open_and_large_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1 << 40))
    assert place(tmp_path) == tmp_path


def test_a_folder_that_is_full_missing_or_closed_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=ring.RING_BYTES))
    assert place(tmp_path) is None, "it would hold nothing but the ring"
    assert place(tmp_path / "missing") is None
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert place(tmp_path) is None


def test_a_ring_file_has_its_whole_length() -> None:
    path = ring.make_ring_file()
    try:
        assert path.stat().st_size == ring.RING_BYTES
    finally:
        path.unlink()
