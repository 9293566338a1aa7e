"""The worker process: handshake, death and rebirth, no orphan, errors that come back as sentences."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from engine.client import process
from engine.client.process import ProcessClient
from engine.protocol.commands import LoadModel, UnloadModel
from engine.protocol.events import (
    Failed,
    GenerationDone,
    ModelLoaded,
    ModelUnloaded,
    Ready,
    Token,
    WorkerDied,
)
from engine.protocol.values import ContextParams, ModelSpec
from tests.support.engine import Driver, ask, running_engine

FAKE = ModelSpec(backend="fake", name="scripted")


def script(home: Path, *replies: dict[str, object]) -> ModelSpec:
    """A scripted model with these replies."""
    path = home / "script.json"
    path.write_text(json.dumps(replies))
    return ModelSpec(backend="fake", name="scripted", path=str(path))


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether the process ends within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def test_a_scripted_reply_arrives_whole(home: Path) -> None:
    with running_engine(home) as engine:
        engine.load(script(home, {"text": "one two three", "delay_ms": 0}))
        done = engine.generate(ask("Hi"))
        assert done.text == "one two three"
        assert "".join(token.text for token in engine.tokens()) + done.tail == done.text


def test_closing_ends_the_process(home: Path) -> None:
    with running_engine(home) as engine:
        pid = engine.client.pid
    assert gone(pid)


def test_a_crash_is_told_and_the_model_comes_back(home: Path) -> None:
    model = script(home, {"text": "never finished, never", "fail": "crash"}, {"text": "fine", "delay_ms": 0})
    with running_engine(home) as engine:
        engine.load(model)
        job = engine.start(ask("Hi"))
        died = engine.until(WorkerDied)
        assert isinstance(died, WorkerDied)
        assert died.will_restart
        failed = engine.until(Failed)
        assert isinstance(failed, Failed)
        assert (failed.job, failed.code) == (job, "engine.died")
        assert "SIGABRT" in failed.message
        engine.until(Ready)
        engine.until(ModelLoaded)
        # The new process starts the script anew and crashes again: it is alive, and it is the same model.
        assert engine.client.pid
        engine.start(ask("Hi"))
        assert isinstance(engine.until(WorkerDied), WorkerDied)


def test_a_worker_that_keeps_dying_is_given_up(home: Path) -> None:
    with running_engine(home) as engine:
        for attempt in range(process.MAX_DEATHS + 1):
            os.kill(engine.client.pid, signal.SIGKILL)
            died = engine.until(WorkerDied)
            assert isinstance(died, WorkerDied)
            assert died.will_restart == (attempt < process.MAX_DEATHS)
            if died.will_restart:
                engine.until(Ready)
        failed = engine.fail(ask("Hi"))
        assert failed.code == "engine.died"


def test_a_load_that_fails_says_that_the_model_before_is_gone(home: Path) -> None:
    damaged = home / "damaged.json"
    damaged.write_text("no script")
    with running_engine(home) as engine:
        engine.load(script(home, {"text": "x"}))
        engine.send(
            LoadModel(
                job=engine.client.next_job(),
                model=ModelSpec(backend="fake", name="damaged", path=str(damaged)),
                context=ContextParams(),
            )
        )
        engine.until(ModelUnloaded)
        failed = engine.until(Failed)
        assert isinstance(failed, Failed)
        assert failed.code == "model.load_failed"


def test_a_model_that_kills_the_worker_while_loading_is_not_loaded_again(home: Path) -> None:
    with running_engine(home) as engine:
        engine.send(
            LoadModel(
                job=engine.client.next_job(), model=script(home, {"text": "x"}), context=ContextParams()
            )
        )
        engine.until(ModelLoaded)
        engine.send(UnloadModel(job=engine.client.next_job()))
        engine.until(ModelUnloaded)
        os.kill(engine.client.pid, signal.SIGKILL)
        engine.until(Ready)
        assert engine.fail(ask("Hi")).code == "model.none_loaded"


def test_a_silent_worker_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SILENCE_LIMIT_S", 1.5)
    monkeypatch.setattr(process, "PING_INTERVAL_S", 0.2)
    with running_engine(home) as engine:
        os.kill(engine.client.pid, signal.SIGSTOP)
        died = engine.until(WorkerDied)
        assert isinstance(died, WorkerDied)
        engine.until(Ready)


def test_a_machine_that_slept_finds_its_worker_alive(home: Path) -> None:
    """Both processes stand still for longer than a worker may be silent; neither is to blame."""
    code = f"""
        import sys
        from pathlib import Path
        from engine.client import process
        from engine.protocol.events import Ready, WorkerDied
        from tests.support.engine import Driver
        process.SILENCE_LIMIT_S, process.PING_INTERVAL_S = 1.0, 0.2
        client = process.ProcessClient(Path({str(home)!r}))
        driver = Driver(client)
        client.start()
        driver.until(Ready)
        print(client.pid, flush=True)
        sys.stdin.readline()
        print(any(isinstance(event, WorkerDied) for event in driver.seen), flush=True)
        client.close()
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert parent.stdout is not None
    pids = (parent.pid, int(parent.stdout.readline()))
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(1.6)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)
    time.sleep(0.8)
    out, _ = parent.communicate("go on\n", timeout=20)
    assert out.strip() == "False"


