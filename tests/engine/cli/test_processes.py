"""The command line as a process: signals, pipes, and no worker left behind in any case."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from engine.store.database import open_store
from tests.engine.cli.conftest import command, run_process
from tests.support.sources import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
LONG = {"text": "word " * 4000, "delay_ms": 5}
WAIT_S = 30


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A command in a process group of its own, like a terminal's."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read_tokens(process: subprocess.Popen[str], count: int) -> str:
    """Wait until that many tokens were printed; their text. What follows is left in the pipe."""
    return "".join(json.loads(_read_line(process))["text"] for _ in range(count))


def _read_line(process: subprocess.Popen[str]) -> bytes:
    """Past Python's buffer, which `communicate` does not look into."""
    assert process.stdout is not None
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(process.stdout.fileno(), 1)
        assert byte, f"the output ended after {line!r}"
        line += byte
    return line


def wait_until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_error_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"GGUF" + bytes(100))
    result = run_process("chat", "--model", tmp_path / "x.gguf", "--prompt", "Hi")
    assert (result.code, result.out) == (2, "")
    assert result.error()


@pytest.mark.parametrize(
    ("number", "whole_group"),
    [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, False), (signal.SIGHUP, False)],
)
def test_signal_cancels_in_order(
    script: Callable[..., Path], home: Path, number: signal.Signals, whole_group: bool
) -> None:
    """Ctrl+C reaches the whole group, the worker too; the others only the command."""
    with running("chat", "--fake-model", script(LONG), "--prompt", "Hi", "--json") as process:
        shown = read_tokens(process, 5)
        [worker] = psutil.Process(process.pid).children()
        (os.killpg if whole_group else os.kill)(process.pid, number)
        out, err = process.communicate(timeout=WAIT_S)
        assert (process.returncode, err) == (130, "")
        assert is_gone(worker)
    *tokens, done = [json.loads(line) for line in out.splitlines()]
    assert done["finish_reason"] == "cancelled"
    assert done["text"] == shown + "".join(token["text"] for token in tokens)
    store = open_store(home)
    reply = store.messages.path(done["session"])[-1]
    assert (reply.status, reply.message.text()) == ("cancelled", done["text"])
    store.close()


@pytest.mark.parametrize("delay", [0.1, 0.2, 0.35, 0.5])
def test_ctrl_c_while_it_starts(script: Callable[..., Path], delay: float) -> None:
    """Wherever the signal falls: importing, starting the worker, loading, or in the first tokens."""
    with running("chat", "--fake-model", script(LONG), "--prompt", "Hi") as process:
        time.sleep(delay)
        children = psutil.Process(process.pid).children()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=WAIT_S)
        assert process.returncode in (130, -signal.SIGINT)
        assert "lathe: error" not in err
        assert all(is_gone(child) for child in children)


def test_no_worker_survives_a_killed_command(script: Callable[..., Path], home: Path) -> None:
    with running("chat", "--fake-model", script(LONG), "--prompt", "Hi", "--json") as process:
        read_tokens(process, 300)
        [worker] = psutil.Process(process.pid).children()
        process.kill()
        assert wait_until(lambda: is_gone(worker))
    store = open_store(home)
    reply = store.messages.path(store.sessions.list()[0].id)[-1]
    assert reply.status == "interrupted"
    assert reply.message.text().startswith("word word")
    store.close()


def test_reader_that_goes_away(script: Callable[..., Path], home: Path) -> None:
    with running("chat", "--fake-model", script(LONG), "--prompt", "Hi", "--json") as process:
        read_tokens(process, 2)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(WAIT_S) == 130
    store = open_store(home)
    assert store.messages.path(store.sessions.list()[0].id)[-1].status == "cancelled"
    store.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_on_a_full_disk(script: Callable[..., Path]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            command("chat", "--fake-model", script("Hello"), "--prompt", "Hi"),
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, text=True,
            timeout=WAIT_S, check=False,
        )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.startswith("lathe: error: The output cannot be written")
    assert len(ended.stderr.splitlines()) == 1


def test_headless_commands_leave_qt_and_model_runtimes_out() -> None:
    code = (
        "import sys\nfrom engine.cli.main import main\n"
        "assert main(['sessions', 'list']) == 0 and main(['models', 'list', '--json']) == 0\n"
        "assert main(['chat', '--fake-model', '--prompt', 'Hi']) == 0\n"
        "print({'PySide6', 'llama_cpp', 'torch', 'openai', 'keyring'} & set(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stderr.splitlines()[-1] == "set()", ended.stderr
