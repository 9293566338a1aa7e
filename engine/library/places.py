"""Where other programs keep models. All of it is only ever read."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from engine.library.entries import ModelSource

_MAX_DEPTH = 8
_MAX_MANIFEST_BYTES = 1 << 20
_OLLAMA_MODEL = "application/vnd.ollama.image.model"


class Found(NamedTuple):
    """A GGUF file, or a folder with safetensors, and what to call it ("" for its file name)."""

    path: Path
    name: str
    source: ModelSource


class Folder(NamedTuple):
    """A folder to search with everything below it."""

    path: Path
    source: ModelSource


def known_folders(
    home: Path, own: tuple[Path, ...] = (), environment: Mapping[str, str] | None = None
) -> list[Folder]:
    """The user's folders, Lathe's own, then those of other programs (Ollama and Hugging Face apart)."""
    known = os.environ if environment is None else environment
    user = Path(known.get("HOME") or known.get("USERPROFILE") or Path.home())
    folders = [Folder(path, "folder") for path in own]
    folders.append(Folder(home / "models", "home"))
    folders.append(Folder(user / ".lmstudio" / "models", "lmstudio"))
    folders.append(Folder(user / ".cache" / "lm-studio" / "models", "lmstudio"))
    folders += [
        Folder(user / name / "user_data" / "models", "text-generation-webui")
        for name in ("text-generation-webui", "textgen")
    ]
    folders += [
        Folder(base / "Jan" / "data" / "llamacpp" / "models", "jan") for base in _data_folders(user, known)
    ]
    return folders


def find_files(folder: Folder) -> Iterator[Found]:
    """GGUF files and safetensors folders below `folder`; what cannot be entered is passed over."""
    yield from _walk(folder.path, folder.source, 0)


def find_ollama(environment: Mapping[str, str] | None = None) -> Iterator[Found]:
    """Ollama's models: a manifest names the blob that is the GGUF file. Names as Ollama shows them."""
    known = os.environ if environment is None else environment
    user = Path(known.get("HOME") or known.get("USERPROFILE") or Path.home())
    root = Path(known.get("OLLAMA_MODELS") or user / ".ollama" / "models")
    manifests = root / "manifests"
    for manifest in _files_below(manifests, 5):
        blob = _ollama_blob(manifest)
        if blob is None:
            continue
        parts = manifest.relative_to(manifests).parts
        model, tag = "/".join(parts[1:-1]).removeprefix("library/"), parts[-1]
        path = root / "blobs" / blob.replace(":", "-")
        if model and path.is_file():
            yield Found(path, f"{model}:{tag}", "ollama")


def find_hugging_face(environment: Mapping[str, str] | None = None) -> Iterator[Found]:
    """The cache of huggingface_hub: files of the newest snapshot of each repository."""
    known = os.environ if environment is None else environment
    user = Path(known.get("HOME") or known.get("USERPROFILE") or Path.home())
    base = Path(known.get("HF_HOME") or user / ".cache" / "huggingface")
    root = Path(known.get("HF_HUB_CACHE") or base / "hub")
    for repository in _entries(root):
        if not repository.name.startswith("models--"):
            continue
        name = repository.name.removeprefix("models--").replace("--", "/")
        snapshots = sorted(_entries(repository / "snapshots"), key=_modified, reverse=True)
        for snapshot in snapshots[:1]:
            for found in _walk(snapshot, "huggingface", 0):
                folder = found.path == snapshot
                yield found._replace(name=name if folder else f"{name}/{found.path.stem}")


def _walk(folder: Path, source: ModelSource, depth: int) -> Iterator[Found]:
    entries = _entries(folder)
    names = {entry.name for entry in entries}
    if {"config.json", "adapter_config.json"} & names and any(
        name.endswith(".safetensors") for name in names
    ):
        yield Found(folder, "", source)
    for entry in entries:
        if entry.suffix.lower() == ".gguf" and _is_file(entry):
            yield Found(entry, "", source)
        elif depth < _MAX_DEPTH and not entry.name.startswith(".") and _is_real_folder(entry):
            yield from _walk(entry, source, depth + 1)


def _files_below(folder: Path, depth: int) -> Iterator[Path]:
    for entry in _entries(folder):
        if _is_file(entry):
            yield entry
        elif depth and _is_real_folder(entry):
            yield from _files_below(entry, depth - 1)


def _ollama_blob(manifest: Path) -> str | None:
    try:
        if manifest.stat().st_size > _MAX_MANIFEST_BYTES:
            return None
        content = json.loads(manifest.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    layers = content.get("layers") if isinstance(content, dict) else None
    for layer in layers if isinstance(layers, list) else ():
        if isinstance(layer, dict) and layer.get("mediaType") == _OLLAMA_MODEL:
            digest = str(layer.get("digest", ""))
            algorithm, _, value = digest.partition(":")
            if algorithm == "sha256" and len(value) == 64 and value.isalnum():
                return digest
    return None


def _data_folders(user: Path, known: Mapping[str, str]) -> list[Path]:
    """Where programs of this system keep their data."""
    if sys.platform == "win32":
        return [Path(known.get("APPDATA") or user / "AppData" / "Roaming")]
    if sys.platform == "darwin":
        return [user / "Library" / "Application Support"]
    return [
        Path(known.get("XDG_DATA_HOME") or user / ".local" / "share"),
        Path(known.get("XDG_CONFIG_HOME") or user / ".config"),
    ]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _is_real_folder(path: Path) -> bool:
    """Links to folders are not followed: they may lead in a circle."""
    try:
        return path.is_dir() and not path.is_symlink()
    except OSError:
        return False


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
