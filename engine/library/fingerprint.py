"""Which file this is: a fast identity for every load, the full SHA-256 on demand.

The fast identity reads at most 3 MiB of a file of any size. It tells files apart that people really have
(other quantization, other fine-tune, other template, interrupted copies); it is no protection against a
file made to deceive, which `full_sha256` is. The prefix says which of the two a fingerprint is.
"""

import hashlib
import struct
from collections.abc import Callable
from pathlib import Path

from engine.errors import Cancelled, UserError

FAST_PREFIX = "sampled:"
FULL_PREFIX = "sha256:"
FOLDER_PREFIX = "folder:"
_EDGE = 1 << 20
_SAMPLES = 16
_SAMPLE = 1 << 16
_CHUNK = 4 << 20
_HEX_DIGITS = 32


def model_hash(path: Path | str) -> str:
    """`sampled:` and 32 hex digits of SHA-256 over size, first and last MiB and 16 blocks between them.

    Raises `UserError` model.missing or model.unreadable.
    """
    digest = hashlib.sha256()
    try:
        with Path(path).open("rb", buffering=0) as file:
            size = file.seek(0, 2)
            digest.update(struct.pack("<Q", size))
            for offset, length in _places(size):
                file.seek(offset)
                digest.update(file.read(length))
    except OSError as error:
        raise _os_error(path, error) from None
    return FAST_PREFIX + digest.hexdigest()[:_HEX_DIGITS]


def content_hash(path: Path) -> str:
    """`model_hash` of a file; for a folder one over those of its weights and configurations.

    Raises `UserError` model.missing or model.unreadable.
    """
    if not path.is_dir():
        return model_hash(path)
    digest = hashlib.sha256()
    try:
        files = sorted(each for each in path.iterdir() if each.suffix in (".safetensors", ".json"))
    except OSError as error:
        raise _os_error(path, error) from None
    for file in files:
        digest.update(f"{file.name}\0{model_hash(file)}\n".encode())
    return FOLDER_PREFIX + digest.hexdigest()[:_HEX_DIGITS]


def full_sha256(path: Path | str, progress: Callable[[float], bool] | None = None) -> str:
    """`sha256:` and 64 hex digits of the whole file.

    `progress` hears the fraction done and returns whether to go on. Raises `Cancelled`, `UserError` model.*.
    """
    digest = hashlib.sha256()
    try:
        with Path(path).open("rb", buffering=0) as file:
            size = max(1, file.seek(0, 2))
            file.seek(0)
            done = 0
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                if progress is not None and not progress(min(1.0, done / size)):
                    raise Cancelled
    except OSError as error:
        raise _os_error(path, error) from None
    return FULL_PREFIX + digest.hexdigest()


def _places(size: int) -> list[tuple[int, int]]:
    if size <= 2 * _EDGE + _SAMPLES * _SAMPLE:
        return [(0, size)]
    inner = size - 2 * _EDGE - _SAMPLE
    samples = [(_EDGE + inner * index // (_SAMPLES - 1), _SAMPLE) for index in range(_SAMPLES)]
    return [(0, _EDGE), *samples, (size - _EDGE, _EDGE)]


def _os_error(path: Path | str, error: OSError) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError("model.missing", path=path)
    return UserError("model.unreadable", path=path, reason=error.strerror or str(error))
