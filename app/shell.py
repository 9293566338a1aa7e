"""What the window offers to pages, in one value."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.commands.registry import CommandRegistry
from app.i18n.translator import Translator
from app.main_window import MainWindow
from app.palette.palette import CommandPalette
from app.settings import AppSettings
from app.theme.theme import Theme
from app.window.status_state import StatusState


@dataclass(frozen=True)
class Shell:
    """Made once by the composition root and handed to the factories of pages. GUI thread only."""

    home: Path
    theme: Theme
    registry: CommandRegistry
    settings: AppSettings
    translator: Translator
    status: StatusState
    window: MainWindow
    palette: CommandPalette
    open_link: Callable[[str], None]
    """Ask, then open an address in the browser. Only http, https and mailto."""
