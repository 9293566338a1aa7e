"""The commands of the chat page."""

from collections.abc import Callable

from app.commands.registry import CommandRegistry
from app.commands.spec import CommandSpec
from app.i18n.marks import QT_TRANSLATE_NOOP

_CHAT = QT_TRANSLATE_NOOP("Commands", "Chat")
_EDIT = QT_TRANSLATE_NOOP("Commands", "Edit")
_MODEL = QT_TRANSLATE_NOOP("Commands", "Model")
_FILE = QT_TRANSLATE_NOOP("Commands", "File")

_Entry = tuple[str, str, str, str, str]
"""Id, title, keys, category, icon."""

ALWAYS: tuple[_Entry, ...] = (
    ("chat.new", QT_TRANSLATE_NOOP("Commands", "New chat"), "Ctrl+N", _CHAT, "square-pen"),
    ("chat.search", QT_TRANSLATE_NOOP("Commands", "Find in all chats"), "Ctrl+Shift+F", _EDIT, "text-search"),
    ("chat.new_folder", QT_TRANSLATE_NOOP("Commands", "New folder"), "", _CHAT, "folder-plus"),
    ("chat.import", QT_TRANSLATE_NOOP("Commands", "Import chats…"), "", _FILE, "import"),
    ("model.pick", QT_TRANSLATE_NOOP("Commands", "Choose a model"), "Ctrl+L", _MODEL, "box"),
    ("model.open_file", QT_TRANSLATE_NOOP("Commands", "Open a model file…"), "Ctrl+O", _MODEL, "folder-open"),
    ("model.starter", QT_TRANSLATE_NOOP("Commands", "Load the starter model"), "", _MODEL, "play"),
)
ON_PAGE: tuple[_Entry, ...] = (
    ("chat.find", QT_TRANSLATE_NOOP("Commands", "Find in this chat"), "Ctrl+F", _EDIT, "search"),
    ("chat.focus", QT_TRANSLATE_NOOP("Commands", "Write a message"), "Ctrl+M", _CHAT, "text-cursor-input"),
    ("chat.attach", QT_TRANSLATE_NOOP("Commands", "Attach files…"), "Ctrl+Shift+A", _CHAT, "paperclip"),
    ("chat.next", QT_TRANSLATE_NOOP("Commands", "Next chat"), "Ctrl+PgDown", _CHAT, "arrow-down"),
    ("chat.previous", QT_TRANSLATE_NOOP("Commands", "Previous chat"), "Ctrl+PgUp", _CHAT, "arrow-up"),
)
WITH_CHAT: tuple[_Entry, ...] = (
    ("chat.rename", QT_TRANSLATE_NOOP("Commands", "Rename the chat"), "", _CHAT, "pencil"),
    ("chat.pin", QT_TRANSLATE_NOOP("Commands", "Pin or unpin the chat"), "", _CHAT, "pin"),
    ("chat.duplicate", QT_TRANSLATE_NOOP("Commands", "Duplicate the chat"), "", _CHAT, "copy"),
    ("chat.delete", QT_TRANSLATE_NOOP("Commands", "Delete the chat"), "", _CHAT, "trash-2"),
    ("chat.system", QT_TRANSLATE_NOOP("Commands", "System prompt"), "", _CHAT, "scroll-text"),
    ("chat.grammar", QT_TRANSLATE_NOOP("Commands", "Grammar or JSON schema"), "", _CHAT, "braces"),
)
WITH_MESSAGES: tuple[_Entry, ...] = (
    (
        "chat.regenerate",
        QT_TRANSLATE_NOOP("Commands", "Regenerate the reply"),
        "Ctrl+Return",
        _CHAT,
        "refresh-cw",
    ),
    (
        "chat.continue",
        QT_TRANSLATE_NOOP("Commands", "Continue the reply"),
        "Alt+Return",
        _CHAT,
        "step-forward",
    ),
    ("chat.edit_last", QT_TRANSLATE_NOOP("Commands", "Edit my last message"), "Ctrl+E", _CHAT, "pencil-line"),
    ("chat.clear", QT_TRANSLATE_NOOP("Commands", "Clear the chat"), "", _CHAT, "list-x"),
    ("chat.export", QT_TRANSLATE_NOOP("Commands", "Export the chat…"), "Ctrl+Shift+E", _FILE, "share"),
    ("chat.copy", QT_TRANSLATE_NOOP("Commands", "Copy the chat as Markdown"), "", _EDIT, "copy"),
)
WHILE_GENERATING: tuple[_Entry, ...] = (
    ("chat.stop", QT_TRANSLATE_NOOP("Commands", "Stop the reply"), "", _CHAT, "circle-stop"),
)
WITH_MODEL: tuple[_Entry, ...] = (
    ("model.unload", QT_TRANSLATE_NOOP("Commands", "Unload the model"), "", _MODEL, "power-off"),
)

Conditions = dict[str, Callable[[], bool]]


def register_chat_commands(
    registry: CommandRegistry, handlers: dict[str, Callable[[], object]], conditions: Conditions
) -> None:
    """Add every command. `conditions`: page, chat, messages, generating, model."""
    groups: tuple[tuple[tuple[_Entry, ...], Callable[[], bool] | None], ...] = (
        (ALWAYS, None),
        (ON_PAGE, conditions["page"]),
        (WITH_CHAT, conditions["chat"]),
        (WITH_MESSAGES, conditions["messages"]),
        (WHILE_GENERATING, conditions["generating"]),
        (WITH_MODEL, conditions["model"]),
    )
    for entries, condition in groups:
        for command, title, keys, category, icon_name in entries:
            spare = "Esc" if command == "chat.stop" else ""
            spec = CommandSpec(command, title, keys, category, condition, icon=icon_name, spare_key=spare)
            registry.register(spec, handlers[command])
