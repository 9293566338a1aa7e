"""The lower region: what can be watched, in tabs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.pages.chat.host import PageHost
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton

AFTER_PAINT_MS = 40


@dataclass(frozen=True)
class BottomTab:
    """A tab before its panel exists; `make` is called when it is first shown.

    A panel with a method `corner() -> QWidget` has that widget shown beside the tabs while it is in front.
    """

    id: str
    title: str
    make: Callable[[], QWidget]


class BottomPanel(QWidget):
    """Tabs over their panels, and the button that folds the region away."""

    def __init__(
        self,
        tabs: Sequence[BottomTab],
        host: PageHost,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tabs = list(tabs)
        self._panels: dict[str, QWidget] = {}
        self._corners: dict[str, QWidget] = {}
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setAccessibleName(self.tr("What to watch"))
        self._stack = QStackedWidget()
        for tab in self._tabs:
            self.bar.addTab(tab.title)
        self._hide = IconButton("chevron-down", self.tr("Hide this panel"), theme)
        self._hide.clicked.connect(lambda: host.toggle_region("bottom"))
        self._header = QHBoxLayout()
        self._header.setContentsMargins(7, 0, 10, 0)
        self._header.setSpacing(2)
        self._header.addWidget(self.bar, 1)
        self._header.addWidget(self._hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header)
        column.addWidget(HLine(theme))
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._show)

    def current(self) -> str:
        """The id of the tab in front."""
        index = self.bar.currentIndex()
        return self._tabs[index].id if index >= 0 else ""

    def show_tab(self, tab_id: str) -> None:
        """Bring a tab to the front; unknown ids do nothing."""
        for index, tab in enumerate(self._tabs):
            if tab.id == tab_id:
                self.bar.setCurrentIndex(index)
                self._show(index)

    def panel(self, tab_id: str) -> QWidget:
        """The panel of a tab, made if it was never shown."""
        if tab_id not in self._panels:
            tab = next(tab for tab in self._tabs if tab.id == tab_id)
            panel = self._panels[tab_id] = tab.make()
            self._stack.addWidget(panel)
            corner = getattr(panel, "corner", None)
            if corner is not None:
                widget: QWidget = corner()
                widget.hide()
                self._corners[tab_id] = widget
                self._header.insertWidget(self._header.indexOf(self._hide), widget)
        return self._panels[tab_id]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        tab = self.current()
        if tab in self._panels:
            self._show(self.bar.currentIndex())
        else:  # what is around it is painted first
            QTimer.singleShot(AFTER_PAINT_MS, self, lambda: self._show(self.bar.currentIndex()))

    def _show(self, index: int) -> None:
        """Panels are made when they are first seen, not when the window is."""
        if index < 0 or not self.isVisible():
            return
        tab_id = self._tabs[index].id
        self._stack.setCurrentWidget(self.panel(tab_id))
        for other, corner in self._corners.items():
            corner.setVisible(other == tab_id)
