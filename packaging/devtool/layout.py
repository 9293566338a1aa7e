"""Where things are in a checkout."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STATE = VENV / ".lathe"
"""Stamps and logs of the set-up; gone when the environment is deleted."""
LOCKS = ROOT / "packaging" / "locks"
RUNTIME_LOCK = LOCKS / "runtime.txt"
ENGINE_LOCK = LOCKS / "llama-cpp.txt"
STARTER_LOCK = LOCKS / "starter.txt"
BUILD_LOCK = LOCKS / "build.txt"
TOOLS_LOCK = LOCKS / "tools.txt"
ENCODER_LOCK = LOCKS / "encoder.txt"
TRAIN_LOCK = LOCKS / "train.txt"
PACKAGE_LOCK = LOCKS / "package.txt"
BUILD = ROOT / "build" / "package"
"""What `dev.py package` works in; may be deleted at any time."""
DIST = ROOT / "dist"


def venv_program(name: str, venv: Path = VENV, platform: str = sys.platform) -> Path:
    """The path of a program in the environment: `python`, `lathe`, `ruff`, …"""
    if platform == "win32":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name
