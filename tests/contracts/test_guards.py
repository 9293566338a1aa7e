"""The rules of tests/conftest.py are real: each is broken on purpose in a small run of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BROKEN = """
import logging, subprocess, sys, threading, warnings
import pytest
from PySide6.QtCore import QTimer, qWarning

def test_thread():
    threading.Thread(target=threading.Event().wait, name="stray", daemon=True).start()

def test_process():
    global child
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

def test_log():
    logging.getLogger("engine").warning("odd %d", 3)

@pytest.mark.expects_log("never")
def test_missing_log():
    pass

def test_qt_warning(qtbot):
    qWarning("wrong")

def test_python_warning():
    warnings.warn("old")

def test_exception_in_a_slot(qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(30)
"""

COMPLAINTS = {
    "test_thread": "test_thread leaves behind: thread stray",
    "test_process": "test_process leaves behind: process",
    "test_log": "WARNING engine: odd 3",
    "test_missing_log": "expected but not seen: never",
    "test_qt_warning": "QtWarningMsg: wrong",
    "test_python_warning": "UserWarning: old",
    "test_exception_in_a_slot": "ZeroDivisionError",
}

FINE = """
import logging, os, subprocess, sys, threading
import pytest

@pytest.mark.expects_log("odd [0-9]")
def test_marked_log():
    logging.getLogger("engine").warning("odd 3")

def test_log_by_fixture(expected_logs):
    expected_logs.expect("ERROR engine")
    logging.getLogger("engine").error("known")

def test_own_home(home):
    assert os.environ["LATHE_HOME"] == str(home) and not any(home.iterdir())

def test_thread_that_ends():
    threading.Timer(0.05, lambda: None).start()

def test_process_that_ends():
    subprocess.run([sys.executable, "-c", ""], check=True)
"""


def run_pytest(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Runs `source` as a test file under this repository's conftest."""
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests/conftest.py", folder / "tests")
    shutil.copytree(ROOT / "tests/support", folder / "tests/support")
    (folder / "tests" / "test_it.py").write_text(source, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        str(ROOT / "pyproject.toml"),
        f"--rootdir={folder}",
    ]
    command += [
        f"--basetemp={folder / 'base'}",
        "-p",
        "no:cacheprovider",
        "-o",
        f"pythonpath={folder} {ROOT}",
        str(folder / "tests"),
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def broken_output(tmp_path_factory: pytest.TempPathFactory) -> str:
    result = run_pytest(tmp_path_factory.mktemp("broken"), BROKEN)
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize("name", COMPLAINTS)
def test_guard_fails_the_test_that_breaks_it(name: str, broken_output: str) -> None:
    assert COMPLAINTS[name] in broken_output
    outcomes = [line for line in broken_output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert any(f"::{name} " in f"{line} " for line in outcomes), outcomes


def test_guards_leave_good_tests_alone(tmp_path: Path) -> None:
    result = run_pytest(tmp_path, FINE)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "5 passed" in result.stdout
