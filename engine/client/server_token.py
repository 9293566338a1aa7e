"""The token of the local server: one for this home, in a file that only its owner may read."""

import os
import secrets
from pathlib import Path

from engine.errors import UserError

_NAME = "server-token"


def server_token(home: Path, *, fresh: bool = False) -> str:
    """The token, made at the first use. `fresh`: another one, so that the old one opens nothing any more.

    Raises `UserError` store.unwritable.
    """
    path = home / _NAME
    try:
        known = "" if fresh else path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    return known or _write(path)


def _write(path: Path) -> str:
    token = secrets.token_urlsafe(24)
    partial = path.with_name(path.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token + "\n")
        partial.replace(path)
    except OSError as error:
        raise UserError("store.unwritable", path=path, reason=error.strerror or str(error)) from error
    return token
