"""Where the Tab key goes from widgets that are made after those that stand below them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def insert_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab go from `before` through what is in `widgets`, then on as it went.

    Qt puts a widget that is made late behind everything in its window.
    """
    for widget in widgets:
        for each in (widget, *widget.findChildren(QWidget)):
            by_tab = each.focusPolicy() & Qt.FocusPolicy.TabFocus
            here = each.window() is before.window()  # not what is in a menu or the list of a drop-down
            if by_tab and here and each.focusProxy() is None:
                QWidget.setTabOrder(before, each)
                before = each
