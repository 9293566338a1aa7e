"""Looking for a newer release, once, because somebody asked. Nothing is downloaded or installed."""

import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from engine.errors import UserError
from engine.network.offline import host_of, require_online
from engine.network.reasons import reason_of
from engine.network.watching import refusal_in, watch
from engine.protocol.updates import UpdateCheck, UpdateFound

DISTRIBUTION = "lathe-workbench"
_TIMEOUT_S = 15.0
_MAX_BYTES = 1 << 20
_REPOSITORY = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?$")
_VERSION = re.compile(r"v?(\d+(?:\.\d+){0,3})(?:[.-]?(a|b|rc|alpha|beta|dev)\.?(\d*))?", re.IGNORECASE)
_STAGES = {"dev": -4, "a": -3, "alpha": -3, "b": -2, "beta": -2, "rc": -1}


class _Release(Struct, frozen=True):
    """Of GitHub's answer, what is used."""

    tag_name: str
    html_url: str = ""
    published_at: str | None = None


def default_address() -> str:
    """GitHub's “latest release” of the project, if the installed package names its repository; else ""."""
    try:
        urls = metadata.metadata(DISTRIBUTION).get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return ""
    for each in urls:
        found = _REPOSITORY.search(str(each).partition(",")[2].strip())
        if found:
            return f"https://api.github.com/repos/{found[1]}/{found[2]}/releases/latest"
    return ""


def run_update_check(job: UpdateCheck, home: Path) -> UpdateFound:
    """Raises `UserError` update.*, network.offline."""
    import httpx2  # noqa: PLC0415 - only the process that asks

    if urlsplit(job.address).scheme not in ("http", "https"):
        raise UserError("update.no_address")
    require_online(home, job.address)
    host = host_of(job.address)
    with httpx2.Client(timeout=_TIMEOUT_S, follow_redirects=True, max_redirects=3) as client:
        # No description of this machine goes along.
        client.headers["User-Agent"] = "Lathe"
        watch(client, home, "update")
        try:
            with client.stream("GET", job.address, headers={"Accept": "application/json"}) as answer:
                if answer.status_code != httpx2.codes.OK:
                    raise UserError(
                        "update.unreachable", host=host, reason=f"it answers with {answer.status_code}"
                    )
                body = _read(answer.iter_bytes())
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            refusal = refusal_in(error)
            if refusal is not None:
                raise refusal from None
            raise UserError("update.unreachable", host=host, reason=reason_of(error)) from None
    return _found(body, job.current, host)


def is_newer(found: str, current: str) -> bool:
    """Whether a version comes after another; never where one of them is no version."""
    first, second = _ordered(found), _ordered(current)
    return first is not None and second is not None and first > second


def _found(body: bytes, current: str, host: str) -> UpdateFound:
    try:
        release = msgspec.json.decode(body, type=_Release)
    except msgspec.DecodeError:
        raise UserError("update.unreadable", host=host) from None
    version = release.tag_name.strip().removeprefix("v")
    if _ordered(version) is None:
        raise UserError("update.unreadable", host=host)
    page = release.html_url if urlsplit(release.html_url).scheme in ("http", "https") else ""
    return UpdateFound(version, page[:500], is_newer(version, current), (release.published_at or "")[:10])


def _read(chunks: Iterable[bytes]) -> bytes:
    body = b""
    for chunk in chunks:
        body += chunk
        if len(body) > _MAX_BYTES:
            return b""  # no answer about a release is that long
    return body


def _ordered(text: str) -> tuple[tuple[int, ...], int, int] | None:
    match = _VERSION.fullmatch(text.strip())
    if match is None or len(text) > 40:
        return None
    numbers = tuple(int(part) for part in match[1].split("."))
    stage = _STAGES[match[2].lower()] if match[2] else 0
    return (*numbers, 0, 0, 0)[:4], stage, int(match[3] or 0)
