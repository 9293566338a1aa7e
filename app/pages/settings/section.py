"""A titled card of rows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.pages.settings.rows import Row


class Section(QWidget):
    """Rows between hairlines on one card; disappears when no row matches a search."""

    def __init__(self, section_id: str, title: str, rows: list[Row], footer: QWidget | None = None) -> None:
        super().__init__()
        self.id = section_id
        self.title = title
        self._rows = rows
        self._lines: list[QFrame] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QLabel(title)
        head.setProperty("role", "h1")
        column.addWidget(head)
        card = QWidget()
        card.setProperty("surface", "card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        for index, row in enumerate(rows):
            line = QFrame()
            line.setProperty("role", "line")
            line.setFixedHeight(1)
            line.setVisible(index > 0)
            self._lines.append(line)
            inside.addWidget(line)
            inside.addWidget(row)
        column.addWidget(card)
        if footer is not None:
            column.addWidget(footer)

    def filter(self, query: str) -> bool:
        """Show the rows that match (all of them when the title does); whether any is left."""
        whole = query.casefold() in self.title.casefold()
        any_shown = False
        for line, row in zip(self._lines, self._rows, strict=True):
            shown = whole or row.matches(query)
            row.setVisible(shown)
            line.setVisible(shown and any_shown)
            any_shown = any_shown or shown
        self.setVisible(any_shown)
        return any_shown
