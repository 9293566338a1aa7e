"""The real program, driven from outside and photographed."""

import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.application import Application
from app.controllers.chat import ChatController
from app.controllers.chat_controllers import ChatControllers
from app.diagnostics.logs import start_logging, stop_logging
from app.models.inspection_subject import Subject
from app.options import Options
from app.pages.chat.page import ChatPage
from app.pages.inspect.page import InspectPage
from app.theme.fonts import load_cjk_fonts
from app.widgets.toast import Toast
from app.window.single_instance import SingleInstance
from engine.messages import Message
from engine.sampling.params import SamplingParams

SIZE = (1440, 900)
STEADY = SamplingParams(temperature=0.3, top_p=0.9, seed=1, max_tokens=260)
"""How the pictured replies are drawn; each chat says its own seed."""


class Stage:
    """A context manager around one run of the window."""

    def __init__(self, home: Path, out: Path) -> None:
        self._home = home
        self._out = out

    def __enter__(self) -> Self:
        start_logging(self._home, False)
        self.qt = QApplication(["lathe"])
        self.qt.setApplicationName("Lathe")
        self.qt.setCursorFlashTime(0)
        instance = SingleInstance(self._home)
        instance.acquire()
        options = Options(home=str(self._home), theme="dark", language="en", size=SIZE, model="starter")
        self.application = Application(self.qt, options, self._home, instance)
        self.window = self.application.shell.window
        load_cjk_fonts()
        self.window.show()
        self.window.show_page("chat")
        self.until(lambda: self.application.shell.status.phase in {"ready", "failed"}, 180)
        self.until(lambda: self.application.workbench is not None and self.chat.session_id)
        self.wait(1800)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.window.close()
        self.application.close()
        stop_logging()

    @property
    def folder(self) -> Path:
        """For files that a picture needs."""
        return self._home.parent

    # parts of the program

    @property
    def controllers(self) -> ChatControllers:
        workbench = self.application.workbench
        if workbench is None:
            raise RuntimeError("the services are not open yet")
        return workbench.controllers

    @property
    def chat(self) -> ChatController:
        return self.controllers.chat

    @property
    def page(self) -> ChatPage:
        page = self.window.prepare_page("chat")
        if not isinstance(page, ChatPage):
            raise TypeError("the page chat is not there yet")
        return page

    @property
    def inspect_page(self) -> InspectPage:
        page = self.window.prepare_page("inspect")
        if not isinstance(page, InspectPage):
            raise TypeError("the page inspect is not there yet")
        return page

    # what a user does

    def new_chat(self, title: str, **sampling: object) -> None:
        """Open a new chat, or use the empty one that is open. `sampling` changes fields of `STEADY`."""
        self.window.show_page("chat")
        if self.chat.path:
            before = self.chat.session_id
            self.window.registry.action("chat.new").trigger()
            self.until(lambda: self.chat.session_id not in {before, ""})
        if title:
            self.chat.rename(title)
        self.chat.set_sampling(replace(STEADY, **sampling))
        self.wait(400)

    def say(self, text: str, *, page: str = "chat", seconds: float = 180) -> str:
        """Send a message with this page in front, wait for the whole reply, and return it."""
        self.window.show_page(page)
        count = len(self.chat.path)
        self.chat.send(Message.of("user", text))
        self.until(lambda: len(self.chat.path) == count + 2 and not self.chat.generating, seconds)
        self.wait(500)
        reply = self.chat.path[-1]
        if reply.metrics is not None:
            # A machine that is busy with something else shows it here.
            print(f"    {reply.metrics.output_tps:.1f} tok/s", flush=True)
        return str(reply.message.text())

    def show_regions(self, **regions: bool) -> None:
        """Open or fold regions of the window."""
        for name, is_open in regions.items():
            self.window.regions.set_open(name, is_open)  # type: ignore[arg-type]
        self.wait(300)

    def show_bottom(self, tab: str) -> QWidget:
        """Bring a panel of the lower region to the front."""
        self.show_regions(bottom=True)
        bottom = self.page.panels.bottom
        bottom.show_tab(tab)
        self.wait(400)
        return bottom.panel(tab)

    def dismiss_notes(self) -> None:
        """Take away what the window says at its foot."""
        for note in self.window.findChildren(Toast):
            note.dismiss()
        self.wait(300)

    def tall_bottom(self, height: int) -> None:
        """Give the lower region so many pixels; 0 for what it has at first."""
        self.show_regions(bottom=True)
        regions = self.window.regions
        regions.restore({**regions.sizes(), "bottom": height or 240}, [])
        self.wait(300)

    def open_chat(self, title: str) -> bool:
        """Open the chat of this title; false where there is none."""
        self.window.show_page("chat")
        found = [each for each in self.controllers.sessions.sessions() if each.title == title]
        if found:
            self.page.open_session(found[0].id)
            self.until(lambda: self.chat.session_id == found[0].id)
            self.wait(500)
        return bool(found)

    def press(self, panel: QWidget, text: str) -> None:
        """Click the visible button with this text."""
        for button in panel.findChildren(QAbstractButton):
            if button.text() == text and button.isVisible() and button.isEnabled():
                button.click()
                return
        raise LookupError(f"there is no button “{text}”")

    @property
    def subject(self) -> Subject:
        """What the page Inspect looks at."""
        subject = self.inspect_page.source.subject
        if subject is None:
            raise LookupError("nothing is looked at")
        return subject

    def has_read(self, kind: str) -> bool:
        """Whether the subject was read again for this kind of arrays."""
        known = self.subject.inspected
        return known is not None and any(kind in name for name in known.arrays)

    def show_view(self, view: str, source: str = "reply") -> QWidget:
        """Bring a view of the page Inspect to the front. `source`: “reply” or “text”."""
        self.inspect_page.open_view(view)
        kind = self.inspect_page.view.source_bar.kind
        kind.set_current(source)
        kind.selected.emit(source)
        self.wait(500)
        return self.inspect_page.view.panel(view)

    def set_theme(self, mode: str) -> None:
        self.application.shell.settings.set_value("appearance.theme", mode)
        self.wait(600)

    # time

    def wait(self, milliseconds: int) -> None:
        """Let the program work for a while: animations, timers, events of other threads."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], object], seconds: float = 60) -> None:
        """Let the program work until something holds. Raises `TimeoutError`."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the program did not get there")
            self.wait(40)

    # the picture

    def save(self, name: str, widget: QWidget | None = None) -> None:
        """Write `name`.png: the whole window, or one widget of it."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            # No key brought it there: a page that went handed it on.
            focused.clearFocus()
        self.wait(500)
        image = (widget or self.window).grab().toImage()
        data = small_png(image)
        (self._out / f"{name}.png").write_bytes(data)
        print(f"{name}.png  {image.width()} × {image.height()}  {len(data) / 1024:.0f} KB", flush=True)


def small_png(image: QImage) -> bytes:
    """As PNG without alpha. Flat areas compress best unfiltered, which Qt's own writer never tries."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height, stride = image.width(), image.height(), image.bytesPerLine()
    pixels = bytes(image.constBits())
    rows = (b"\0" + pixels[row * stride : row * stride + 3 * width] for row in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
