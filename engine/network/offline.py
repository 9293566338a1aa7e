"""The switch “Work offline”, where every process of the program sees it.

The setting itself is in the database, which only the window has open all the time. Its value is published as
a file in the home folder: there, the program works offline. Connections look at it just before they are made,
so the switch counts at once in workers and jobs that run already.
"""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from engine.errors import UserError

VARIABLE = "LATHE_OFFLINE"
"""Set to 1, 0 or the like; 1 works offline whatever the setting is."""
FILE_NAME = "offline"
_NOTE = "While this file is here, Lathe makes no connections to other machines.\n"
_TRUE = frozenset({"1", "on", "yes", "true"})


def is_offline(home: Path, environment: Mapping[str, str] | None = None) -> bool:
    """Whether connections to other machines are refused. Looks at the disk."""
    return is_forced_offline(environment) or (home / FILE_NAME).exists()


def is_forced_offline(environment: Mapping[str, str] | None = None) -> bool:
    """Whether LATHE_OFFLINE says so, whatever the switch does."""
    known = os.environ if environment is None else environment
    return known.get(VARIABLE, "").lower() in _TRUE


def publish_offline(home: Path, offline: bool) -> None:
    """Make the switch known to every process. Raises `OSError`."""
    path = home / FILE_NAME
    if not offline:
        path.unlink(missing_ok=True)
    elif not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(_NOTE, encoding="utf-8")


def require_online(home: Path, address: str) -> None:
    """Before a connection to the host of `address` (a URL).

    This machine itself may always be asked. Raises `UserError` network.offline.
    """
    host = host_of(address)
    if not is_this_machine(host) and is_offline(home):
        raise UserError("network.offline", host=host)


def host_of(address: str) -> str:
    """Host and port, as far as the URL names them; never a user name or a key."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "?"
    name = parts.hostname or "?"
    return f"[{name}]{port}" if ":" in name else f"{name}{port}"


def is_this_machine(host: str) -> bool:
    """Whether a host, with or without a port, is a loopback address. Names other than localhost are not
    looked up.
    """
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
