"""Rules that every test obeys, and the fixtures that all areas share.

A test fails on a Qt warning (pytest-qt, see pyproject.toml), on an unexpected log record at WARNING or
above, and when it leaves a thread or a child process behind.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import leaks, logs, starter

# Before anything imports Qt, a model runtime or a keyring.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GGML_NO_BACKTRACE", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Started in the background by a shell, the interrupt signal is ignored, and so it would be in all children.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


@pytest.fixture(autouse=True)
def _no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves a thread or a child process alive."""
    before = leaks.Snapshot.take()
    yield
    left = before.wait_for_leaks(seconds=2.0)
    if left:
        pytest.fail(f"{request.node.nodeid} leaves behind: {'; '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def expected_logs(request: pytest.FixtureRequest) -> Iterator[logs.LogGuard]:
    """Fails the test on log records that it does not expect.

    Expect them with `@pytest.mark.expects_log("pattern")`, or `expected_logs.expect("pattern")` in the test.
    """
    guard = logs.LogGuard()
    for marker in request.node.iter_markers("expects_log"):
        guard.expect(*marker.args)
    with guard:
        yield guard
    problems = guard.problems()
    if problems:
        pytest.fail(f"log records of {request.node.nodeid}:\n" + "\n".join(problems), pytrace=False)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state folder of this test alone; `LATHE_HOME` names it, so that no test finds the user's."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("LATHE_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def starter_path() -> Path:
    """The starter model's GGUF. Never skips: `dev.py test` installs it."""
    path = starter.installed_starter()
    if path is None:
        pytest.fail("The starter model is not installed. Run `python3 dev.py test` once.", pytrace=False)
    return path
