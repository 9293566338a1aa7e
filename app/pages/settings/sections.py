"""What stands on the settings page, section by section."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.commands.registry import CommandRegistry
from app.i18n.translator import available
from app.pages.settings.data_rows import Freeing, HomeRow, PartRow, Sizes
from app.pages.settings.folder_rows import KEY as FOLDERS_KEY
from app.pages.settings.folder_rows import FoldersRow
from app.pages.settings.help_rows import HelpActions, help_rows
from app.pages.settings.home_actions import HomeActions
from app.pages.settings.home_rows import BackupRow, OldCopyRow, RestoreRow
from app.pages.settings.host import SettingsHost
from app.pages.settings.keyboard_rows import ShortcutRow
from app.pages.settings.network_rows import ADDRESS_KEY, LedgerRow, UpdateRow, privacy_rows
from app.pages.settings.part_words import part_ids
from app.pages.settings.places_row import KEY as PLACES_KEY
from app.pages.settings.places_row import PlacesRow
from app.pages.settings.rows import Row, SettingRow
from app.pages.settings.section import Section
from app.pages.settings.specs import APPEARANCE, CHAT, ENGINE, NETWORK, UPDATES, SettingSpec
from app.pages.settings.transfer import TransferRow
from app.settings import AppSettings
from app.theme.theme import Theme


class SectionParts(NamedTuple):
    """What sections are made of. `transfer`: exporting, importing and resetting."""

    settings: AppSettings
    registry: CommandRegistry
    theme: Theme
    home: Path
    host: SettingsHost
    sizes: Sizes
    home_actions: HomeActions
    help_actions: HelpActions
    freeing: Freeing
    export: Callable[[], object]
    load: Callable[[], object]
    reset_all: Callable[[], object]


def build_sections(parts: SectionParts) -> list[Section]:
    """All sections, in the order of the page."""

    def rows(specs: tuple[SettingSpec, ...]) -> list[Row]:
        return [SettingRow(spec, parts.settings, parts.theme) for spec in specs]

    def keys(specs: tuple[SettingSpec, ...]) -> tuple[str, ...]:
        return tuple(spec.key for spec in specs)

    return [
        Section(
            "appearance",
            QCoreApplication.translate("Settings", "Appearance"),
            rows(_with_languages(APPEARANCE)),
            keys(APPEARANCE),
        ),
        Section("chat", QCoreApplication.translate("Settings", "Chat"), rows(CHAT), keys(CHAT)),
        Section("engine", QCoreApplication.translate("Settings", "Engine"), rows(ENGINE), keys(ENGINE)),
        Section(
            "models",
            QCoreApplication.translate("Settings", "Models"),
            [FoldersRow(parts.settings), PlacesRow(parts.settings, parts.theme)],
            (FOLDERS_KEY, PLACES_KEY),
        ),
        Section(
            "privacy",
            QCoreApplication.translate("Settings", "Privacy and network"),
            [
                *rows(NETWORK),
                LedgerRow(parts.home, parts.theme),
                UpdateRow(parts.settings, parts.host),
                *rows(UPDATES),
                *privacy_rows(),
            ],
            (*keys(NETWORK), ADDRESS_KEY),
        ),
        Section("data", QCoreApplication.translate("Settings", "Data"), _data(parts)),
        Section(
            "help",
            QCoreApplication.translate("Settings", "When something is wrong"),
            help_rows(parts.help_actions),
        ),
        Section(
            "transfer",
            QCoreApplication.translate("Settings", "These settings"),
            [TransferRow(parts.export, parts.load, parts.reset_all)],
        ),
        Section(
            "keyboard",
            QCoreApplication.translate("Settings", "Keyboard"),
            _keyboard(parts.registry),
            ("keyboard.shortcuts",),
        ),
    ]


def _with_languages(specs: tuple[SettingSpec, ...]) -> tuple[SettingSpec, ...]:
    """The same, with only those languages to choose that are installed."""
    there = {"system", *available()}
    return tuple(
        replace(spec, choices=tuple(choice for choice in spec.choices if choice[0] in there))
        if spec.key == "appearance.language"
        else spec
        for spec in specs
    )


def _data(parts: SectionParts) -> list[Row]:
    actions, sizes = parts.home_actions, parts.sizes
    home = HomeRow(parts.home, sizes, parts.host.show_toast)
    home.move_requested.connect(actions.choose_target)
    backup = BackupRow(actions)
    rows: list[Row] = [home, OldCopyRow(parts.home, actions), backup, RestoreRow(actions)]
    for part in part_ids():
        row = PartRow(part, sizes)
        row.free_requested.connect(parts.freeing.ask)
        rows.append(row)
    return rows


def _keyboard(registry: CommandRegistry) -> list[Row]:
    ids = sorted(
        (spec.id for spec in registry), key=lambda one: (registry.category(one), registry.title(one))
    )
    return [ShortcutRow(command, registry) for command in ids]
