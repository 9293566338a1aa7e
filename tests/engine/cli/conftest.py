"""Running the command line: in this process for speed, in one of its own where the process matters."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.cli.main import main
from tests.support.sources import ROOT


class Result(NamedTuple):
    """What a command printed."""

    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def done(self) -> dict[str, Any]:
        return next(item for item in self.objects() if item.get("event") == "done")

    def error(self) -> str:
        """The one line on stderr; fails where there is more or less."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("lathe: error: ")
        return lines[0].removeprefix("lathe: error: ")


Cli = Callable[..., Result]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs `lathe …` in this process. `stdin`: what it can read; no terminal."""

    def run(*arguments: object, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., Path]:
    """Writes a script for the fake model: texts, or whole replies."""

    def write(*replies: str | dict[str, object]) -> Path:
        path = tmp_path / "script.json"
        rows = [{"text": one, "delay_ms": 0} if isinstance(one, str) else one for one in replies]
        path.write_text(json.dumps(rows), encoding="utf-8")
        return path

    return write


def command(*arguments: object) -> list[str]:
    """The command line as a process of its own."""
    return [sys.executable, "-m", "engine.cli.main", *map(str, arguments)]


def run_process(*arguments: object, environment: dict[str, str] | None = None) -> Result:
    """Runs `lathe …` as a process of its own, without a terminal."""
    ended = subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Result(ended.returncode, ended.stdout, ended.stderr)
