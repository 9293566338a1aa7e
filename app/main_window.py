"""The window: rail, regions, status line. It knows pages only by their contract."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from app.commands.registry import CommandRegistry
from app.pages.page import Page, PageEntry
from app.theme.theme import Theme
from app.widgets.dialogs.error_banner import ErrorBanner
from app.widgets.toast import ToastArea
from app.window.memory import WindowMemory
from app.window.menus import fill_menu, fill_menu_bar
from app.window.rail import Rail
from app.window.regions import REGIONS, Region, Regions
from app.window.shell_commands import register_shell_commands
from app.window.status_line import StatusLine
from app.window.status_state import StatusState
from app.window.tab_way import go_to_next

if TYPE_CHECKING:
    from engine.protocol.events import Failed

DEFAULT_SIZE = (1440, 900)
MINIMUM_SIZE = (700, 440)
"""Fits a small laptop at 200 %: 1440 × 900 of its pixels are 720 × 450."""


class MainWindow(QMainWindow):
    """Build it, `add_page` the pages, `show_page` one, `show`."""

    painted = Signal()
    """Once, after the first paint reached the screen."""
    closing = Signal()
    page_shown = Signal(str)

    def __init__(
        self, theme: Theme, registry: CommandRegistry, status: StatusState, memory: WindowMemory
    ) -> None:
        super().__init__()
        self.theme = theme
        self.registry = registry
        self.status = status
        self._memory = memory
        self._entries: dict[str, PageEntry] = {}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._painted = False
        self._instead: QWidget | None = None
        self._menu: QMenu | None = None
        self.setWindowTitle("Lathe")
        self.setMinimumSize(*MINIMUM_SIZE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.rail = Rail(theme)
        self.regions = Regions(theme)
        self.regions.restore(memory.region_sizes, memory.collapsed)
        self.status_line = StatusLine(status, theme, registry)
        self._build()
        registry.registered.connect(lambda command: self.addAction(registry.action(command)))
        register_shell_commands(registry, self)
        self.regions.layout_changed.connect(self._follow_regions)
        self.rail.page_chosen.connect(self.show_page)
        self.rail.mark.clicked.connect(self.open_menu)
        self._place()
        self.set_menu_bar_visible(memory.menu_bar)

    # pages

    def add_page(self, entry: PageEntry) -> None:
        """Put a page on the rail; it is made when it is first shown."""
        self._entries[entry.id] = entry
        self.rail.add(entry)

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front. Raises `KeyError` for an unknown id."""
        page = self.prepare_page(page_id)
        focused = self.focusWidget()
        leaving = page_id != self._current and self.regions.isAncestorOf(focused)
        self._current = page_id
        self.rail.set_current(page_id)
        self.setWindowTitle(self.tr("{page} – Lathe").format(page=self._entries[page_id].title()))
        if page is None:
            self._show_none()
            return
        self.regions.show_page(
            page.centre(),
            {"navigator": page.navigator(), "inspector": page.inspector(), "bottom": page.bottom()},
        )
        if leaving:  # else Qt hands the keyboard to just any widget
            self.regions.focus("centre")
        self.registry.refresh()
        self.page_shown.emit(page_id)

    def prepare_page(self, page_id: str) -> Page | None:
        """Make a page without showing it; the same one again afterwards. None while it cannot be made."""
        page = self._pages.get(page_id) or self._entries[page_id].create()
        if page is not None:
            self._pages[page_id] = page
        return page

    def show_instead(self, widget: QWidget) -> None:
        """What stands where pages cannot be made, from now on."""
        self._instead = widget
        if self._current and self._current not in self._pages:
            self._show_none()

    def _show_none(self) -> None:
        if self._instead is None:
            self.regions.show_blank()
        else:
            self.regions.show_page(self._instead, {})

    def retry_page(self) -> None:
        """Make the page that was asked for before it could be made."""
        if self._current and self._current not in self._pages:
            self.show_page(self._current)

    def has_page(self, page_id: str) -> bool:
        return page_id in self._entries

    def page(self, page_id: str) -> Page | None:
        """A page that was opened before."""
        return self._pages.get(page_id)

    @property
    def current_page(self) -> str:
        """Id of the page in front; empty before the first."""
        return self._current

    # what commands do

    def toggle_region(self, region: Region) -> None:
        self.regions.set_open(region, not self.regions.is_open(region))

    def show_region(self, region: Region) -> None:
        """Open a region if it is collapsed."""
        if not self.regions.is_open(region):
            self.toggle_region(region)

    def focus_next_region(self, step: int) -> None:
        """Send the keyboard round: rail, navigator, centre, inspector, bottom, status line."""
        stops: list[tuple[QWidget, Callable[[], bool]]] = [
            (self.rail, self._focus_rail),
            (self.regions.area("navigator"), lambda: self.regions.focus("navigator")),
            (self.regions.area("centre"), lambda: self.regions.focus("centre")),
            (self.regions.area("inspector"), lambda: self.regions.focus("inspector")),
            (self.regions.area("bottom"), lambda: self.regions.focus("bottom")),
            (self.status_line, self._focus_status),
        ]
        focused = QGuiApplication.focusObject()
        inside = [
            index
            for index, (area, _take) in enumerate(stops)
            if isinstance(focused, QWidget) and (area is focused or area.isAncestorOf(focused))
        ]
        start = inside[0] if inside else -1
        for offset in range(1, len(stops) + 1):
            if stops[(start + step * offset) % len(stops)][1]():
                return

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Where Tab leads."""
        return go_to_next(self, forwards=forwards)

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def open_menu(self) -> None:
        """All commands as a menu at the program's mark, or the menu bar where that is shown."""
        if self._has_menu_bar():
            bar = self.menuBar()
            bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
            if bar.actions():
                bar.setActiveAction(bar.actions()[0])
            return
        self._menu = QMenu(self)
        fill_menu(self._menu, self.registry)
        self._menu.popup(self.rail.mark.mapToGlobal(self.rail.mark.rect().bottomLeft()))

    def set_menu_bar_visible(self, visible: bool) -> None:
        """On macOS the bar belongs to the screen and is always there."""
        self._memory.menu_bar = visible
        if not visible and not self.menuBar().isNativeMenuBar():
            self.menuBar().clear()
            self.menuBar().setVisible(False)
            return
        fill_menu_bar(self.menuBar(), self.registry)
        self.menuBar().setVisible(True)

    # the window's place

    def remembered(self) -> WindowMemory:
        """What the next window should know."""
        memory = self._memory
        normal = self.normalGeometry() if self.isMaximized() or self.isFullScreen() else self.geometry()
        memory.geometry = [normal.x(), normal.y(), normal.width(), normal.height()]
        memory.maximized = self.isMaximized()
        memory.page = self._current or memory.page
        memory.region_sizes = self.regions.sizes()
        memory.collapsed = self.regions.collapsed()
        return memory

    def bring_to_front(self) -> None:
        """Show the window above others, wherever it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # notices

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """A short note at the foot of the window for six seconds, with at most one action (Undo)."""
        self.toasts.show_toast(text, action_text, on_action)
        self.registry.refresh()

    def show_error(self, error: "BaseException | Failed", cause: str = "") -> None:
        """What went wrong and what to do, above the page; nothing is interrupted.

        `cause` is for `settle_error`; without one it is the error's code.
        """
        self.banner.show_error(error, cause or getattr(error, "code", ""))

    def settle_error(self, cause: str) -> None:
        """Take an error of this cause away: what it is about has worked since."""
        self.banner.settle(cause)

    def has_notification(self) -> bool:
        return self.toasts.has_toast() or self.banner.isVisible()

    def focus_notification(self) -> None:
        """Send the keyboard to the newest note."""
        if not self.toasts.focus_newest():
            self.banner.setFocus(Qt.FocusReason.TabFocusReason)

    # events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what no widget inside has taken comes here."""
        if not self.registry.run_spare_key(QKeySequence(event.keyCombination())):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toasts.place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    # parts

    def _build(self) -> None:
        body = QWidget()
        self.setCentralWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        work = QVBoxLayout()
        work.setSpacing(0)
        self.banner = ErrorBanner(self.theme)
        work.addWidget(self.banner)
        work.addWidget(self.regions, 1)
        row.addLayout(work, 1)
        column.addLayout(row, 1)
        column.addWidget(self.status_line)
        self.toasts = ToastArea(self, self.theme, self.status_line.height())
        self.toasts.emptied.connect(self.registry.refresh)

    def _place(self) -> None:
        """Where the last window was, if that is still on a screen."""
        if self._memory.geometry:
            wanted = QRect(*self._memory.geometry)
            if any(screen.availableGeometry().intersects(wanted) for screen in QGuiApplication.screens()):
                self.setGeometry(wanted)
        else:
            screen = QGuiApplication.primaryScreen()
            room = screen.availableGeometry()
            self.resize(min(DEFAULT_SIZE[0], room.width()), min(DEFAULT_SIZE[1], room.height()))
        if self._memory.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _follow_regions(self) -> None:
        for region in REGIONS:
            self.registry.action(f"view.{region}").setChecked(self.regions.is_open(region))

    def _retranslate(self) -> None:
        self.registry.retranslate()
        self.rail.retranslate()
        self.set_menu_bar_visible(self._memory.menu_bar)
        if self._current:
            title = self._entries[self._current].title()
            self.setWindowTitle(self.tr("{page} – Lathe").format(page=title))

    def _has_menu_bar(self) -> bool:
        return self.menuBar().isNativeMenuBar() or self.menuBar().isVisible()

    def _focus_rail(self) -> bool:
        button = self.rail.button(self._current) if self._current else self.rail.mark
        button.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _focus_status(self) -> bool:
        self.status_line.commands.setFocus(Qt.FocusReason.TabFocusReason)
        return True
