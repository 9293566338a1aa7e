"""Reads what a folder of safetensors says about itself: `config.json` and the headers, never the weights."""

import json
import math
import struct
from pathlib import Path
from typing import Any

from engine.errors import UserError
from engine.library.entries import ModelEntry, ModelSource
from engine.library.safetensors_kind import kind_of

_MAX_JSON_BYTES = 64 << 20
_MAX_CONFIG_BYTES = 4 << 20
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")


def read_folder(folder: Path, name: str, source: ModelSource) -> ModelEntry | None:
    """The model or LoRA adapter in `folder`, None when it holds neither. Raises `UserError` model.*."""
    adapter = folder / "adapter_config.json"
    config_path = adapter if adapter.is_file() else folder / "config.json"
    files = sorted(path for path in folder.glob("*.safetensors") if path.is_file())
    if not files or not config_path.is_file():
        return None
    config = _config(config_path)
    text_config = config.get("text_config")
    inner = text_config if isinstance(text_config, dict) else config
    headers = [_header(path) for path in files]
    values = {kind: sum(header.get(kind, 0) for header in headers) for header in headers for kind in header}
    return ModelEntry(
        name=name,
        path=str(folder),
        format="lora" if config_path is adapter else "safetensors",
        architecture=_text(config, "peft_type" if config_path is adapter else "model_type"),
        parameters=sum(values.values()),
        size_bytes=sum(path.stat().st_size for path in files),
        quantization=max(values, key=lambda kind: values[kind], default=""),
        context_length=_integer(inner, "max_position_embeddings"),
        source=source,
        kind=kind_of(config),
    )


def holds_only_pickles(folder: Path) -> bool:
    """Whether there is a model whose weights could only be had by running what a pickle says."""
    try:
        names = {path.name.lower() for path in folder.iterdir()}
    except OSError:
        return False
    if "config.json" not in names or any(name.endswith(".safetensors") for name in names):
        return False
    return any(name.endswith(_PICKLES) and not name.startswith("training_args") for name in names)


def _header(path: Path) -> dict[str, int]:
    """Values by type name, from the JSON at the beginning of a file."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            start = file.read(8)
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
            if length > _MAX_JSON_BYTES:
                raise UserError("model.corrupt", path=path, what=f"its header is {length} bytes long")
            if length == 0 or 8 + length > size:
                raise UserError(
                    "model.truncated", path=path, what="the end of its header", expected_bytes=8 + length
                )
            entries = json.loads(file.read(length))
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="its header is no JSON") from None
    counts: dict[str, int] = {}
    for entry in entries.values() if isinstance(entries, dict) else ():
        shape = entry.get("shape") if isinstance(entry, dict) else None
        if isinstance(shape, list) and all(type(item) is int and item >= 0 for item in shape):
            kind = str(entry.get("dtype", ""))
            counts[kind] = counts.get(kind, 0) + math.prod(shape)
    return counts


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
    return value if isinstance(value, str) else ""


def _integer(config: dict[str, Any], key: str) -> int:
    value = config.get(key)
    return value if type(value) is int and value > 0 else 0
