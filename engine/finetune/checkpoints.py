"""Checkpoints: everything that the next step depends on, written so that half of one is never taken for a
whole.

Tensors are safetensors; nothing is pickled. `checkpoint.json` comes last and names every file with its hash.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import torch
from msgspec import Struct
from safetensors.torch import load_file, save_file

from engine.errors import UserError
from engine.finetune.run_folder import write_whole

_MANIFEST = "checkpoint.json"
_MODEL, _OPTIMIZER, _RANDOM = "model.safetensors", "optimizer.safetensors", "random.safetensors"
_PART = ".part-"


class Progress(Struct, frozen=True):
    """Where a run is. `step`: how many are done; the rows of the next follow from it."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float = -1.0
    best_loss: float = -1.0
    best_step: int = -1
    first_held_out: float = -1.0
    last_held_out: float = -1.0
    worse: int = 0
    peak_bytes: int = 0
    probes: tuple[tuple[tuple[int, ...], float], ...] = ()
    """For each probe prompt the tokens of its first answer, and their mean log p."""


class _Manifest(Struct, frozen=True):
    progress: Progress
    files: dict[str, tuple[int, str]]
    layout: int = 1


class Snapshot(Struct, frozen=True):
    """A checkpoint in memory."""

    progress: Progress
    model: dict[str, Any]
    optimizer: dict[str, Any]
    random: dict[str, Any]


def save_checkpoint(folder: Path, snapshot: Snapshot, keep: int) -> tuple[Path, int]:
    """Its path and size in bytes; afterwards only the newest `keep` are there. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"step-{snapshot.progress.step:08d}"
    part = folder / f"{_PART}{name}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        for file, tensors in (
            (_MODEL, snapshot.model),
            (_OPTIMIZER, snapshot.optimizer),
            (_RANDOM, snapshot.random),
        ):
            save_tensors(part / file, tensors)
        files = {path.name: (path.stat().st_size, _hash(path)) for path in sorted(part.iterdir())}
        write_whole(part / _MANIFEST, msgspec.json.encode(_Manifest(snapshot.progress, files)))
        target = folder / name
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    for old in _newest_first(folder)[keep:]:
        shutil.rmtree(old, ignore_errors=True)
    return target, sum(size for size, _ in files.values())


def load_checkpoint(folder: Path, damaged: Any = None) -> Snapshot | None:
    """The newest that is whole; None without one. `damaged(error)` hears of each that is not."""
    for path in _newest_first(folder):
        try:
            return _load(path)
        except UserError as error:
            if damaged is not None:
                damaged(error)
    return None


def checkpoint_steps(folder: Path) -> list[int]:
    """Newest first, whole or not."""
    return [int(path.name.removeprefix("step-")) for path in _newest_first(folder)]


def random_state() -> dict[str, Any]:
    """Of torch's generators."""
    found = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        found |= {f"cuda.{number}": state for number, state in enumerate(torch.cuda.get_rng_state_all())}
    return found


def set_random_state(tensors: dict[str, Any]) -> None:
    """The opposite; states of devices that are not there are left out."""
    torch.set_rng_state(tensors["cpu"])
    if torch.cuda.is_available():
        count = torch.cuda.device_count()
        states = [tensors[f"cuda.{number}"] for number in range(count) if f"cuda.{number}" in tensors]
        torch.cuda.set_rng_state_all(states)


def optimizer_state(optimizer: Any, names: list[str]) -> dict[str, Any]:
    """Moments by the parameter's name; `names` in the order of the optimizer's parameters."""
    found: dict[str, Any] = {}
    for name, parameter in zip(names, _parameters(optimizer), strict=True):
        for key, value in optimizer.state.get(parameter, {}).items():
            found[f"{name}/{key}"] = value if torch.is_tensor(value) else torch.tensor(value)
    return found


def set_optimizer_state(optimizer: Any, names: list[str], tensors: dict[str, Any]) -> None:
    """The opposite."""
    for name, parameter in zip(names, _parameters(optimizer), strict=True):
        prefix = f"{name}/"
        state = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
        optimizer.state[parameter] = {
            key: value.to(parameter.device) if value.ndim else value for key, value in state.items()
        }


def _parameters(optimizer: Any) -> Iterator[Any]:
    for group in optimizer.param_groups:
        yield from group["params"]


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if path.name.startswith("step-")), reverse=True)


def _load(path: Path) -> Snapshot:
    step = path.name.removeprefix("step-").lstrip("0") or "0"
    try:
        manifest = msgspec.json.decode((path / _MANIFEST).read_bytes(), type=_Manifest)
        for name, (size, digest) in manifest.files.items():
            file = path / name
            if not file.is_file() or file.stat().st_size != size:
                raise UserError("finetune.checkpoint_damaged", step=step, reason=f"{name} is not complete")
            if _hash(file) != digest:
                raise UserError("finetune.checkpoint_damaged", step=step, reason=f"{name} has changed")
        tensors = [load_file(path / name) for name in (_MODEL, _OPTIMIZER, _RANDOM)]
    except (OSError, msgspec.DecodeError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UserError("finetune.checkpoint_damaged", step=step, reason=reason) from None
    return Snapshot(manifest.progress, *tensors)


def save_tensors(path: Path, tensors: dict[str, Any]) -> None:
    """On the disk when this returns. Raises `OSError`."""
    taken: set[int] = set()
    plain = {name: _alone(tensor.detach(), taken) for name, tensor in tensors.items()}
    try:
        save_file(plain, path)
    except Exception as error:  # the library wraps the system's errors in one of its own
        number = 28 if "No space" in str(error) else 5
        raise OSError(number, str(error)) from error
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _alone(tensor: Any, taken: set[int]) -> Any:
    """On the CPU in memory of its own, as the format wants it. Copied only where it shares its memory with
    others: there may be gigabytes of moments. `taken`: places of those before.
    """
    plain = tensor.to("cpu").contiguous()
    storage = plain.untyped_storage()
    if storage.nbytes() != plain.numel() * plain.element_size() or storage.data_ptr() in taken:
        return plain.clone()
    taken.add(storage.data_ptr())
    return plain


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
