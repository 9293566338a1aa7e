"""Which hub is asked."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from engine.errors import UserError

SETTING = "hub"
PUBLIC = "https://huggingface.co"
_TRUE = frozenset({"1", "on", "yes", "true"})


class HubSettings(Struct, frozen=True):
    """`endpoint` "": HF_ENDPOINT, else the public hub."""

    endpoint: str = ""

    def address(self, environment: Mapping[str, str] | None = None) -> str:
        """The address that is asked. Raises `UserError` hub.address."""
        known = os.environ if environment is None else environment
        return check_address(self.endpoint or known.get("HF_ENDPOINT", "") or PUBLIC)

    def reachable(self, environment: Mapping[str, str] | None = None) -> str:
        """The address to ask. Raises `UserError` hub.offline, hub.address.

        The switch “Work offline” is asked for by `engine.hub.connection`, just before a connection is made.
        """
        if is_hub_offline(environment):
            raise UserError("hub.offline")
        return self.address(environment)


def is_hub_offline(environment: Mapping[str, str] | None = None) -> bool:
    """Whether HF_HUB_OFFLINE is set, which other programs that ask hubs obey, too."""
    known = os.environ if environment is None else environment
    return known.get("HF_HUB_OFFLINE", "").lower() in _TRUE


def settings_from(stored: object) -> HubSettings:
    """As they were put into the database with `to_stored`; what cannot be read counts as not set."""
    try:
        return msgspec.convert(stored, HubSettings)
    except msgspec.ValidationError:
        return HubSettings()


def to_stored(settings: HubSettings) -> dict[str, object]:
    """For `store.settings.set(SETTING, …)`."""
    stored: dict[str, object] = msgspec.to_builtins(settings)
    return stored


def check_address(text: str) -> str:
    """An http(s) address without its last slash. Raises `UserError` hub.address."""
    address = text.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise UserError("hub.address", address=text[:200]) from None
    plain = not parts.query and not parts.fragment and parts.username is None
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise UserError("hub.address", address=text[:200])
    return address
