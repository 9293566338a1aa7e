"""What importing costs: the window brings no model runtime, the engine brings no Qt."""

import json
import subprocess
import sys

import pytest

from tests.support.sources import ROOT, relative, tracked_files

HEAVY = ("llama_cpp", "torch", "transformers", "peft", "trl", "datasets", "gguf")


def loaded_after(statements: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after running `statements`."""
    code = (
        f"import json, sys\n{statements}\nprint(json.dumps(sorted({{n.split('.')[0] for n in sys.modules}})))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stderr
    modules: list[str] = json.loads(result.stdout.splitlines()[-1])
    return set(modules)


@pytest.mark.parametrize("module", ["app.application", "app.main_window"])
def test_window_leaves_model_runtimes_out(module: str) -> None:
    modules = loaded_after(f"import {module}")
    assert "PySide6" in modules
    assert modules.isdisjoint(HEAVY), modules.intersection(HEAVY)


def test_window_leaves_slow_libraries_for_later() -> None:
    """pyqtgraph and numpy cost some 200 ms each before the first paint; they come in the background."""
    assert loaded_after("import app.application").isdisjoint({"pyqtgraph", "numpy"})


def test_engine_imports_without_qt() -> None:
    """Every module of the engine, in an interpreter where Qt cannot be imported."""
    modules = [
        relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in tracked_files("engine/*.py")
        if path.name != "__main__.py"
    ]
    assert "engine.protocol.codec" in modules
    blocked = "for name in ('PySide6', 'shiboken6', 'pyqtgraph'): sys.modules[name] = None"
    imports = f"import importlib\n[importlib.import_module(name) for name in {modules!r}]"
    assert "msgspec" in loaded_after(f"{blocked}\n{imports}")


def test_engine_tests_run_without_qt() -> None:
    """The engine's tests import no Qt: pytest collects all of them where there is none."""
    code = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph'): sys.modules[name] = None\n"
        "import pytest\n"
        "options = ['-p', 'no:pytest-qt', '-o', 'addopts=--import-mode=importlib', '-q']\n"
        "options += ['-p', 'no:cacheprovider']\n"
        "options += ['-W', 'ignore::pytest.PytestConfigWarning', '--collect-only']\n"
        "sys.exit(pytest.main([*options, 'tests/engine']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr
