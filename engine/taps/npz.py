"""Captured arrays as a file: NPZ without pickles, complete or not there."""

import math
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng

from engine.errors import BugError
from engine.output import write_error
from engine.taps.pieces import ArrayPlace, FloatType, write_at

_ALIGNMENT = 4096
"""Reserved arrays begin at a page of the file: whole pages are written without being read before."""
_PADDING_FIELD = 0xD935
"""The extra field that zipalign uses to move data to where it should begin."""


class NpzArray(ArrayPlace):
    """A place for an array in an NPZ file that is being written."""

    def __init__(
        self,
        file: int,
        info: zipfile.ZipInfo,
        start: int,
        header: bytes,
        shape: Sequence[int],
        dtype: FloatType,
    ) -> None:
        super().__init__(file, start + len(header), shape, dtype)
        self.info, self._header_size = info, len(header)
        self._pieces = {0: (len(header), zlib_ng.crc32(header))}
        write_at(file, header, start)

    def write(self, index: Sequence[int], block: NDArray[np.floating]) -> None:
        """As `ArrayPlace.write`, with a checksum."""
        data = block.data.cast("B")
        self._pieces[self._header_size + self.offset(index)] = len(data), zlib_ng.crc32(data)
        super().write(index, block)

    def finish(self) -> None:
        """The checksum of the whole from those of its pieces. Raises `BugError` where one is missing."""
        crc, end = 0, 0
        for offset, (length, part) in sorted(self._pieces.items()):
            if offset != end:
                break
            crc = zlib_ng.crc32_combine(crc, part, length)
            end += length
        if end != self.info.file_size:
            raise BugError(f"{self.info.filename} has a gap at {end} of {self.info.file_size} bytes")
        self.info.CRC = crc


class NpzWriter:
    """An NPZ file in the making; `npz_file` opens and ends it."""

    def __init__(self, path: Path) -> None:
        self._handle = path.open("w+b", buffering=0)
        self._zip = zipfile.ZipFile(self._handle, "w")
        self._reserved: list[NpzArray] = []

    def add(self, name: str, array: NDArray[Any]) -> None:
        """A whole array. Raises `OSError`."""
        with self._zip.open(f"{name}.npy", "w", force_zip64=True) as file:
            np.lib.format.write_array(file, array, allow_pickle=False)

    def reserve(self, name: str, shape: Sequence[int], dtype: FloatType = np.float32) -> NpzArray:
        """Room for an array of floats that is written in pieces. Raises `OSError` where the disk has none."""
        header = _npy_header(shape, dtype)
        info = zipfile.ZipInfo(f"{name}.npy")
        info.external_attr = 0o600 << 16
        info.header_offset, info.CRC = self._zip.start_dir, 0
        info.file_size = info.compress_size = len(header) + np.dtype(dtype).itemsize * math.prod(shape)
        begin = info.header_offset + len(info.FileHeader(zip64=True)) + 4 + len(header)
        padding = -begin % _ALIGNMENT
        info.extra = _PADDING_FIELD.to_bytes(2, "little") + padding.to_bytes(2, "little") + bytes(padding)
        start = info.header_offset + len(info.FileHeader(zip64=True))
        _make_room(self._handle.fileno(), start, info.file_size)
        array = NpzArray(self._handle.fileno(), info, start, header, shape, dtype)
        self._reserved.append(array)
        self._zip.filelist.append(info)
        self._zip.NameToInfo[info.filename] = info
        # What is added next, and at last the directory, comes after the room.
        self._zip.start_dir = start + info.file_size
        return array

    def finish(self) -> None:
        """Write checksums and the directory. Raises `OSError`."""
        for array in self._reserved:
            array.finish()
            write_at(self._handle.fileno(), array.info.FileHeader(zip64=True), array.info.header_offset)
        self._zip.close()
        self._handle.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._zip.fp = None  # nothing is left to be written
        self._handle.close()


@contextmanager
def npz_file(path: Path) -> Iterator[NpzWriter]:
    """`path` with what was written when the block ends; after an error, as it was before.

    Raises `UserError` output.unwritable, output.no_space.
    """
    partial = path.with_name(path.name + ".part")
    writer = None
    try:
        writer = NpzWriter(partial)
        yield writer
        writer.finish()
        partial.replace(path)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        if writer is not None:
            writer.abandon()
        partial.unlink(missing_ok=True)


def add_tokens(writer: NpzWriter, name: str, token_ids: Sequence[int], pieces: Sequence[bytes]) -> None:
    """`tokens` (texts) and `token_ids`, after `name` where it is not empty."""
    texts = [piece.decode("utf-8", "replace") for piece in pieces]
    writer.add(f"{name}tokens", np.array(texts, dtype=np.str_))
    writer.add(f"{name}token_ids", np.array(token_ids, np.int32))


def write_npz(
    path: Path,
    arrays: Mapping[str, NDArray[Any]],
    token_ids: Sequence[int],
    pieces: Sequence[bytes],
    encoder_ids: Sequence[int] = (),
    encoder_pieces: Sequence[bytes] = (),
) -> None:
    """`arrays` beside `tokens` (texts) and `token_ids`; with an encoder of its own also `encoder_tokens` and
    `encoder_token_ids`. Raises `UserError` output.unwritable, output.no_space.
    """
    with npz_file(path) as writer:
        add_tokens(writer, "", token_ids, pieces)
        if encoder_ids:
            add_tokens(writer, "encoder_", encoder_ids, encoder_pieces)
        for name, array in arrays.items():
            writer.add(name, array)


def _npy_header(shape: Sequence[int], dtype: FloatType) -> bytes:
    description = {
        "descr": np.dtype(dtype).str,
        "fortran_order": False,
        "shape": tuple(int(size) for size in shape),
    }
    file = _Bytes()
    np.lib.format.write_array_header_1_0(file, description)
    return bytes(file)


class _Bytes(bytearray):
    """The only thing numpy asks of a file for a header."""

    def write(self, data: bytes) -> None:
        self.extend(data)


def _make_room(file: int, start: int, size: int) -> None:
    """A full disk is told before the work, and what is there already is written a fifth faster."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, start, size)
