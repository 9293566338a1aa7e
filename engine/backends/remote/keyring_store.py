"""Keys of endpoints, in the system's keyring: never in the database, a file or a log."""

import os

import keyring
import keyring.errors

from engine.backends.remote.address import KEY_VARIABLE
from engine.errors import UserError

_SERVICE = "lathe-endpoint"


def read_key(endpoint_id: str) -> str:
    """The key of an endpoint, else `LATHE_ENDPOINT_KEY`, else "". Works without any keyring."""
    try:
        stored = keyring.get_password(_SERVICE, endpoint_id)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        stored = None
    return stored or os.environ.get(KEY_VARIABLE, "")


def write_key(endpoint_id: str, key: str) -> None:
    """Keep a key; an empty one removes it. Raises `UserError` endpoint.no_keyring."""
    if not key:
        delete_key(endpoint_id)
        return
    try:
        keyring.set_password(_SERVICE, endpoint_id, key)
    except (keyring.errors.KeyringError, OSError, RuntimeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UserError("endpoint.no_keyring", reason=reason.rstrip(".")) from None


def delete_key(endpoint_id: str) -> None:
    """Forget a key. Nothing happens where there is none, or no keyring."""
    try:
        keyring.delete_password(_SERVICE, endpoint_id)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return