@pytest.mark.parametrize(("kind", "code"), [("user", "engine.out_of_memory"), ("bug", "")])
def test_errors_of_a_job_leave_the_worker_alive(home: Path, kind: str, code: str) -> None:
    with running_engine(home) as engine:
        engine.load(script(home, {"text": "a b c d", "fail": kind}, {"text": "fine", "delay_ms": 0}))
        pid = engine.client.pid
        failed = engine.fail(ask("Hi"))
        assert failed.code == code
        assert bool(failed.report) == (kind == "bug")
        assert engine.generate(ask("Hi")).text == "fine"
        assert engine.client.pid == pid


@pytest.mark.parametrize("how", ["kill", "crash", "exit"])
def test_no_worker_outlives_its_parent(home: Path, how: str) -> None:
    ends = {"kill": "time.sleep(60)", "crash": "os.abort()", "exit": "os._exit(0)"}
    code = f"""
        import os, sys, time
        from pathlib import Path
        from engine.client.process import ProcessClient
        from engine.protocol.commands import LoadModel, Generate
        from engine.protocol.events import Token
        from engine.protocol.values import ModelSpec, ContextParams
        from tests.support.engine import Driver, ask
        client = ProcessClient(Path({str(home)!r}))
        driver = Driver(client)
        client.start()
        driver.load(ModelSpec(backend="fake", name="scripted"))
        driver.start(ask("Hi"))
        driver.until(Token)
        print(client.pid, flush=True)
        {ends[how]}
    """
    root = Path(__file__).resolve().parents[3]
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=root,
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    if how == "kill":
        parent.kill()
    parent.wait(10)
    parent.stdout.close()
    assert gone(pid)


def test_commands_without_a_model_are_refused(home: Path) -> None:
    with running_engine(home) as engine:
        assert engine.fail(ask("Hi")).code == "model.none_loaded"


def test_a_worker_that_cannot_start_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.client.worker_process.worker_command", lambda: [str(home / "missing")])
    client = ProcessClient(home)
    driver = Driver(client)
    client.start()
    died = driver.until(WorkerDied)
    assert isinstance(died, WorkerDied)
    assert not died.will_restart
    client.close()


def test_jobs_run_in_order(home: Path) -> None:
    with running_engine(home) as engine:
        engine.load(script(home, {"text": "a", "delay_ms": 1}, {"text": "b", "delay_ms": 1}))
        first, second = engine.start(ask("1")), engine.start(ask("2"))
        done = [engine.until(GenerationDone), engine.until(GenerationDone)]
        assert [event.job for event in done] == [first, second]


def test_tokens_reach_every_listener(home: Path) -> None:
    with running_engine(home) as engine:
        engine.load(FAKE)
        heard: list[int] = []
        end = engine.client.subscribe(
            lambda event: heard.append(event.seq) if isinstance(event, Token) else None
        )
        engine.generate(ask("Hi"))
        end()
        count = len(heard)
        assert count == len(engine.tokens())
        engine.generate(ask("Hi"))
        assert len(heard) == count
