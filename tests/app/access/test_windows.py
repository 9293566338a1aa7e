"""Only windows are windows: a widget that is shown before it has a parent flashes on the screen."""

import traceback

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from tests.app.access.conftest import PAGES, Start, Walk


class WindowWatch(QObject):
    """Notes who shows a top-level widget other than the main window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, str] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, MainWindow):
            frames = [frame for frame in traceback.extract_stack() if "/app/" in frame.filename]
            here = next((frame for frame in reversed(frames) if "tests" not in frame.filename), None)
            place = f"{here.filename.partition('/app/')[2]}:{here.lineno}" if here else "?"
            self.shown[place] = type(watched).__name__
        return False


def test_no_part_of_a_page_is_shown_as_a_window(program: Start, qtbot: QtBot, qapp: QApplication) -> None:
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    try:
        walk = Walk(program("--fake-model"), qtbot)
        for page in PAGES:
            assert list(walk.page(page))
    finally:
        qapp.removeEventFilter(watch)
    assert watch.shown == {}, "\n".join(f"{place}: {what}" for place, what in sorted(watch.shown.items()))
