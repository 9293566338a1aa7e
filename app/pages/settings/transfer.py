"""Settings to a file and back, and back to their defaults; all of it can be undone."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.commands.registry import CommandRegistry
from app.pages.settings.host import SettingsHost
from app.pages.settings.rows import Row
from app.pages.settings.specs import APPEARANCE, CHAT, ENGINE, NETWORK, UPDATES
from app.pages.settings.work import Work
from app.settings import DEFAULTS, AppSettings
from app.settings_file import MAX_CHARS, Imported, NotSettings, from_text, to_text
from engine.errors import UserError

KEYS = "keyboard.shortcuts"
UNREADABLE = "settings.unreadable"


class TransferRow(Row):
    """Three buttons."""

    def __init__(
        self, export: Callable[[], object], load: Callable[[], object], reset: Callable[[], object]
    ) -> None:
        super().__init__(
            QCoreApplication.translate("Settings", "Export, import, reset"),
            QCoreApplication.translate(
                "Settings",
                "As a JSON file, for another machine. Keys and tokens are in the system's "
                "keyring and never in "
                "this file.",
            ),
        )
        for text, action in (
            (self.tr("Export settings…"), export),
            (self.tr("Import settings…"), load),
            (self.tr("Reset all"), reset),
        ):
            button = QPushButton(text)
            button.setProperty("kind", "ghost")
            button.clicked.connect(lambda _checked, run=action: run())
            self.row.addWidget(button)


class SettingsTransfer(QObject):
    """What its buttons do."""

    def __init__(
        self, settings: AppSettings, registry: CommandRegistry, host: SettingsHost, page: QWidget
    ) -> None:
        super().__init__(page)
        self._settings, self._registry, self._host, self._page = settings, registry, host, page
        self._work = Work(self)

    def choose_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self._page,
            self.tr("Export settings"),
            str(Path.home() / "lathe-settings.json"),
            self.tr("Settings (*.json)"),
        )
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        text = to_text(self._settings.values())

        def done(_count: int) -> None:
            self._host.show_toast(self.tr("Settings exported to {file}").format(file=path.name))

        self._work.run(
            lambda: path.write_text(text, encoding="utf-8"), done, lambda error: self._failed(path, error)
        )

    def choose_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Import settings"), str(Path.home()), self.tr("Settings (*.json)")
        )
        if path:
            self.load(Path(path))

    def load(self, path: Path) -> None:
        self._work.run(
            lambda: from_text(_read(path)),
            self._take,
            lambda error: self._failed(path, error),
        )

    def reset(self, keys: Iterable[str]) -> None:
        """Back to the defaults; can be undone."""
        self._apply({key: DEFAULTS[key] for key in keys}, self.tr("Settings are back at their defaults."))

    def _take(self, found: Imported) -> None:
        self._host.settle_error(UNREADABLE)
        values, refused = _in_range(found.values)
        ignored = len(found.ignored) + refused
        text = self.tr("%n setting(s) imported.", None, len(values))
        if ignored:
            left_out = self.tr("%n left out: not known here, or not fitting.", None, ignored)
            text = f"{text} {left_out}"
        self._apply(values, text)

    def _apply(self, values: Mapping[str, Any], text: str) -> None:
        before = {key: self._settings.value(key) for key in values}
        self._set(values)
        self._host.show_toast(text, self.tr("Undo"), lambda: self._set(before))

    def _set(self, values: Mapping[str, Any]) -> None:
        for key, value in values.items():
            self._settings.set_value(key, value)
            if key == KEYS:
                self._registry.set_overrides(value)

    def _failed(self, path: Path, error: Exception) -> None:
        reason = ""
        if isinstance(error, NotSettings):
            reason = str(error)
        elif isinstance(error, UnicodeDecodeError):
            reason = "it is no text"
        elif isinstance(error, OSError):
            reason = error.strerror or str(error)
        if reason:
            self._host.show_error(UserError(UNREADABLE, path=path, reason=reason))
        else:
            self._host.show_error(error)


def _in_range(values: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Those that the page would let one choose, and how many are not."""
    specs = {spec.key: spec for spec in (*APPEARANCE, *CHAT, *ENGINE, *NETWORK, *UPDATES)}
    kept: dict[str, Any] = {}
    for key, value in values.items():
        spec = specs.get(key)
        fits = (
            spec is None
            or spec.kind in ("switch", "text")
            or (spec.kind == "choice" and value in [choice for choice, _text in spec.choices])
            or (spec.kind == "number" and spec.minimum <= value <= spec.maximum)
        )
        if fits:
            kept[key] = value
    return kept, len(values) - len(kept)


def _read(path: Path) -> str:
    """Not more than settings can be; a file that an editor began with a mark of its encoding is fine."""
    with path.open(encoding="utf-8-sig") as file:
        return file.read(MAX_CHARS + 1)
