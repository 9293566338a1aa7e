"""When a newcomer is shown in, and F1: help about what has the keyboard. Known before the first paint."""

import os
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window import MainWindow
from app.options import Options
from app.pages.help.topics import topic_of
from app.window.memory import FILE_NAME

NO_SCREEN = ("offscreen", "minimal")
MEASURING = "LATHE_TELL_FIRST_PAINT"


def is_new(home: Path) -> bool:
    """Whether no window and no command has ever used this folder. Ask before anything writes to it."""
    return not (home / FILE_NAME).exists() and not (home / "lathe.db").exists()


def wants_welcome(options: Options, new: bool) -> bool:
    """At the first start of a person: not for pictures, scripted models, measurements, or without a
    screen.
    """
    if options.first_run:
        return options.first_run == "show"
    by_machine = options.fake_model or options.screenshot is not None or MEASURING in os.environ
    return new and not by_machine and QGuiApplication.platformName() not in NO_SCREEN


def open_help(window: MainWindow, article_id: str = "") -> None:
    """Show the help page: at an article, else at that of what has the keyboard, else as it was left."""
    from app.pages.help.page import HelpPage  # noqa: PLC0415 - not needed for the first paint

    focused = QApplication.focusWidget()
    about = article_id or topic_of(focused if isinstance(focused, QWidget) else None)
    page = window.prepare_page("help")
    window.show_page("help")
    if about and isinstance(page, HelpPage):
        page.show_article(about)
