"""The library huggingface_hub, set up so that it keeps to what Lathe says; its errors in plain words.

Only processes that were started to ask a hub import this.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from engine.errors import UserError
from engine.hub.token import read_token
from engine.network.ledger import Purpose
from engine.network.offline import require_online
from engine.network.reasons import reason_of as reason_said
from engine.network.watching import watch
from engine.store.home import lathe_home

if TYPE_CHECKING:
    import httpx2

TIMEOUT_S = 20.0
"""How long a server may be silent."""
_REASONS = {
    "RemoteProtocolError": "it was closed before everything was sent",
    "ReadTimeout": f"it sent nothing for {TIMEOUT_S:.0f} seconds",
    "ConnectTimeout": f"it did not answer within {TIMEOUT_S:.0f} seconds",
    "PoolTimeout": f"it did not answer within {TIMEOUT_S:.0f} seconds",
}


class Connection:
    """One hub, with the key that is kept for it. `token` False: send none, whatever other programs keep.

    Every request is noted in the network ledger with `purpose` and `repo`. Raises `UserError`
    network.offline.
    """

    def __init__(self, endpoint: str, purpose: Purpose, repo: str = "") -> None:
        require_online(lathe_home(), endpoint)
        # Read when the library is imported. Whether the network may be used was asked before this job.
        os.environ["HF_HUB_OFFLINE"] = "0"
        os.environ.setdefault("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        from huggingface_hub import HfApi, constants, set_client_factory  # noqa: PLC0415

        # Else the library asks its own hub which programs to look for in the environment, and tells what it
        # found to every hub. The variable above is too late where the library was imported before.
        constants.HF_HUB_DISABLE_TELEMETRY = True
        set_client_factory(partial(_client, purpose, repo))
        self.endpoint = endpoint
        self.token: str | bool = read_token(endpoint) or False
        self.api: HfApi = HfApi(endpoint=endpoint, token=self.token, library_name="lathe")

    def headers(self) -> dict[str, str]:
        """What goes with a request of Lathe's own."""
        headers: dict[str, str] = _utils().build_hf_headers(token=self.token, library_name="lathe")
        return headers | {"Accept-Encoding": "identity"}

    def check(self, answer: "httpx2.Response") -> None:
        """Raises the library's error where the answer is a refusal: ask inside `asking`."""
        _utils().hf_raise_for_status(answer)

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).netloc

    @contextmanager
    def asking(self, repo: str = "", revision: str = "") -> Iterator[None]:
        """Turns what goes wrong on the way into `UserError` hub.*."""
        try:
            yield
        except UserError:
            raise
        except Exception as error:
            known = self._meaning(error, repo, revision)
            if known is None:
                raise
            raise known from error

    def _meaning(self, error: Exception, repo: str, revision: str) -> UserError | None:
        from httpx2 import HTTPError, InvalidURL  # noqa: PLC0415
        from huggingface_hub import errors  # noqa: PLC0415
        from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

        if isinstance(error, errors.HfHubHTTPError):
            return self._refusal(error, repo, revision)
        if isinstance(error, HFValidationError):
            return UserError("hub.name", name=repo[:120])
        if isinstance(error, (HTTPError, InvalidURL)):
            return UserError("hub.unreachable", host=self.host, reason=reason_of(error))
        if isinstance(error, (ValueError, KeyError, TypeError, AttributeError)):
            return UserError("hub.answer", host=self.host)
        return None

    def _refusal(self, error: Any, repo: str, revision: str) -> UserError:
        """By the kind of error that the library made of the answer, then by its number."""
        from huggingface_hub import errors  # noqa: PLC0415

        response = error.response
        status = response.status_code if response is not None else 0
        said = response.headers.get("X-Error-Message", "") if response is not None else ""
        if status == 401 and (self.token or "Invalid" in said):
            return UserError("hub.token", host=self.host)
        if isinstance(error, errors.RevisionNotFoundError):
            return UserError("hub.no_revision", repo=repo, revision=revision)
        if status == 429:
            return UserError("hub.busy", host=self.host, wait=_wait(response))
        return self._refusal_of(_kind(error, errors, status), repo, status)

    def _refusal_of(self, code: str, repo: str, status: int) -> UserError:
        address = f"{self.endpoint}/{repo}"
        return UserError(code, repo=repo or self.host, host=self.host, address=address, status=status)


def _kind(error: Any, errors: Any, status: int) -> str:
    if isinstance(error, errors.GatedRepoError):
        return "hub.gated"
    if isinstance(error, errors.EntryNotFoundError):
        return "hub.file_gone"
    if isinstance(error, errors.RepositoryNotFoundError) or status in (401, 404):
        return "hub.no_repo"
    return "hub.forbidden" if status == 403 else "hub.failed"


def _client(purpose: Purpose, repo: str) -> "httpx2.Client":
    """The library's own client waits forever for some answers."""
    import httpx2  # noqa: PLC0415
    from huggingface_hub.utils._http import hf_request_event_hook  # noqa: PLC0415

    def limit(request: httpx2.Request) -> None:
        known = request.extensions.get("timeout") or {}
        names = ("connect", "read", "write", "pool")
        request.extensions["timeout"] = {name: known.get(name) or TIMEOUT_S for name in names}

    hooks: dict[str, list[Any]] = {"request": [hf_request_event_hook, limit]}
    client = httpx2.Client(event_hooks=hooks, follow_redirects=True, timeout=TIMEOUT_S)
    watch(client, lathe_home(), purpose, repo)
    return client


def reason_of(error: Exception) -> str:
    """A sentence's part: what the system or the library says about a connection."""
    known = _REASONS.get(type(error).__name__)
    if known:
        return known
    return reason_said(error)


def _utils() -> Any:
    """What the library exports without saying so."""
    from huggingface_hub import utils  # noqa: PLC0415

    return utils


def _wait(response: Any) -> str:
    """What the server says about when to come back."""
    seconds = response.headers.get("Retry-After", "")
    if not seconds.isdecimal():
        limit = _utils().parse_ratelimit_headers(response.headers)
        seconds = str(limit.reset_in_seconds) if limit is not None else ""
    return f"{seconds} seconds" if seconds else "some minutes"
