"""Names of the files that quantizing writes."""

import re
from pathlib import Path

from engine.quantize.types import FILE_TYPES

_PART = re.compile(r"-\d{5}-of-\d{5}$")


def base_name(path: str, library_name: str = "") -> str:
    """A model's name without its type: `Tiny-1B.Q4_K_M.gguf` is `Tiny-1B`."""
    name = re.sub(r"\.gguf$", "", library_name or Path(path).name, flags=re.IGNORECASE)
    name = _PART.sub("", name)
    for kind in sorted(FILE_TYPES, key=len, reverse=True):
        shorter = re.sub(rf"[-._ ]{re.escape(kind)}$", "", name, flags=re.IGNORECASE)
        if shorter != name and shorter:
            return safe(shorter)
    return safe(name)


def safe(name: str) -> str:
    """Without what file systems do not take (Ollama's names have colons and slashes)."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", name).strip(" .") or "model"


def target_path(folder: str, pattern: str, base: str, type_name: str) -> str:
    """The file for one type; `pattern` has {model} and {type}."""
    name = pattern.replace("{model}", base).replace("{type}", type_name)
    name = safe(name)
    return str(Path(folder) / (name if name.lower().endswith(".gguf") else f"{name}.gguf"))
