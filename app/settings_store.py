"""Keeps `AppSettings` in the database."""

from collections.abc import Callable, Mapping
from typing import Any

from app.bridge.background import StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.settings import DEFAULTS, AppSettings
from engine.store.database import Store
from engine.store.records import Change


class StoredSettings:
    """A `SettingsBackend`. Changes that other programs or other parts make arrive too."""

    def __init__(self, access: StoreAccess, bridge: EngineBridge, settings: AppSettings) -> None:
        self._access = access
        self._settings = settings
        bridge.store_changed.connect(self._changed)

    def load(self, done: Callable[[Mapping[str, Any]], None]) -> None:
        self._access.run(_read_all, done)

    def save(self, key: str, value: Any) -> None:
        self._access.run(lambda store: store.settings.set(key, value))

    def _changed(self, change: Change) -> None:
        if change.area == "settings" and any(key in DEFAULTS for key in change.ids):
            self.load(self._settings.adopt)


def _read_all(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in DEFAULTS:
        value: Any = store.settings.get(key, None)
        if value is not None:
            found[key] = value
    return found
