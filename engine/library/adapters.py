"""Which model an adapter belongs to, by what its files say of the model that it was made for."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from engine.library.entries import ModelEntry

_QUANTIZATION = re.compile(r"[-._](i?q\d\w*|tq\d\w*|[bf]?f(16|32)|mxfp4)$", re.IGNORECASE)


def group_adapters(entries: Sequence[ModelEntry]) -> dict[str, list[ModelEntry]]:
    """Adapters by the path of their base model; those without one in the library are not in it."""
    models = [entry for entry in entries if entry.format != "lora" and entry.problem is None]
    if len(models) == len(entries):
        return {}
    by_path = {_path_key(entry.path): entry for entry in models}
    by_name: dict[str, list[ModelEntry]] = {}
    for entry in models:
        for name in _names(entry):
            by_name.setdefault(name, []).append(entry)
    groups: dict[str, list[ModelEntry]] = {}
    for adapter in entries:
        if adapter.format != "lora" or not adapter.base:
            continue
        base = by_path.get(_path_key(adapter.base)) or _best(adapter, by_name.get(_key(adapter.base), ()))
        if base is not None:
            groups.setdefault(base.path, []).append(adapter)
    return groups


def base_of(adapter: ModelEntry, entries: Sequence[ModelEntry]) -> ModelEntry | None:
    """The base model of one adapter, where it is in the library."""
    models = [entry for entry in entries if entry.format != "lora"]
    path = next(iter(group_adapters([*models, adapter])), "")
    return next((entry for entry in models if entry.path == path), None)


def _best(adapter: ModelEntry, candidates: Iterable[ModelEntry]) -> ModelEntry | None:
    """Adapters in safetensors belong to safetensors, those in GGUF to GGUF, where there is a choice."""
    gguf = adapter.path.lower().endswith(".gguf")
    fits = sorted(
        candidates, key=lambda entry: ((entry.format == "gguf") != gguf, -entry.bits_per_weight, entry.name)
    )
    return fits[0] if fits else None


def _names(entry: ModelEntry) -> set[str]:
    said = {entry.name, entry.title, entry.repo, PurePath(entry.path).name.removesuffix(".gguf")}
    return {_key(name) for name in said if name}


def _key(name: str) -> str:
    """Only the last part of a name, without its quantization, case and punctuation."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2].removesuffix(".gguf")
    last = _QUANTIZATION.sub("", last)
    last = re.sub(r"[-_.]gguf$", "", last, flags=re.IGNORECASE)
    return re.sub(r"[^0-9a-z]", "", last.casefold())


def _path_key(path: str) -> str:
    return str(PurePath(path))
