"""The right region: what can be set, in tabs, over what can be watched."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton
from app.widgets.scrolling import FittingScroll, HeightScroll

_LEAST_SETTINGS, _LEAST_WATCHES = 120, 90
"""Logical pixels of the two parts in a low window."""
_MARGIN = 32
"""Logical pixels around a control that is scrolled to."""


@dataclass(frozen=True)
class InspectorTab:
    """A panel under its name; `reset` brings its defaults back."""

    id: str
    title: str
    panel: QWidget
    reset: Callable[[], None] | None = None


class Inspector(QWidget):
    """Tabs above; below, the sections that stay in sight whatever the tab."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: list[InspectorTab] = []
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(self.tr("Settings of this chat"))
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(_LEAST_SETTINGS)
        watches = QWidget()
        self._watches = QVBoxLayout(watches)
        self._watches.setContentsMargins(0, 0, 0, 0)
        self._watches.setSpacing(0)
        self._reset = IconButton("rotate-ccw", self.tr("Reset to defaults"), theme)
        self._reset.clicked.connect(self._reset_current)
        self.bar.currentChanged.connect(self._on_tab)
        header = QHBoxLayout()
        header.setContentsMargins(7, 7, 10, 0)
        header.addWidget(self.bar)
        header.addStretch(1)
        header.addWidget(self._reset)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(header)
        self._column.addWidget(HLine(theme))
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(FittingScroll(watches, _LEAST_WATCHES))

    def add_tab(self, tab: InspectorTab) -> None:
        """Put a panel after those that are there."""
        self._tabs.append(tab)
        self._stack.addWidget(HeightScroll(tab.panel))
        self.bar.addTab(tab.title)

    def add_watch(self, watch: QWidget) -> None:
        """Put a section below the others."""
        self._watches.addWidget(HLine(self._theme))
        self._watches.addWidget(watch)

    def show_tab(self, tab_id: str) -> None:
        """Bring a panel to the front."""
        for position, tab in enumerate(self._tabs):
            if tab.id == tab_id:
                self.bar.setCurrentIndex(position)

    def reveal(self, widget: QWidget) -> None:
        """Give a control of the shown panel the keyboard, and scroll to it once it has its place."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll = self._stack.currentWidget()
        if isinstance(scroll, HeightScroll):
            QTimer.singleShot(0, widget, lambda: scroll.ensureWidgetVisible(widget, 0, _MARGIN))

    def current_tab(self) -> str:
        return self._tabs[self.bar.currentIndex()].id

    def _on_tab(self, position: int) -> None:
        self._stack.setCurrentIndex(position)
        self._reset.setVisible(self._tabs[position].reset is not None)

    def _reset_current(self) -> None:
        reset = self._tabs[self.bar.currentIndex()].reset
        if reset is not None:
            reset()
