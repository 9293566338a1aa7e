"""What stands where the pages would be while the database cannot be opened."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.i18n.errors import describe
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.folders import ShowToast, show_folder
from app.widgets.text_button import TextButton
from engine.errors import UserError


def closed_database(
    error: Exception, home: Path, theme: Theme, again: Callable[[], None], show_toast: ShowToast
) -> EmptyState:
    """Says why, what to do, leads to the folder, and tries again. Bugs are reported elsewhere: here is only
    the fact.
    """
    translate = QCoreApplication.translate
    text = translate("ClosedDatabase", "Settings and help work without it.")
    if isinstance(error, UserError):
        told = describe(error)
        text = f"{told.message} {told.hint}\n{text}"
    state = EmptyState(
        "database",
        translate("ClosedDatabase", "The chats cannot be opened"),
        text,
        theme,
        action_text=translate("ClosedDatabase", "Try again"),
        action_icon="refresh-cw",
    )
    folder = TextButton(translate("ClosedDatabase", "Open the folder"), theme, icon_name="folder-open")
    folder.clicked.connect(lambda: show_folder(home, show_toast))
    state.add_action(folder)
    state.setProperty("surface", "canvas")
    state.action_requested.connect(again)
    return state
