"""Reads what a folder of safetensors says about itself: `config.json` and the headers, never the weights."""

import json
from pathlib import Path
from typing import Any

from engine.errors import UserError
from engine.library import walk
from engine.library.entries import ModelEntry, ModelSource, TensorShare
from engine.library.gguf_origin import repository
from engine.library.safetensors_header import read_safetensors_header
from engine.library.safetensors_kind import kind_of
from engine.library.shards import shard_of

_MAX_CONFIG_BYTES = 4 << 20
_MOST_NAME = 200


def read_folder(folder: Path, name: str, source: ModelSource) -> ModelEntry | None:
    """The model or LoRA adapter in `folder`, None when it holds neither. Raises `UserError` model.*."""
    adapter = folder / "adapter_config.json"
    config_path = adapter if adapter.is_file() else folder / "config.json"
    files = sorted(path for path in folder.glob("*.safetensors") if path.is_file())
    if not config_path.is_file():
        return None
    if not files:
        check_index(folder)
        return None
    _check_parts(files)
    config = _config(config_path)
    text_config = config.get("text_config")
    inner = text_config if isinstance(text_config, dict) else config
    types, size = _types(files)
    values, nbytes = sum(share.values for share in types), sum(share.nbytes for share in types)
    is_adapter = config_path is adapter
    return ModelEntry(
        name=name,
        path=str(folder),
        format="lora" if is_adapter else "safetensors",
        architecture=_text(config, "peft_type" if is_adapter else "model_type"),
        parameters=values,
        size_bytes=size,
        quantization=types[0].type if types else "",
        context_length=_integer(inner, "max_position_embeddings"),
        source=source,
        kind=kind_of(config),
        has_template=not is_adapter and _has_template(folder),
        bits_per_weight=nbytes * 8 / values if values else 0.0,
        types=types,
        base=repository(_text(config, "base_model_name_or_path")) if is_adapter else "",
        parts=len(files),
    )


def holds_only_pickles(folder: Path) -> bool:
    """Whether there is a model whose weights could only be had by running what a pickle says."""
    try:
        return walk.holds_only_pickles([path.name for path in folder.iterdir()])
    except OSError:
        return False


def check_index(folder: Path) -> None:
    """A folder with nothing but the list of its weight files is a download that did not come far.

    Raises `UserError` model.incomplete_split.
    """
    path = folder / walk.INDEX
    if path.is_file():
        named = _config(path).get("weight_map")
        parts = {str(name) for name in named.values()} if isinstance(named, dict) else set()
        raise UserError("model.incomplete_split", path=folder, number=1, count=max(len(parts), 1))


def _check_parts(files: list[Path]) -> None:
    """Weights in several files have their number in the name: all of them have to be there."""
    shards = [shard for path in files if (shard := shard_of(path)) is not None]
    for base, count in {(shard.base, shard.parts) for shard in shards}:
        there = {shard.number for shard in shards if (shard.base, shard.parts) == (base, count)}
        for number in range(1, count + 1):
            if number not in there:
                raise UserError("model.incomplete_split", path=files[0].parent, number=number, count=count)


def _types(files: list[Path]) -> tuple[tuple[TensorShare, ...], int]:
    """What the tensors are stored as, the most values first, and the bytes of all files."""
    amounts: dict[str, tuple[int, int, int]] = {}
    size = 0
    for path in files:
        header = read_safetensors_header(path)
        size += header.file_size
        for tensor in header.tensors:
            count, values, nbytes = amounts.get(tensor.kind, (0, 0, 0))
            amounts[tensor.kind] = (count + 1, values + tensor.values, nbytes + tensor.nbytes)
    ordered = sorted(amounts.items(), key=lambda item: -item[1][1])
    return tuple(TensorShare(kind, *amount) for kind, amount in ordered), size


def _has_template(folder: Path) -> bool:
    """A template is a file of its own, or a text in the tokenizer's configuration."""
    if any((folder / name).is_file() for name in ("chat_template.jinja", "chat_template.json")):
        return True
    path = folder / "tokenizer_config.json"
    try:
        return path.stat().st_size <= _MAX_CONFIG_BYTES and b'"chat_template"' in path.read_bytes()
    except OSError:
        return False


def _config(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_CONFIG_BYTES:
            raise UserError("model.corrupt", path=path, what="it is too long for a configuration")
        config = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="it is no JSON") from None
    return config if isinstance(config, dict) else {}


def _text(config: dict[str, Any], key: str) -> str:
    value = config.get(key)
    return value[:_MOST_NAME] if isinstance(value, str) else ""


def _integer(config: dict[str, Any], key: str) -> int:
    value = config.get(key)
    return value if type(value) is int and 0 < value < 1 << 40 else 0
