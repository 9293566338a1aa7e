"""The address of an OpenAI-compatible server, as the user typed it and as it is used."""

from urllib.parse import urlsplit, urlunsplit

from engine.errors import UserError

KEY_VARIABLE = "LATHE_ENDPOINT_KEY"
"""Environment variable with a key, where there is no keyring."""

_API_PATH = "/v1"


def normal_base_url(text: str) -> str:
    """`http(s)://host[:port]/path` without a slash at the end; `/v1` where no path was given.

    A bare `host:port` is taken as http. Keys and queries do not belong into an address: it is stored and
    shown. Raises `UserError` endpoint.invalid_url.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        port = parts.port
    except ValueError:
        raise UserError("endpoint.invalid_url", url=typed) from None
    host = parts.hostname or ""
    sound = (
        parts.scheme in ("http", "https")
        and host
        and not parts.username
        and not parts.password
        and not parts.query
        and not parts.fragment
        and port != 0
        and not any(character.isspace() or ord(character) < 32 for character in typed)
    )
    if not sound:
        raise UserError("endpoint.invalid_url", url=_without_secrets(typed))
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}" if port is not None else shown
    return urlunsplit((parts.scheme, place, parts.path.rstrip("/") or _API_PATH, "", ""))


def _without_secrets(typed: str) -> str:
    """The part before a query, and without `user:password@`: this text goes into messages."""
    scheme, separator, rest = typed.partition("://")
    if not separator:
        scheme, rest = "", typed
    place, slash, path = rest.partition("/")
    place = place.rpartition("@")[2]
    return (scheme + separator + place + slash + path).partition("?")[0].partition("#")[0]
