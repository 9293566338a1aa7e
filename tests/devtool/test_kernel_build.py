"""The attention kernel: compiled once, again when it changed, and not missed where no compiler is."""

import ctypes
import io
import shutil
from pathlib import Path

import pytest

from devtool import kernel_build
from devtool.console import Console
from devtool.environment import Environment
from devtool.stamps import Stamps
from engine.inspection.attention_kernel import LIBRARY


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    made = Environment(Console(io.StringIO()), tmp_path / "venv")
    made.stamps = Stamps(tmp_path / "stamps.json")
    return made


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no compiler to try it with")
def test_it_is_compiled_once_and_again_when_the_source_changed(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "native" / "kernel.so"
    environment.build_kernel(target)
    assert ctypes.CDLL(str(target)).lathe_attend_2 is not None
    first = target.stat().st_mtime_ns
    environment.build_kernel(target)
    assert target.stat().st_mtime_ns == first
    # It includes itself by name.
    changed = tmp_path / kernel_build.SOURCE.name
    changed.write_text(
        kernel_build.SOURCE.read_text(encoding="utf-8") + "\n/* changed */\n", encoding="utf-8"
    )
    monkeypatch.setattr(kernel_build, "SOURCE", changed)
    environment.build_kernel(target)
    assert target.stat().st_mtime_ns != first
    assert not list(target.parent.glob("*.part"))


def test_without_a_compiler_it_is_said_and_no_failure(environment: Environment, tmp_path: Path) -> None:
    environment.variables = {"PATH": str(tmp_path)}
    environment.build_kernel(tmp_path / "kernel.so")
    assert not (tmp_path / "kernel.so").exists()
    stream = environment.console.stream
    assert isinstance(stream, io.StringIO)
    assert "numpy takes its place" in stream.getvalue()


def test_it_is_put_where_the_engine_looks() -> None:
    assert kernel_build.IN_CHECKOUT.resolve() == LIBRARY.resolve()


def test_each_system_has_its_command() -> None:
    target = Path("x")
    everything = {"PATH": str(Path(shutil.which("python3") or "").parent), "CC": "ccache gcc"}
    command = kernel_build.compile_command(target, everything, "linux")
    assert command is not None
    assert command[:2] == ["ccache", "gcc"]
    assert "-fPIC" in command
    assert kernel_build.compile_command(target, {"PATH": "/nowhere", "CC": "cl"}, "win32") is None
