"""Showing a folder in the system's file manager."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


class ShowToast(Protocol):
    """As in `MainWindow.show_toast`."""

    def __call__(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None: ...


def show_folder(folder: Path | str, show_toast: ShowToast) -> None:
    """Where no file manager answers, its path is said and can be copied."""
    path = str(folder)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        return
    text = QCoreApplication.translate("Folders", "There is no file manager to open {folder}.")
    copy = QCoreApplication.translate("Folders", "Copy path")
    show_toast(text.format(folder=path), copy, lambda: QGuiApplication.clipboard().setText(path))
