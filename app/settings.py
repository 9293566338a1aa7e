"""The user's settings: values by key, known at once, saved by the store.

Reading never waits: until the store has answered, a setting has its default (or what `window.json` says for
those that the first paint needs).
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

OFFLINE = "network.offline"
"""The one switch for the whole program; `app.window.offline_switch` publishes it to its processes."""
DEFAULTS: dict[str, Any] = {
    "appearance.theme": "system",
    "appearance.language": "system",
    "appearance.size_step": 0,
    "appearance.reduced_motion": False,
    "appearance.menu_bar": False,
    "chat.send_key": "enter",
    "chat.follow": True,
    "chat.auto_title": True,
    "engine.n_threads": 0,
    "engine.n_ctx": 0,
    "engine.idle_minutes": 0,
    "models.folders": [],
    "models.left_out": [],
    "models.columns": "",
    "keyboard.shortcuts": {},
    OFFLINE: False,
    "network.update_address": "",
    "server.port": 8411,
    "server.slots": 4,
}
"""Every setting there is. JSON values; the type of the default is the type of the setting."""


class SettingsBackend(Protocol):
    """Where settings are kept. Both calls return at once; `done` comes on the GUI thread."""

    def load(self, done: Callable[[Mapping[str, Any]], None]) -> None: ...

    def save(self, key: str, value: Any) -> None: ...


class AppSettings(QObject):
    """GUI thread only."""

    changed = Signal(str)

    def __init__(self, initial: Mapping[str, Any] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values = dict(DEFAULTS)
        self._backend: SettingsBackend | None = None
        self._unsaved: set[str] = set()
        for key, value in (initial or {}).items():
            self._take(key, value)

    def value(self, key: str) -> Any:
        """Raises `KeyError` for a key that is not in `DEFAULTS`."""
        return self._values[key]

    def is_default(self, key: str) -> bool:
        return bool(self._values[key] == DEFAULTS[key])

    def set_value(self, key: str, value: Any) -> None:
        """Take effect, tell, save. Raises `TypeError` for a value of another type than the default's."""
        if type(value) is not type(DEFAULTS[key]):
            raise TypeError(f"{key} must be {type(DEFAULTS[key]).__name__}, not {type(value).__name__}")
        if value == self._values[key]:
            return
        self._values[key] = value
        if self._backend is None:
            self._unsaved.add(key)
        else:
            self._backend.save(key, value)
        self.changed.emit(key)

    def reset(self, key: str) -> None:
        self.set_value(key, DEFAULTS[key])

    def values(self) -> dict[str, Any]:
        """All of them, as a copy."""
        return dict(self._values)

    def attach(self, backend: SettingsBackend) -> None:
        """Read what is saved; what was changed meanwhile wins and is saved now."""
        self._backend = backend
        for key in self._unsaved:
            backend.save(key, self._values[key])
        backend.load(self._loaded)

    def adopt(self, saved: Mapping[str, Any]) -> None:
        """Take over values that were saved elsewhere; those that do not fit are ignored."""
        for key, value in saved.items():
            if self._take(key, value):
                self.changed.emit(key)

    def _loaded(self, saved: Mapping[str, Any]) -> None:
        self.adopt({key: value for key, value in saved.items() if key not in self._unsaved})
        self._unsaved.clear()

    def _take(self, key: str, value: Any) -> bool:
        """Adopt a value from outside if it fits; whether it changed anything."""
        if key not in DEFAULTS or type(value) is not type(DEFAULTS[key]) or value == self._values[key]:
            return False
        self._values[key] = value
        return True
