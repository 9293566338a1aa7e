"""The commands of the program: pages, palette, settings, help, theme."""

from collections.abc import Callable

from app.commands.registry import CommandSpec
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.shell import Shell
from app.widgets.folders import show_folder
from app.window.shell_commands import FILE, GO, HELP, VIEW


def register_app_commands(
    shell: Shell, show_about: Callable[[], object], open_help: Callable[[], object]
) -> None:
    """Everything that needs the shell but no database."""
    window, palette, settings = shell.window, shell.palette, shell.settings

    def show_home() -> None:
        show_folder(shell.home, window.show_toast)

    def theme(mode: str) -> Callable[[], object]:
        return lambda: settings.set_value("appearance.theme", mode)

    commands: list[tuple[CommandSpec, Callable[[], object]]] = [
        (
            CommandSpec(
                "palette.commands",
                QT_TRANSLATE_NOOP("Commands", "Command palette"),
                "Ctrl+Shift+P",
                VIEW,
                icon="command",
                in_palette=False,
            ),
            lambda: palette.open_with("commands"),
        ),
        (
            CommandSpec(
                "palette.chats",
                QT_TRANSLATE_NOOP("Commands", "Go to a chat"),
                "Ctrl+K",
                GO,
                lambda: palette.has_provider("chats"),
                icon="message-square-text",
            ),
            lambda: palette.open_with("chats"),
        ),
        (
            CommandSpec(
                "app.settings", QT_TRANSLATE_NOOP("Commands", "Settings"), "Ctrl+,", FILE, icon="settings"
            ),
            lambda: window.show_page("settings"),
        ),
        (
            CommandSpec(
                "app.home_folder",
                QT_TRANSLATE_NOOP("Commands", "Open the home folder"),
                "",
                FILE,
                icon="folder-open",
            ),
            show_home,
        ),
        (
            CommandSpec("theme.dark", QT_TRANSLATE_NOOP("Commands", "Dark theme"), "", VIEW, icon="moon"),
            theme("dark"),
        ),
        (
            CommandSpec("theme.light", QT_TRANSLATE_NOOP("Commands", "Light theme"), "", VIEW, icon="sun"),
            theme("light"),
        ),
        (
            CommandSpec(
                "theme.system",
                QT_TRANSLATE_NOOP("Commands", "Theme like the desktop"),
                "",
                VIEW,
                icon="sun-moon",
            ),
            theme("system"),
        ),
        (
            CommandSpec("help.open", QT_TRANSLATE_NOOP("Commands", "Help"), "F1", HELP, icon="circle-help"),
            open_help,
        ),
        (
            CommandSpec("help.about", QT_TRANSLATE_NOOP("Commands", "About Lathe"), "", HELP, icon="info"),
            show_about,
        ),
    ]
    for spec, handler in commands:
        shell.registry.register(spec, handler)


PAGE_TITLES = {
    "chat": QT_TRANSLATE_NOOP("Commands", "Go to Chat"),
    "inspect": QT_TRANSLATE_NOOP("Commands", "Go to Inspect"),
    "benchmarks": QT_TRANSLATE_NOOP("Commands", "Go to Throughput and benchmarks"),
    "data": QT_TRANSLATE_NOOP("Commands", "Go to Data"),
    "finetune": QT_TRANSLATE_NOOP("Commands", "Go to Fine-tune"),
    "quantize": QT_TRANSLATE_NOOP("Commands", "Go to Quantize"),
    "models": QT_TRANSLATE_NOOP("Commands", "Go to Models"),
}


def register_page_command(shell: Shell, page_id: str, number: int, icon_name: str) -> None:
    """Ctrl+1 and so on, named in the rail's tooltips."""
    keys = f"Ctrl+{number}"
    spec = CommandSpec(f"go.{page_id}", PAGE_TITLES[page_id], keys, GO, icon=icon_name)
    shell.registry.register(spec, lambda: shell.window.show_page(page_id))
    shell.window.rail.set_keys(page_id, keys)
