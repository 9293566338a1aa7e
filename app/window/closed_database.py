"""What stands where the pages would be while the database cannot be opened."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from app.i18n.errors import describe
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from engine.errors import UserError


def closed_database(error: Exception, home: Path, theme: Theme) -> EmptyState:
    """Says why, what to do, and leads to the folder. Bugs are reported elsewhere: here is only the fact."""
    translate = QCoreApplication.translate
    text = translate("ClosedDatabase", "Nothing was changed. Settings and help work without it.")
    if isinstance(error, UserError):
        told = describe(error)
        text = f"{told.message} {told.hint}\n{text}"
    state = EmptyState(
        "database",
        translate("ClosedDatabase", "The chats cannot be opened"),
        text,
        theme,
        action_text=translate("ClosedDatabase", "Open the folder"),
        action_icon="folder-open",
    )
    state.setProperty("surface", "canvas")
    state.action_requested.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))))
    return state
