"""The lower region: what can be watched, in tabs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.pages.chat.host import PageHost
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton


class BottomPanel(QWidget):
    """Tabs over their panels, and the button that folds the region away."""

    def __init__(
        self,
        panels: Sequence[tuple[str, QWidget]],
        host: PageHost,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(self.tr("What to watch"))
        stack = QStackedWidget()
        for title, panel in panels:
            self.bar.addTab(title)
            stack.addWidget(panel)
        self.bar.currentChanged.connect(stack.setCurrentIndex)
        hide = IconButton("chevron-down", self.tr("Hide this panel"), theme)
        hide.clicked.connect(lambda: host.toggle_region("bottom"))
        header = QHBoxLayout()
        header.setContentsMargins(7, 0, 10, 0)
        header.addWidget(self.bar)
        header.addStretch(1)
        header.addWidget(hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(HLine(theme))
        column.addWidget(stack, 1)
