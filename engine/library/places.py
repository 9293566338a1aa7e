"""Where other programs keep models. All of it is only ever read."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from engine.library.entries import ModelSource
from engine.library.walk import Found, files_below, find_below, folders_in

_MAX_MANIFEST_BYTES = 1 << 20
_OLLAMA_MODEL = "application/vnd.ollama.image.model"
_OLLAMA_ADAPTER = "application/vnd.ollama.image.adapter"


class Folder(NamedTuple):
    """A folder to search with everything below it."""

    path: Path
    source: ModelSource


def known_folders(
    home: Path, own: tuple[Path, ...] = (), environment: Mapping[str, str] | None = None
) -> list[Folder]:
    """The user's folders, Lathe's own, then those of other programs (Ollama and Hugging Face apart)."""
    known = os.environ if environment is None else environment
    user = _user_folder(known)
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
    """GGUF files and folders of weights below `folder`; what cannot be entered is passed over."""
    repos = folder.source == "lmstudio"
    for found in find_below(folder.path, folder.source):
        # LM Studio keeps owner/repository/file, which are the names on the hub.
        parts = found.path.relative_to(folder.path).parts if repos else ()
        yield found._replace(repo="/".join(parts[:2])) if len(parts) == 3 else found


def find_runs(home: Path) -> Iterator[Found]:
    """What trainings have left in their run folders: adapters, and whole models."""
    for run in sorted(folders_in(home / "runs"), reverse=True):
        if run.name.startswith("."):
            continue
        found = list(find_below(run / "result", "home"))
        # Once it is a GGUF the same adapter is not listed a second time.
        for one in [one for one in found if not one.path.is_dir()] or found:
            yield one._replace(name=_name_of_run(run))


def _name_of_run(run: Path) -> str:
    """What the user calls it, else its id."""
    try:
        state = json.loads((run / "status.json").read_bytes())
    except (OSError, ValueError):
        return run.name
    name = state.get("name") if isinstance(state, dict) else None
    return name if isinstance(name, str) and name.strip() else run.name


def find_ollama(environment: Mapping[str, str] | None = None) -> Iterator[Found]:
    """Ollama's models: a manifest names the blob that is the GGUF file. Names as Ollama shows them."""
    known = os.environ if environment is None else environment
    root = Path(known.get("OLLAMA_MODELS") or _user_folder(known) / ".ollama" / "models")
    manifests = root / "manifests"
    for manifest in files_below(manifests, 5):
        parts = manifest.relative_to(manifests).parts
        model, tag = "/".join(parts[1:-1]).removeprefix("library/"), parts[-1]
        if not model:
            continue
        for media, digest in _ollama_blobs(manifest):
            path = root / "blobs" / digest.replace(":", "-")
            adapter = " (adapter)" if media == _OLLAMA_ADAPTER else ""
            try:
                seen = path.stat()
            except OSError:
                continue
            yield Found(
                path,
                f"{model}:{tag}{adapter}",
                "ollama",
                seen.st_size,
                seen.st_mtime_ns,
                (seen.st_dev, seen.st_ino),
            )


def find_hugging_face(environment: Mapping[str, str] | None = None) -> Iterator[Found]:
    """The cache of huggingface_hub: files of the newest snapshot of each repository."""
    known = os.environ if environment is None else environment
    base = Path(known.get("HF_HOME") or _user_folder(known) / ".cache" / "huggingface")
    root = Path(known.get("HF_HUB_CACHE") or base / "hub")
    for repository in folders_in(root):
        if not repository.name.startswith("models--"):
            continue
        name = repository.name.removeprefix("models--").replace("--", "/")
        snapshots = sorted(folders_in(repository / "snapshots"), key=_modified, reverse=True)
        for snapshot in snapshots[:1]:
            for found in find_below(snapshot, "huggingface"):
                folder = found.path == snapshot
                yield found._replace(name=name if folder else f"{name}/{found.path.stem}", repo=name)


def _user_folder(known: Mapping[str, str]) -> Path:
    return Path(known.get("HOME") or known.get("USERPROFILE") or Path.home())


def _ollama_blobs(manifest: Path) -> list[tuple[str, str]]:
    """(media type, digest) of the model, and of adapters that go with it."""
    try:
        if manifest.stat().st_size > _MAX_MANIFEST_BYTES:
            return []
        content = json.loads(manifest.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    layers = content.get("layers") if isinstance(content, dict) else None
    found: list[tuple[str, str]] = []
    for layer in layers if isinstance(layers, list) else ():
        media = layer.get("mediaType") if isinstance(layer, dict) else None
        if media in (_OLLAMA_MODEL, _OLLAMA_ADAPTER):
            digest = str(layer.get("digest", ""))
            algorithm, _, value = digest.partition(":")
            if algorithm == "sha256" and len(value) == 64 and value.isascii() and value.isalnum():
                found.append((media, digest))
    return found


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


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
