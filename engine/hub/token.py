"""The user's key for a hub, in the system's keyring: never in the database, a file, a job or a log.

A key is kept for one address and goes to no other: a mirror does not get the key of the public hub.
"""

import os

import keyring
import keyring.errors

from engine.errors import UserError
from engine.hub.settings import HubSettings

_SERVICE = "lathe-hub"
VARIABLE = "HF_TOKEN"


def read_token(endpoint: str) -> str:
    """The stored key of this address, else HF_TOKEN for the address that the environment names, else ""."""
    try:
        stored = keyring.get_password(_SERVICE, endpoint)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        stored = None
    if stored:
        return stored
    return os.environ.get(VARIABLE, "") if endpoint == HubSettings().address() else ""


def write_token(endpoint: str, token: str) -> None:
    """Keep a key; an empty one removes it. Raises `UserError` hub.no_keyring."""
    try:
        if token:
            keyring.set_password(_SERVICE, endpoint, token)
        elif keyring.get_password(_SERVICE, endpoint) is not None:
            keyring.delete_password(_SERVICE, endpoint)
    except (keyring.errors.KeyringError, OSError, RuntimeError) as error:
        if not token:
            return
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UserError("hub.no_keyring", reason=reason.rstrip(".")) from None
