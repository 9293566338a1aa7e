"""Panels under each other in one scroll area, divided by hairlines."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.scrolling import HeightScroll


class PanelStack(HeightScroll):
    """The width follows the region; only the height scrolls. Focus scrolls into view."""

    def __init__(self, panels: Sequence[QWidget], theme: Theme, parent: QWidget | None = None) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for index, panel in enumerate(panels):
            if index:
                column.addWidget(HLine(theme))
            column.addWidget(panel)
        column.addStretch(1)
        super().__init__(content, parent)
