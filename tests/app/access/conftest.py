"""The running program with the scripted model, and a walk through everything it shows."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.pages.data.page import DataPage
from app.widgets.section import CollapsibleSection
from app.window.regions import REGIONS
from tests.app.first_run.conftest import Program, program

__all__ = ["PAGES", "Walk", "program"]

PAGES = ("chat", "inspect", "benchmarks", "data", "finetune", "quantize", "models", "help", "settings")
Start = Callable[..., Program]
PAUSE_MS = 60
MOST_LAYOUTS = 20


class Walk:
    """Goes from page to page and from tab to tab; each stop is shown when its name is yielded."""

    def __init__(self, running: Program, qtbot: QtBot, pause_ms: int = PAUSE_MS) -> None:
        self._running, self._qtbot, self._pause = running, qtbot, pause_ms
        self.window = running.window

    def page(self, page_id: str) -> Iterator[str]:
        """A page as it opens, then each of its tabs with all sections open."""
        self._show(page_id)
        self._open_sections()
        yield page_id
        for bar in [bar for bar in self.window.findChildren(QTabBar) if bar.isVisible()]:
            first = bar.currentIndex()
            for index in range(bar.count()):
                if index == first:
                    continue
                bar.setCurrentIndex(index)
                self._open_sections()
                yield f"{page_id}: {bar.tabText(index)}"
            bar.setCurrentIndex(first)

    def say(self, text: str) -> None:
        """Send a message and wait for the reply."""
        chat = self._running.application.workbench
        assert chat is not None
        controller = chat.controllers.chat
        self._show("chat")
        page = self.window.page("chat")
        composer = page.view.composer  # type: ignore[union-attr]
        composer.edit.setPlainText(text)
        composer.edit.submitted.emit()
        self._qtbot.waitUntil(lambda: len(controller.path) == 2 and not controller.generating, timeout=30_000)

    def _show(self, page_id: str) -> None:
        self.window.show_page(page_id)
        for region in REGIONS:
            self.window.show_region(region)
        page = self.window.page(page_id)
        if isinstance(page, DataPage):
            page.open_sample()
            self._qtbot.waitUntil(lambda: page.controller.data is not None, timeout=30_000)
        self._qtbot.wait(self._pause * 4)

    def _open_sections(self) -> None:
        for section in self.window.findChildren(CollapsibleSection):
            if section.isVisible():
                section.set_expanded(True)
        self._qtbot.wait(self._pause)
        self._settle()

    def _settle(self) -> None:
        """Until the layout has come to rest."""
        before: list[QRect] = []
        for _ in range(MOST_LAYOUTS):
            after = [child.geometry() for child in visible(self.window)]
            if after == before:
                return
            before = after
            QApplication.processEvents()


def visible(window: QWidget) -> Iterator[QWidget]:
    """The window's widgets on the screen, not those of its dialogs."""
    return (child for child in window.findChildren(QWidget) if child.isVisible() and child.window() is window)
