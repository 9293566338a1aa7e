"""A safetensors folder, examined before any library opens it: what is in it, and what must not be."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from engine.errors import UserError
from engine.library.safetensors_folder import holds_only_pickles, read_folder
from engine.library.safetensors_kind import kind_of
from engine.protocol.values import ModelKind

_INDEX = "model.safetensors.index.json"
_SINGLE = "model.safetensors"
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json")


class ModelFolder(NamedTuple):
    """What `examine` found. `files` are all weight files, in order."""

    path: Path
    config: dict[str, Any]
    kind: ModelKind
    files: tuple[Path, ...]
    size_bytes: int
    parameters: int
    quantization: str

    @property
    def architecture(self) -> str:
        return str(self.config.get("model_type", ""))

    @property
    def head(self) -> str:
        """The class that the weights were saved from, "" where it is not said."""
        names = self.config.get("architectures")
        return str(names[0]) if isinstance(names, list) and names else ""


def examine(path: Path, *, decoders: bool = False) -> ModelFolder:
    """`decoders`: whether they are welcome, too; to chat, llama.cpp runs them faster.

    Raises `UserError` model.*: missing, pickles only, own code, damaged headers, no tokenizer."""
    if not path.is_dir():
        raise UserError("model.missing", path=path)
    entry = read_folder(path, path.name, "path")
    if entry is None:
        raise UserError("model.pickle_only" if holds_only_pickles(path) else "model.not_gguf", path=path)
    config = _json(path / "config.json")
    if "auto_map" in config:
        raise UserError("model.needs_code", path=path)
    kind = kind_of(config)
    if entry.format == "lora":
        raise UserError("model.is_adapter", path=path)
    if kind == "decoder" and not decoders:
        raise UserError("model.needs_conversion", path=path)
    if not any((path / name).is_file() for name in _TOKENIZERS):
        raise UserError("model.no_tokenizer", path=path, reason="there is none in the folder")
    files = _weights(path)
    size = sum(file.stat().st_size for file in files)
    return ModelFolder(path, config, kind, files, size, entry.parameters, entry.quantization)


def _weights(path: Path) -> tuple[Path, ...]:
    """The single file, or the shards that the index names, each of which has to be there."""
    single, index = path / _SINGLE, path / _INDEX
    if single.is_file():
        return (single,)
    if not index.is_file():
        raise UserError("model.missing", path=single)
    shards = _json(index).get("weight_map")
    if not isinstance(shards, dict) or not shards:
        raise UserError("model.corrupt", path=index, what="it names no files")
    names = sorted({str(name) for name in shards.values()})
    for name in names:
        # An index decides which files are opened: none outside this folder, and none of another format.
        if Path(name).name != name or not name.endswith(".safetensors"):
            raise UserError("model.corrupt", path=index, what=f"it names the file “{name}”")
        if not (path / name).is_file():
            number = names.index(name) + 1
            raise UserError("model.incomplete_split", path=path, count=len(names), number=number)
    return tuple(path / name for name in names)


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="it is no JSON") from None
    if not isinstance(content, dict):
        raise UserError("model.corrupt", path=path, what="it is no JSON object")
    return content
