"""What stands on the settings page, section by section."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.commands.registry import CommandRegistry
from app.i18n.translator import available
from app.pages.settings.data_rows import HomeRow, SizeRow, Sizes
from app.pages.settings.folder_rows import FoldersRow
from app.pages.settings.keyboard_rows import ShortcutRow
from app.pages.settings.rows import Row, SettingRow
from app.pages.settings.section import Section
from app.pages.settings.specs import APPEARANCE, CHAT, ENGINE, SettingSpec
from app.settings import AppSettings
from app.theme.theme import Theme


def build_sections(
    settings: AppSettings, registry: CommandRegistry, theme: Theme, home: Path, sizes: Sizes
) -> list[Section]:
    """All sections, in the order of the page."""

    def rows(specs: tuple[SettingSpec, ...]) -> list[Row]:
        return [SettingRow(spec, settings, theme) for spec in specs]

    return [
        Section(
            "appearance",
            QCoreApplication.translate("Settings", "Appearance"),
            rows(_with_languages(APPEARANCE)),
        ),
        Section("chat", QCoreApplication.translate("Settings", "Chat"), rows(CHAT)),
        Section("engine", QCoreApplication.translate("Settings", "Engine"), rows(ENGINE)),
        Section("models", QCoreApplication.translate("Settings", "Models"), [FoldersRow(settings)]),
        Section("data", QCoreApplication.translate("Settings", "Data"), _data(home, sizes)),
        Section("keyboard", QCoreApplication.translate("Settings", "Keyboard"), _keyboard(registry)),
        Section("privacy", QCoreApplication.translate("Settings", "Privacy"), _privacy()),
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


def _data(home: Path, sizes: Sizes) -> list[Row]:
    return [
        HomeRow(home),
        SizeRow(
            "database",
            QCoreApplication.translate("Settings", "Chats and settings"),
            QCoreApplication.translate(
                "Settings", "The database lathe.db: every message, version, preset and benchmark."
            ),
            sizes,
        ),
        SizeRow(
            "states",
            QCoreApplication.translate("Settings", "Saved model states"),
            QCoreApplication.translate(
                "Settings", "Lets a reopened chat answer without reading it all again. Safe to delete."
            ),
            sizes,
        ),
        SizeRow(
            "snapshots",
            QCoreApplication.translate("Settings", "Snapshots"),
            QCoreApplication.translate(
                "Settings",
                "Copies of the database from before each change of its layout; the newest five are kept.",
            ),
            sizes,
        ),
        SizeRow(
            "logs",
            QCoreApplication.translate("Settings", "Logs and reports"),
            QCoreApplication.translate(
                "Settings", "What the window and the engine wrote about themselves. Safe to delete."
            ),
            sizes,
        ),
    ]


def _keyboard(registry: CommandRegistry) -> list[Row]:
    ids = sorted(
        (spec.id for spec in registry), key=lambda one: (registry.category(one), registry.title(one))
    )
    return [ShortcutRow(command, registry) for command in ids]


def _privacy() -> list[Row]:
    return [
        Row(
            QCoreApplication.translate("Settings", "Everything stays on this machine"),
            QCoreApplication.translate(
                "Settings",
                "Lathe has no account, no telemetry and no update check. Chats, logs and reports are files "
                "in the home folder. Only endpoints that you add yourself are ever contacted.",
            ),
        ),
        Row(
            QCoreApplication.translate("Settings", "Messages cannot load anything"),
            QCoreApplication.translate(
                "Settings",
                "Showing a message never fetches pictures, styles or scripts. Links are shown in full and "
                "opened only after you say so.",
            ),
        ),
        Row(
            QCoreApplication.translate("Settings", "Keys of endpoints"),
            QCoreApplication.translate(
                "Settings", "Kept in the keyring of the system, never in the database, in logs or in exports."
            ),
        ),
    ]
