"""The whole program as a process: starts, paints, answers, closes, says what is wrong."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from PySide6.QtGui import QImage

from tests.support.sources import ROOT


def run_window(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m app` with a picture as its only task."""
    command = [sys.executable, "-m", "app", "--home", str(home), "--fake-model", "--size", "1000x640"]
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def window_log(home: Path) -> str:
    return (home / "logs" / "window.log").read_text(encoding="utf-8")


def test_it_starts_answers_and_closes(home: Path) -> None:
    picture = home / "window.png"
    done = run_window(home, "--theme", "light", "--screenshot", str(picture))
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1000, 640)
    assert image.pixelColor(2, 400).name() == "#f1f1f4"
    log = window_log(home)
    assert "services opened" in log
    assert " ERROR " not in log
    assert not (home / "reports").exists()
    memory = json.loads((home / "window.json").read_text(encoding="utf-8"))
    assert memory["page"] == "chat"
    assert (home / "lathe.db").exists()
    assert not (home / "window.lock").exists()


def test_a_database_of_tomorrow_is_told_and_left_alone(home: Path) -> None:
    with closing(sqlite3.connect(home / "lathe.db")) as database:
        database.execute("CREATE TABLE later (x)")
        database.execute("PRAGMA user_version = 9999")
        database.commit()
    before = (home / "lathe.db").read_bytes()
    done = run_window(home, "--page", "settings", "--screenshot", str(home / "window.png"))
    assert done.returncode == 0, done.stderr
    assert (home / "window.png").exists()
    assert not (home / "reports").exists()
    assert (home / "lathe.db").read_bytes() == before
    assert "newer" in window_log(home)
