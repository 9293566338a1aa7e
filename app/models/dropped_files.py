"""What files are that a user drops or picks: models, adapters, data sets, or something else.

Reads folders and headers, so it runs off the GUI thread.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UserError
from engine.library.gguf_header import read_header

_ROWS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


@dataclass(frozen=True)
class DroppedFiles:
    """Paths by what can be done with them, each in the order it came in."""

    models: tuple[str, ...] = ()
    adapters: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def sort_files(paths: Iterable[str]) -> DroppedFiles:
    """A model is a GGUF file or a folder with safetensors and a config.json; rows go by their ending.

    A damaged GGUF counts as a model: loading it says what is wrong.
    """
    kinds: dict[str, list[str]] = {"models": [], "adapters": [], "rows": [], "others": []}
    for path in paths:
        kinds[_kind(Path(path))].append(path)
    return DroppedFiles(**{kind: tuple(found) for kind, found in kinds.items()})


def _kind(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix == ".gguf":
        return "adapters" if _is_adapter(path) else "models"
    if suffix in _ROWS:
        return "rows"
    if (path / "config.json").is_file() and any(path.glob("*.safetensors")):
        return "models"
    return "others"


def _is_adapter(path: Path) -> bool:
    try:
        return read_header(path).metadata.get("general.type") == "adapter"
    except (UserError, OSError):
        return False
