"""The import contracts hold, and each of them notices when it is broken."""

import shutil
import subprocess
from pathlib import Path

import pytest

from devtool.layout import venv_program
from tests.support.sources import ROOT

VIOLATIONS = {
    "window-above-engine": ("engine/messages.py", "import app.resource_paths"),
    "engine-without-qt": ("engine/store/records.py", "from PySide6.QtCore import QObject"),
    "window-without-runtimes": ("engine/errors.py", "import llama_cpp"),
    "runtimes-in-backends": ("engine/library/extra.py", "import torch"),
    "window-uses-the-front-of-the-engine": ("app/theme/tokens.py", "import engine.worker"),
    "window-without-blocking-io": ("app/theme/tokens.py", "import sqlite3"),
    "engine-layers": ("engine/messages.py", "import engine.store.records"),
    "window-layers": ("app/theme/tokens.py", "import app.main_window"),
}
UNPLACED = {"engine-layers": "engine/newcomer.py", "window-layers": "app/newcomer.py"}


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [argument for name in contracts for argument in ("--contract", name)]
    command = [str(venv_program("lint-imports")), "--no-cache", "--no-logo", *chosen]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and the contracts, somewhere else."""
    for package in ("app", "engine"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(VIOLATIONS)} kept, 0 broken." in result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_contract_notices_a_forbidden_import(contract: str, copy: Path) -> None:
    assert lint(copy, contract).returncode == 0
    file, line = VIOLATIONS[contract]
    path = copy / file
    path.write_text((path.read_text("utf-8") if path.exists() else "") + f"\n{line}\n", "utf-8")
    result = lint(copy, contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "0 kept, 1 broken" in result.stdout


@pytest.mark.parametrize("contract", UNPLACED)
def test_contract_notices_a_module_without_a_place(contract: str, copy: Path) -> None:
    (copy / UNPLACED[contract]).write_text("", "utf-8")
    result = lint(copy, contract)
    assert result.returncode == 1
    assert "newcomer" in result.stdout
