"""The article about keys, written from the registry of commands."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from app.commands.registry import CommandRegistry
from app.pages.help.articles import KEYS_ID, Article


def key_rows(registry: CommandRegistry) -> list[tuple[str, str, str]]:
    """(category, keys, what they do): the keys that are no commands, then every command that has keys."""
    general = QCoreApplication.translate("Help", "Writing and moving")
    rows = [
        (general, "Enter", QCoreApplication.translate("Help", "Send the message")),
        (general, "Shift+Enter", QCoreApplication.translate("Help", "New line in the message")),
        (general, "↑ ↓", QCoreApplication.translate("Help", "Move in lists, in the rail and in the palette")),
        (general, "← →", QCoreApplication.translate("Help", "Earlier and later version of the message")),
    ]
    commands = []
    for spec in registry:
        shortcut = registry.action(spec.id).shortcut()
        if not shortcut.isEmpty():
            keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
            commands.append((registry.category(spec.id), keys, registry.title(spec.id)))
    return rows + sorted(commands, key=lambda row: (row[0], row[2]))


def keys_article(registry: CommandRegistry) -> Article:
    """A table for each category."""
    head = QCoreApplication.translate("Help", "Keys")
    what = QCoreApplication.translate("Help", "What they do")
    parts = [QCoreApplication.translate("Help", "Every key can be changed under Settings, Keyboard.")]
    category = ""
    for group, keys, title in key_rows(registry):
        if group != category:
            category = group
            parts.append(f"\n## {group}\n\n| {head} | {what} |\n|---|---|")
        parts.append(f"| {_cell(keys)} | {_cell(title)} |")
    return Article(KEYS_ID, QCoreApplication.translate("Help", "Keyboard"), "start", "\n".join(parts))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
