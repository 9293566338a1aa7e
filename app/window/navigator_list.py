"""A short list of names for the left region."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem

ROW = 32


class NavigatorList(QListWidget):
    """Rows of one height, whatever the style sheet has said when they were added."""

    def add(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setSizeHint(QSize(0, ROW))
        self.addItem(item)
