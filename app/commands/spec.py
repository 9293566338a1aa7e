"""What a command is: a value, known before anything can carry it out."""

from collections.abc import Callable
from dataclasses import dataclass

CONTEXT = "Commands"
"""Translation context of titles and categories: mark them with `QT_TRANSLATE_NOOP("Commands", "…")`."""


@dataclass(frozen=True)
class CommandSpec:
    """One action of the program, shared by menus, buttons, palette and shortcuts.

    `id` is stable ("chat.new"); `title` and `category` are English source texts, translated by the registry.
    `shortcut` is portable key text ("Ctrl+Shift+P"), empty for none. `icon` is a lucide name.
    `spare_key` runs the command where nothing with the keyboard has a use for that key ("Esc").
    `enabled_when` is asked on `CommandRegistry.refresh`; a command without it is always there.
    """

    id: str
    title: str
    shortcut: str = ""
    category: str = "General"
    enabled_when: Callable[[], bool] | None = None
    icon: str = ""
    checkable: bool = False
    in_palette: bool = True
    in_menu: bool = True
    spare_key: str = ""
