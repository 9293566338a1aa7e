"""The first model's distributions, kept on disk while the other models read the same text."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np

from engine.evaluate.scores import Compressed
from engine.output import check_space, write_error


class ReferenceStore:
    """Two bytes for each token of the vocabulary at each scored position, in a file that disappears with the
    process, however it ends. Written once in order, then read as often as there are models.

    Raises `UserError` output.no_space, output.unwritable.
    """

    def __init__(self, folder: Path, rows: int, vocab: int) -> None:
        self._vocab = vocab
        self._folder = folder
        check_space(folder / "reference", rows * (2 * vocab + 8))
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder, prefix="compare-")  # noqa: SIM115

    def __enter__(self) -> "ReferenceStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, part: Compressed) -> None:
        """The next rows."""
        try:
            for array in part:
                self._file.write(np.ascontiguousarray(array).data)
        except OSError as error:
            raise write_error(self._folder / "reference", error) from error

    def rewind(self) -> None:
        """Begin to read."""
        self._file.flush()
        self._file.seek(0)

    def next(self, rows: int) -> Compressed:
        """The next `rows` rows: as many as were appended together."""
        codes = np.frombuffer(self._file.read(rows * self._vocab * 2), np.uint16)
        low = np.frombuffer(self._file.read(rows * 4), np.float32)
        step = np.frombuffer(self._file.read(rows * 4), np.float32)
        return Compressed(codes.reshape(rows, self._vocab), low, step)
