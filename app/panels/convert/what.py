"""What a source is, and so what it can become."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.errors import UserError
from engine.library.catalog import find_model
from engine.library.entries import ModelEntry
from engine.library.gguf_header import read_header

Way = Literal["to_gguf", "to_folder", "adapter_to_gguf", "adapter_to_folder"]
GGUF_TYPES = ("bf16", "f16", "f32", "q8_0")
FOLDER_TYPES = ("bf16", "f16", "f32")


@dataclass(frozen=True)
class Source:
    """`suggested`: the type that keeps what the source has."""

    entry: ModelEntry
    way: Way
    suggested: str

    @property
    def types(self) -> tuple[str, ...]:
        return GGUF_TYPES if self.way == "to_gguf" else FOLDER_TYPES

    @property
    def writes_file(self) -> bool:
        """Else a folder."""
        return self.way in ("to_gguf", "adapter_to_gguf")

    @property
    def is_adapter(self) -> bool:
        return self.way in ("adapter_to_gguf", "adapter_to_folder")


def look_at(path: str, home: Path) -> Source:
    """Reads headers only; not for the window's thread. Raises `UserError` model.*."""
    entry = find_model(path, home)
    if entry.problem is not None:
        raise entry.problem.error()
    place = Path(entry.path)
    if place.is_file():
        adapter = read_header(place).metadata.get("general.type") == "adapter"
        way: Way = "adapter_to_folder" if adapter else "to_folder"
    elif entry.format == "lora":
        way = "adapter_to_gguf"
    elif entry.format == "safetensors":
        way = "to_gguf"
    else:
        raise UserError("convert.no_folder", path=path)
    kind = entry.quantization.lower()
    return Source(entry, way, kind if kind in FOLDER_TYPES else "f16")


def default_target(source: Source, folder: str, base: str, type_name: str) -> str:
    """A name that says what it is."""
    if source.way == "to_gguf":
        return str(Path(folder) / f"{base}-{type_name.upper()}.gguf")
    if source.is_adapter:
        base = base.removesuffix("-adapter")
    if source.way == "adapter_to_gguf":
        return str(Path(folder) / f"{base}-adapter.gguf")
    return str(Path(folder) / f"{base}-{'adapter' if source.is_adapter else 'safetensors'}")
