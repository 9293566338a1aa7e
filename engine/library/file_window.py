"""Bytes of a file from its beginning, read as far as needed, every access checked.

Not `mmap`: a file that shrinks while it is mapped kills the process with SIGBUS.
"""

import struct
from pathlib import Path
from types import TracebackType

from engine.errors import UserError

_FIRST_READ = 1 << 20
MAX_HEADER_BYTES = 256 << 20


class FileWindow:
    """`data` holds the file from offset 0; `need` makes it longer. Raises `UserError` model.* only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("rb", buffering=0)
            self.size = self._file.seek(0, 2)
            self._file.seek(0)
        except FileNotFoundError:
            raise UserError("model.missing", path=path) from None
        except IsADirectoryError:
            raise UserError("model.not_gguf", path=path) from None
        except OSError as error:
            raise self._unreadable(error) from None
        self.data = bytearray()
        self.position = 0

    def __enter__(self) -> "FileWindow":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def need(self, end: int, what: str) -> None:
        """Make `data` reach to `end`. Raises model.truncated or model.corrupt where the file does not."""
        if end <= len(self.data):
            return
        if end > MAX_HEADER_BYTES:
            raise self.corrupt(f"{what} is impossibly long")
        if end > self.size:
            raise self.truncated(what, end)
        target = min(max(end, 2 * len(self.data), _FIRST_READ), self.size, MAX_HEADER_BYTES)
        try:
            while len(self.data) < target:
                more = self._file.read(target - len(self.data))
                if not more:
                    raise self.truncated(what, end)
                self.data += more
        except OSError as error:
            raise self._unreadable(error) from None

    def take(self, layout: struct.Struct, what: str) -> int | float | bool:
        """One number at the position."""
        end = self.position + layout.size
        self.need(end, what)
        (value,) = layout.unpack_from(self.data, self.position)
        self.position = end
        result: int | float | bool = value
        return result

    def take_bytes(self, count: int, what: str) -> bytes:
        end = self.position + count
        self.need(end, what)
        value = bytes(self.data[self.position : end])
        self.position = end
        return value

    def truncated(self, what: str, expected_bytes: int) -> UserError:
        return UserError("model.truncated", path=self.path, what=what, expected_bytes=expected_bytes)

    def corrupt(self, what: str) -> UserError:
        return UserError("model.corrupt", path=self.path, what=what)

    def _unreadable(self, error: OSError) -> UserError:
        return UserError("model.unreadable", path=self.path, reason=error.strerror or str(error))
