"""Run as a program: opens the window in a language, uses the chat page, and prints what it shows, as JSON.

    python tests/app/i18n/window_probe.py LANGUAGE HOME

A process of its own, because a window changes the application it runs in. The keys: `rail`, `menus`,
`commands`, `chat` and `settings`, each a list of texts; `elided`, texts of the chat page that are painted
shortened, by the place in the code that shortens them; `narrow`, the labels and buttons of the chat page that
have less room than their text needs, by their place in the tree of widgets.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from app.application import Application
from app.options import parse
from app.pages.chat.composer import Composer
from app.widgets.section import CollapsibleSection
from app.widgets.text_label import TextLabel
from app.widgets.transcript.view import TranscriptView
from app.window.screenshot import SETTLED
from app.window.single_instance import SingleInstance

WAIT_SECONDS = 30


class ElisionRecorder:
    """Notes the texts that Qt shortens for the window's own painting, while `painting`."""

    def __init__(self) -> None:
        self.found: defaultdict[str, set[str]] = defaultdict(set)
        self.painting = False
        for metrics in (QFontMetrics, QFontMetricsF):
            self._watch(metrics)

    def _watch(self, metrics: Any) -> None:
        original = metrics.elidedText

        def recorded(of: object, text: str, mode: Qt.TextElideMode, width: float, flags: int = 0) -> str:
            shown: str = original(of, text, mode, width, flags)
            if self.painting and shown != text:
                caller = sys._getframe(1).f_code
                self.found[f"{Path(caller.co_filename).name}:{caller.co_qualname}"].add(text)
            return shown

        metrics.elidedText = recorded


class ChatTour:
    """Goes through the chat page and collects what there is to read, and what is cut."""

    def __init__(self, application: Application, recorder: ElisionRecorder) -> None:
        self._application = application
        self._window = application.shell.window
        self._recorder = recorder
        self.texts: set[str] = set()
        self.narrow: dict[str, str] = {}

    def run(self) -> None:
        self._window.show()
        self._window.show_page("chat")
        self._settle()
        self._look()
        self._send()
        self._look()
        for bar in [bar for bar in self._window.findChildren(QTabBar) if bar.isVisible()]:
            for index in range(bar.count()):
                bar.setCurrentIndex(index)
                for section in self._window.findChildren(CollapsibleSection):
                    if section.isVisible():
                        section.set_expanded(True)
                self._look()

    def _settle(self) -> None:
        wait_for(lambda: self._application.shell.status.phase in SETTLED)
        wait(300)

    def _send(self) -> None:
        composer = self._window.findChild(Composer)
        transcript = self._window.findChild(TranscriptView)
        if composer is None or transcript is None:
            raise LookupError("the chat page is not there")
        composer.edit.setPlainText("Why is the sky blue?")
        composer.edit.submitted.emit()
        wait_for(transcript.isVisible)
        self._settle()

    def _look(self) -> None:
        wait(100)
        self._recorder.painting = True
        self._window.grab()
        self._recorder.painting = False
        self.texts.update(texts(self._window))
        self.narrow.update(narrow(self._window))


def wait(milliseconds: int) -> None:
    """Let the window work. `QTest.qWait` would keep Python's other threads from it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the window does not settle")
        wait(50)


def visible(window: QWidget) -> Iterator[QWidget]:
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def texts(window: QWidget) -> list[str]:
    """What the visible widgets say: their texts, hints of empty fields, tabs, accessible names."""
    found: set[str] = set()
    for widget in visible(window):
        if isinstance(widget, (QLabel, QAbstractButton)):
            found.add(widget.text())
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            found.add(widget.placeholderText())
        if isinstance(widget, QTabBar):
            found.update(widget.tabText(index) for index in range(widget.count()))
        found.add(widget.accessibleName())
    return sorted(found - {""})


def place(widget: QWidget) -> str:
    """Where the widget is in the tree: the same in every language."""
    parent = widget.parentWidget()
    if parent is None:
        return type(widget).__name__
    same = [child for child in parent.children() if type(child) is type(widget)]
    return f"{place(parent)}/{type(widget).__name__}{same.index(widget)}"


def narrow(window: QWidget) -> dict[str, str]:
    """The visible labels and buttons with less room than their text needs."""
    found: dict[str, str] = {}
    for widget in visible(window):
        if isinstance(widget, TextLabel) and widget.text() != widget.full_text():
            found[place(widget)] = widget.full_text()
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            cut = widget.heightForWidth(widget.width()) > widget.height()
        elif isinstance(widget, (QLabel, QAbstractButton, QTabBar)):
            cut = widget.sizeHint().width() > widget.width()
        else:
            continue
        if cut:
            text = "" if isinstance(widget, QTabBar) else widget.text()
            found[place(widget)] = text or widget.accessibleName()
    return found


def describe(application: Application, recorder: ElisionRecorder) -> dict[str, object]:
    window = application.shell.window
    tour = ChatTour(application, recorder)
    tour.run()
    elided = {where: sorted(found) for where, found in recorder.found.items()}
    window.set_menu_bar_visible(True)
    menus = window.menuBar().actions()
    opened = [menu.menu() for menu in menus]
    commands = [action.text() for menu in opened if isinstance(menu, QMenu) for action in menu.actions()]
    window.show_page("settings")
    wait(200)
    settings = texts(window)
    rail = [button.accessibleName() for button in window.rail.findChildren(QAbstractButton)]
    window.close()
    return {
        "chat": sorted(tour.texts),
        "elided": elided,
        "narrow": tour.narrow,
        "menus": [menu.text() for menu in menus],
        "commands": [text for text in commands if text],
        "rail": rail,
        "settings": settings,
    }


def main(language: str, home: Path) -> None:
    recorder = ElisionRecorder()
    qt = QApplication(["lathe"])
    options = parse(["--language", language, "--home", str(home), "--fake-model", "--size", "1440x900"])
    instance = SingleInstance(home)
    if not instance.acquire():
        raise RuntimeError("another window uses this folder")
    application = Application(qt, options, home, instance)
    try:
        found = describe(application, recorder)
    finally:
        application.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
