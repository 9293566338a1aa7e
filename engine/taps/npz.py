"""Captured arrays as a file: NPZ without pickles, complete or not there."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError


def write_npz(
    path: Path,
    arrays: Mapping[str, NDArray[Any]],
    token_ids: Sequence[int],
    pieces: Sequence[bytes],
    encoder_ids: Sequence[int] = (),
    encoder_pieces: Sequence[bytes] = (),
) -> None:
    """`arrays` beside `tokens` (texts) and `token_ids`; with an encoder of its own also `encoder_tokens` and
    `encoder_token_ids`. Raises `UserError` store.unwritable.
    """
    named: dict[str, NDArray[Any]] = {"tokens": _texts(pieces), "token_ids": np.array(token_ids, np.int32)}
    if encoder_ids:
        named["encoder_tokens"] = _texts(encoder_pieces)
        named["encoder_token_ids"] = np.array(encoder_ids, np.int32)
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as file:
            np.savez(file, allow_pickle=False, **named, **arrays)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError("store.unwritable", path=path, reason=error.strerror or str(error)) from error


def _texts(pieces: Sequence[bytes]) -> NDArray[np.str_]:
    return np.array([piece.decode("utf-8", "replace") for piece in pieces], dtype=np.str_)
