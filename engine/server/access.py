"""Who may ask: requests to this machine's own address, with the token, and not from a web page elsewhere.

A page in a browser can send requests to 127.0.0.1, and by DNS rebinding under a name of its own. It cannot
forge the Host header's name being one of this machine's, cannot leave the Origin header out, and does not
know the token.
"""

import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL_NAMES = frozenset(("127.0.0.1", "localhost", "::1"))
OPEN_PATHS = frozenset(("/health",))


def host_name(header: str) -> str:
    """The name in a Host header, without port and brackets; "" for what is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def is_local_origin(origin: str) -> bool:
    """Whether a page from there is one of this machine."""
    try:
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and (parts.hostname or "").lower() in LOCAL_NAMES
    except ValueError:
        return False


class Guard:
    """ASGI middleware; answers what it refuses itself."""

    def __init__(self, app: App, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        elif refusal := self._refusal(scope):
            await _refuse(send, *refusal)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        """(status, code, sentence)."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if host_name(headers.get("host", "")) not in LOCAL_NAMES:
            return 403, "host_not_allowed", "This server answers under 127.0.0.1 and localhost only."
        origin = headers.get("origin")
        if origin is not None and not is_local_origin(origin):
            return 403, "origin_not_allowed", f"Pages of {origin} may not use this server."
        # A browser asks first, without the token, whether it may send one.
        if scope["path"] in OPEN_PATHS or scope["method"] == "OPTIONS":
            return None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), self._token):
            return 401, "invalid_api_key", "The token is missing or wrong. Lathe shows it beside the address."
        return None


async def _refuse(send: Send, status: int, code: str, sentence: str) -> None:
    error = {"message": sentence, "type": "invalid_request_error", "param": None, "code": code}
    body = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
