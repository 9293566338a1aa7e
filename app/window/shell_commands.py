"""The commands of the window itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.commands.registry import CommandRegistry, CommandSpec
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.window.context_menu import open_context_menu
from app.window.regions import Region

if TYPE_CHECKING:
    from app.main_window import MainWindow

FILE = QT_TRANSLATE_NOOP("Commands", "File")
CHAT = QT_TRANSLATE_NOOP("Commands", "Chat")
EDIT = QT_TRANSLATE_NOOP("Commands", "Edit")
INSPECT = QT_TRANSLATE_NOOP("Commands", "Inspect")
VIEW = QT_TRANSLATE_NOOP("Commands", "View")
MODEL = QT_TRANSLATE_NOOP("Commands", "Model")
GO = QT_TRANSLATE_NOOP("Commands", "Go")
HELP = QT_TRANSLATE_NOOP("Commands", "Help")

CATEGORY_ORDER = (FILE, EDIT, CHAT, MODEL, INSPECT, VIEW, GO, HELP)

REGION_SPECS: dict[Region, CommandSpec] = {
    "navigator": CommandSpec(
        "view.navigator",
        QT_TRANSLATE_NOOP("Commands", "Show the navigator"),
        "Ctrl+B",
        VIEW,
        icon="panel-left",
        checkable=True,
    ),
    "inspector": CommandSpec(
        "view.inspector",
        QT_TRANSLATE_NOOP("Commands", "Show the inspector"),
        "Ctrl+Alt+B",
        VIEW,
        icon="panel-right",
        checkable=True,
    ),
    "bottom": CommandSpec(
        "view.bottom",
        QT_TRANSLATE_NOOP("Commands", "Show the bottom panel"),
        "Ctrl+J",
        VIEW,
        icon="panel-bottom",
        checkable=True,
    ),
}


def register_shell_commands(registry: CommandRegistry, window: "MainWindow") -> None:
    """Everything that works without a page."""
    for region, spec in REGION_SPECS.items():
        registry.register(spec, _toggler(window, region), checked=window.regions.is_open(region))
    simple: list[tuple[CommandSpec, Callable[[], object]]] = [
        (
            CommandSpec(
                "view.next_region",
                QT_TRANSLATE_NOOP("Commands", "Move to the next region"),
                "F6",
                VIEW,
                icon="arrow-right",
            ),
            lambda: window.focus_next_region(1),
        ),
        (
            CommandSpec(
                "view.previous_region",
                QT_TRANSLATE_NOOP("Commands", "Move to the previous region"),
                "Shift+F6",
                VIEW,
                icon="arrow-left",
            ),
            lambda: window.focus_next_region(-1),
        ),
        (
            CommandSpec(
                "view.notification",
                QT_TRANSLATE_NOOP("Commands", "Move to the notification"),
                "F8",
                VIEW,
                icon="bell",
                enabled_when=window.has_notification,
            ),
            window.focus_notification,
        ),
        (
            CommandSpec(
                "view.full_screen",
                QT_TRANSLATE_NOOP("Commands", "Full screen"),
                "F11",
                VIEW,
                icon="maximize",
                checkable=True,
            ),
            window.toggle_full_screen,
        ),
        (
            CommandSpec(
                "view.menu",
                QT_TRANSLATE_NOOP("Commands", "Open the menu"),
                "F10",
                VIEW,
                icon="list",
                in_menu=False,
                in_palette=False,
            ),
            window.open_menu,
        ),
        (
            CommandSpec(
                "view.context_menu",
                QT_TRANSLATE_NOOP("Commands", "Open the menu of what has the keyboard"),
                "Shift+F10",
                VIEW,
                icon="list",
                in_menu=False,
                in_palette=False,
            ),
            open_context_menu,
        ),
        (
            CommandSpec("app.quit", QT_TRANSLATE_NOOP("Commands", "Quit"), "Ctrl+Q", FILE, icon="log-out"),
            window.close,
        ),
    ]
    for spec, handler in simple:
        registry.register(spec, handler)


def _toggler(window: "MainWindow", region: Region) -> Callable[[], object]:
    return lambda: window.toggle_region(region)
