"""The settings page: sections left, their rows in the centre, one field that searches all of them."""

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.commands.registry import CommandRegistry
from app.pages.settings.data_rows import Freeing, Sizes
from app.pages.settings.help_rows import HelpActions
from app.pages.settings.home_actions import HomeActions
from app.pages.settings.host import SettingsHost
from app.pages.settings.section import Section
from app.pages.settings.sections import SectionParts, build_sections
from app.pages.settings.transfer import SettingsTransfer
from app.settings import DEFAULTS, AppSettings
from app.theme.theme import Theme
from app.widgets.text_field import TextField
from app.window import page_titles
from app.window.navigator_list import NavigatorList
from app.window.top_bar import TopBar

COLUMN = 720
SECTION_GAP = 28
MEASURE_MS = 15_000


class SettingsPage(QObject):
    """A `Page`."""

    icon_name = "settings"

    def __init__(
        self, settings: AppSettings, registry: CommandRegistry, theme: Theme, host: SettingsHost
    ) -> None:
        super().__init__()
        self._settings = settings
        self._sizes = Sizes(host.home, self)
        self._scroll = _Scroll(self._sizes)
        self.home_actions = HomeActions(host, self._scroll)
        self.home_actions.changed.connect(self._sizes.refresh)
        self.help_actions = HelpActions(settings, theme, host, self._scroll)
        self.transfer = SettingsTransfer(settings, registry, host, self._scroll)
        self.freeing = Freeing(host, self._sizes, self._scroll)
        self._sections = build_sections(
            SectionParts(
                settings,
                registry,
                theme,
                host.home,
                host,
                self._sizes,
                self.home_actions,
                self.help_actions,
                self.freeing,
                self.transfer.choose_export,
                self.transfer.choose_import,
                lambda: self.transfer.reset(DEFAULTS),
            )
        )
        for section in self._sections:
            section.reset_button.clicked.connect(partial(self._reset, section))
        settings.changed.connect(lambda _key: self._follow_defaults())
        self._follow_defaults()
        self._nothing = QLabel(self.tr("No setting matches."), alignment=Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setProperty("role", "muted")
        self._nothing.setVisible(False)
        self._centre = self._build_centre(theme)
        self._navigator = self._build_navigator(theme)
        self._scroll.verticalScrollBar().valueChanged.connect(self._mark)

    @property
    def title(self) -> str:
        return page_titles.settings()

    def navigator(self) -> QWidget | None:
        return self._navigator

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    def show_section(self, section_id: str) -> None:
        """Scroll to a section ("keyboard"). Unknown ids do nothing."""
        for index, section in enumerate(self._sections):
            if section.id == section_id:
                self._search.clear()
                self._list.setCurrentRow(index)
                QTimer.singleShot(0, partial(self._go, section))

    def search(self, query: str) -> None:
        """Show only what matches."""
        shown = [section.filter(query.strip()) for section in self._sections]
        self._nothing.setVisible(not any(shown))
        for index, visible in enumerate(shown):
            self._list.item(index).setHidden(not visible)

    def _reset(self, section: Section) -> None:
        self.transfer.reset(section.keys)

    def _follow_defaults(self) -> None:
        """A section whose settings are all as they came has nothing to reset."""
        for section in self._sections:
            changed = any(not self._settings.is_default(key) for key in section.keys)
            section.reset_button.setVisible(changed)

    def _build_navigator(self, theme: Theme) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        words = self.tr("Search settings")
        self._search = TextField(words, theme, placeholder=words, icon_name="search", height=30)
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self.search)
        self._list = NavigatorList()
        self._list.setAccessibleName(self.tr("Sections"))
        for section in self._sections:
            self._list.add(section.title)
        self._list.setCurrentRow(0)
        self._list.itemClicked.connect(lambda _item: self._go(self._sections[self._list.currentRow()]))
        self._list.itemActivated.connect(lambda _item: self._go(self._sections[self._list.currentRow()]))
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        panel.setFocusProxy(self._search)
        return panel

    def _build_centre(self, theme: Theme) -> QWidget:
        page = QWidget()
        bar = TopBar(theme)
        bar.set_heading(page_titles.settings(), self.tr("Changes take effect and are saved at once"))
        column = QWidget()
        column.setMaximumWidth(COLUMN)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(24, 20, 24, 40)
        rows.setSpacing(SECTION_GAP)
        for section in self._sections:
            rows.addWidget(section)
        rows.addWidget(self._nothing)
        rows.addStretch(1)
        self._scroll.setWidget(column)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(bar)
        outer.addWidget(self._scroll, 1)
        return page

    def _go(self, section: Section) -> None:
        self._scroll.verticalScrollBar().setValue(max(0, section.y() - 20))

    def _mark(self, offset: int) -> None:
        """Select the section that is at the top, unless the end of the page decides otherwise."""
        reached = [index for index, section in enumerate(self._sections) if section.y() - 80 <= offset]
        if reached and not self._list.hasFocus():
            self._list.setCurrentRow(reached[-1])


class _Scroll(QScrollArea):
    """Measures the folder whenever the page comes to the front, and now and then while it is there."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self._sizes = sizes
        self._again = QTimer(self, interval=MEASURE_MS)
        self._again.timeout.connect(lambda: sizes.refresh() if self.isVisible() else None)
        self._again.start()
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sizes.refresh()
