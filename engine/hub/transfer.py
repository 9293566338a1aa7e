"""One file, from a hub to the disk: gone on with where it broke off, checked, and named when it is
complete.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from engine.errors import UserError
from engine.hub.connection import Connection, reason_of
from engine.jobs.control import obey
from engine.output import hold, part_path, write_error
from engine.protocol.hub import HubFile

WAITS_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Pauses between attempts that bring nothing; a byte that arrives begins them anew."""
_CHUNK = 1 << 20
_LARGEST_BY_HTTP = 50_000_000_000
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_S = 120.0
_NAP_S = 0.1


class Transfer:
    """Fetches files of a repository at a commit.

    `arrived` hears of every piece as bytes, negative where they have to come again, and whether it came over
    the network now; `waiting` of every pause in seconds, with the reason.
    """

    def __init__(
        self,
        connection: Connection,
        repo: str,
        revision: str,
        arrived: Callable[[int, bool], None],
        waiting: Callable[[float, str], None],
        waits: Sequence[float] = WAITS_S,
    ) -> None:
        self._connection = connection
        self._repo, self._revision = repo, revision
        self._arrived, self._waiting, self._waits = arrived, waiting, waits

    def fetch(self, file: HubFile, target: Path) -> str:
        """The SHA-256 of the file, which is complete at `target` afterwards; what was there may stay.

        Raises `UserError` hub.*, output.*; `Cancelled`. What has arrived is kept for another attempt.
        """
        if _size(target) == file.size and (known := self._known(file, target)):
            return known
        if file.size > _LARGEST_BY_HTTP:
            raise UserError(
                "hub.too_large", name=file.path, address=f"{self._connection.endpoint}/{self._repo}"
            )
        part = part_path(target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with _held(part, target):
                with part.open("rb+") as out:
                    digest = self._complete(file, out)
                    out.flush()
                    os.fsync(out.fileno())
                if os.name != "nt":
                    part.replace(target)
            if os.name == "nt":  # a locked file cannot be renamed there
                part.replace(target)
        except OSError as error:
            raise write_error(target, error) from error
        return digest

    def _known(self, file: HubFile, path: Path) -> str:
        """The SHA-256 of a file that is there and is the wanted one, else ""."""
        sums = _Sums(file)
        with path.open("rb") as found:
            for chunk in iter(lambda: found.read(_CHUNK), b""):
                sums.update(chunk)
                obey()
        if not sums.are_right():
            return ""
        self._arrived(file.size, False)
        return sums.sha256

    def _complete(self, file: HubFile, out: IO[bytes]) -> str:
        """What went on from an old part and came out wrong is fetched once more from its beginning."""
        old = out.seek(0, os.SEEK_END)
        goes_on = bool(file.sha256) and 0 < old <= file.size
        sums = self._receive(file, out, keep=goes_on)
        if goes_on and not sums.are_right():
            self._arrived(-file.size, False)
            sums = self._receive(file, out, keep=False)
        if not sums.are_right():
            out.truncate(0)
            raise UserError("hub.checksum", name=file.path, host=self._connection.host)
        return sums.sha256

    def _receive(self, file: HubFile, out: IO[bytes], *, keep: bool) -> "_Sums":
        """All bytes of the file, in as many connections as it takes."""
        sums = _Sums(file)
        if not keep:
            out.truncate(0)
        out.seek(0)
        while chunk := out.read(_CHUNK):
            sums.update(chunk)
            self._arrived(len(chunk), False)
            obey()
        attempt = 0
        while out.tell() < file.size:
            before = out.tell()
            wait, reason = self._stream(file, out, sums)
            if out.tell() > before:
                attempt = 0
            if out.tell() < file.size:
                self._pause(file, out.tell(), attempt, wait, reason)
                attempt += 1
        return sums

    def _stream(self, file: HubFile, out: IO[bytes], sums: "_Sums") -> tuple[float, str]:
        """What one connection brings; how long the server wants to be left alone, and why it ended."""
        from httpx2 import TransportError  # noqa: PLC0415
        from huggingface_hub import get_session, hf_hub_url  # noqa: PLC0415

        start = out.tell()
        url = hf_hub_url(self._repo, file.path, revision=self._revision, endpoint=self._connection.endpoint)
        headers = self._connection.headers()
        if start:
            headers["Range"] = f"bytes={start}-"
        try:
            # The library behind it sends no key to another host.
            with get_session().stream("GET", url, headers=headers) as answer:
                if answer.status_code in _TRY_AGAIN:
                    return _retry_after(answer), f"HTTP {answer.status_code}"
                with self._connection.asking(self._repo, self._revision):
                    self._connection.check(answer)
                self._check_range(answer, start)
                self._take(answer, file, out, sums, skip=start if answer.status_code == 200 else 0)
        except TransportError as error:
            return 0.0, reason_of(error)
        return 0.0, "it ended too early"

    def _check_range(self, answer: Any, start: int) -> None:
        if answer.status_code == 206:
            said = answer.headers.get("Content-Range", "").replace(" ", "")
            if not said.startswith(f"bytes{start}-"):
                raise UserError("hub.answer", host=self._connection.host)

    def _take(self, answer: Any, file: HubFile, out: IO[bytes], sums: "_Sums", skip: int) -> None:
        """`skip`: a server that knows no ranges sends again what is here already."""
        for received in answer.iter_bytes(_CHUNK):
            piece = received[skip:] if skip else received
            skip = max(0, skip - len(received))
            piece = piece[: file.size - out.tell()]
            out.write(piece)
            sums.update(piece)
            self._arrived(len(piece), True)
            obey()
            if out.tell() >= file.size:
                return

    def _pause(self, file: HubFile, done: int, attempt: int, wait: float, reason: str) -> None:
        if attempt >= len(self._waits):
            if reason == "HTTP 429":
                raise UserError("hub.busy", host=self._connection.host, wait="some minutes")
            raise UserError(
                "hub.interrupted",
                host=self._connection.host,
                name=file.path,
                percent=f"{done / max(file.size, 1):.0%}",
                reason=reason,
            )
        seconds = min(max(self._waits[attempt], wait), _LONGEST_WAIT_S)
        self._waiting(seconds, reason)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            obey()
            time.sleep(min(left, _NAP_S))


class _Sums:
    """Against SHA-256 where the hub knows it, else against git's hash of a blob, else against nothing."""

    def __init__(self, file: HubFile) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._git = hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)

    def update(self, data: bytes) -> None:
        self._sha256.update(data)
        if not self._file.sha256:
            self._git.update(data)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    def are_right(self) -> bool:
        if self._file.sha256:
            return self.sha256 == self._file.sha256
        return not self._file.git_oid or self._git.hexdigest() == self._file.git_oid


@contextmanager
def _held(part: Path, target: Path) -> Iterator[None]:
    """Nobody else writes this part meanwhile. Raises `UserError` output.busy."""
    lock = hold(part)
    if lock is None:
        raise UserError("output.busy", path=target)
    try:
        yield
    finally:
        os.close(lock)
        with suppress(OSError):
            if part.stat().st_size == 0:  # nothing to go on with
                part.unlink()


def _retry_after(answer: Any) -> float:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() and len(said) < 6 else 0.0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
