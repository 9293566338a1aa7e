"""Each connection that pip makes: refused where the program works offline, else noted in the ledger.

pip has no hooks for that. The method that is wrapped, requests' `HTTPAdapter.send`, is the one place that
all its requests pass: what its cache or a folder answers does not come here, redirects come as requests of
their own.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.errors import UserError
from engine.network.ledger import Ledger
from engine.network.offline import host_of, require_online

SUBJECT_VARIABLE = "LATHE_ADDON"
"""In the environment of the process that runs pip: which add-on it is for."""


def watch_pip(home: Path, subject: str) -> None:
    """From now on, in this process. `subject`: the add-on that is installed."""
    from pip._vendor.requests import adapters, exceptions  # noqa: PLC0415 - only this process has pip loaded

    adapter: Any = adapters.HTTPAdapter
    refused: Any = exceptions.ConnectionError
    send, ledger = adapter.send, Ledger(home)

    def watched(self: Any, request: Any, *args: Any, **options: Any) -> Any:
        address = str(request.url)
        try:
            require_online(home, address)
        except UserError as error:
            raise refused(error.one_line(), request=request) from error
        entry_id = ledger.begin(host_of(address), "addon", subject)
        response = send(self, request, *args, **options)
        status = int(response.status_code)
        _tell_when_read(response.raw._original_response, lambda size: ledger.end(entry_id, size, status))
        return response

    adapter.send = watched


class _Counting:
    """The file that http.client reads an answer's body from; it closes it when everything was read, or when
    nobody wants the rest.
    """

    def __init__(self, file: Any, end: Callable[[int], None]) -> None:
        self._file, self._end, self._received, self._told = file, end, 0, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, *args: Any) -> bytes:
        return self._counted(self._file.read(*args))

    def read1(self, *args: Any) -> bytes:
        return self._counted(self._file.read1(*args))

    def readline(self, *args: Any) -> bytes:
        return self._counted(self._file.readline(*args))

    def readinto(self, buffer: Any) -> int:
        count = int(self._file.readinto(buffer))
        self._received += count
        return count

    def close(self) -> None:
        self._file.close()
        if not self._told:
            self._told = True
            self._end(self._received)

    def _counted(self, data: bytes) -> bytes:
        self._received += len(data)
        return data


def _tell_when_read(answer: Any, end: Callable[[int], None]) -> None:
    """`answer`: http.client's, below urllib3's."""
    if answer.fp is None:
        end(0)
    else:
        answer.fp = _Counting(answer.fp, end)
