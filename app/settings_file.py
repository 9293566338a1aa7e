"""Settings as a file that can be carried to another machine: plain JSON, without keys and tokens, which are
in the system's keyring and no settings.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.settings import DEFAULTS

FORMAT = 1
_FORMAT_KEY = "lathe_settings"
MAX_CHARS = 1 << 20


class Imported(NamedTuple):
    """`ignored`: keys that are no settings here, or whose values do not fit."""

    values: dict[str, Any]
    ignored: list[str]


class NotSettings(ValueError):
    """The text is no file of settings; the argument says why."""


def to_text(values: Mapping[str, Any]) -> str:
    """What `from_text` reads."""
    kept = {key: values[key] for key in sorted(DEFAULTS) if key in values}
    return json.dumps({_FORMAT_KEY: FORMAT, "values": kept}, indent=2, ensure_ascii=False) + "\n"


def from_text(text: str) -> Imported:
    """Only what fits is taken. Raises `NotSettings`."""
    if len(text) > MAX_CHARS:
        raise NotSettings("it is too long")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise NotSettings("it is not JSON") from None
    if not isinstance(found, dict) or _FORMAT_KEY not in found or not isinstance(found.get("values"), dict):
        raise NotSettings("it is some other JSON file")
    values, ignored = {}, []
    for key, value in found["values"].items():
        if key in DEFAULTS and _fits(value, DEFAULTS[key]):
            values[str(key)] = value
        else:
            ignored.append(str(key)[:80])
    return Imported(values, ignored)


def _fits(value: object, default: object) -> bool:
    if type(value) is not type(default):
        return False
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    if isinstance(value, dict):
        return all(isinstance(item, str) for item in value.values())
    return True
