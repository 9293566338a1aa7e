"""The adapters that a chat can have beside its model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UserError
from engine.library.adapter_fit import check_adapter, read_shapes
from engine.library.entries import ModelEntry
from engine.library.gguf_header import read_header


@dataclass(frozen=True)
class AdapterRow:
    """`error` says why the adapter cannot be used with this model; None for one that can."""

    path: str
    name: str
    size_bytes: int = 0
    error: UserError | None = None


def adapter_rows(model_path: str, entries: Sequence[ModelEntry], chosen: Sequence[str]) -> list[AdapterRow]:
    """Those of the library that fit the model, and those that the chat has, by name.

    Reads headers: call it on a background thread. Raises `UserError` model.*.
    """
    shapes = read_shapes(Path(model_path))
    names = {entry.path: entry.name for entry in entries if _may_fit(entry, shapes.architecture)}
    rows = []
    for path in dict.fromkeys([*names, *chosen]):
        try:
            header = read_header(path)
            check_adapter(header, shapes)
        except UserError as error:
            if path in chosen:
                rows.append(AdapterRow(path, names.get(path, Path(path).stem), error=error))
            continue
        rows.append(AdapterRow(path, names.get(path, Path(path).stem), header.file_size))
    return sorted(rows, key=lambda row: row.name.casefold())


def _may_fit(entry: ModelEntry, architecture: str) -> bool:
    """Adapters of another format have to be converted first."""
    is_file = entry.format == "lora" and entry.path.lower().endswith(".gguf")
    return is_file and entry.problem is None and entry.architecture in ("", architecture)
