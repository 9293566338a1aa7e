"""A titled card of rows."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.pages.settings.rows import Row


class Section(QWidget):
    """Rows between hairlines on one card; disappears when no row matches a search.

    `keys`: settings that its reset button takes back.
    """

    def __init__(self, section_id: str, title: str, rows: list[Row], keys: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.id = section_id
        self.title = title
        self.keys = keys
        self._rows = rows
        self._lines: list[QFrame] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._build_head())
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
            self._lines.append(line)
            inside.addWidget(line)
            line.setVisible(index > 0)
            inside.addWidget(row)
        column.addWidget(card)

    def filter(self, query: str) -> bool:
        """Show the rows that match (all of them when the title does); whether any is left."""
        whole = query.casefold() in self.title.casefold()
        any_shown = False
        for line, row in zip(self._lines, self._rows, strict=True):
            shown = (whole or row.matches(query)) and row.wanted
            row.setVisible(shown)
            line.setVisible(shown and any_shown)
            any_shown = any_shown or shown
        self.setVisible(any_shown)
        return any_shown

    def _build_head(self) -> QHBoxLayout:
        head = QLabel(self.title)
        head.setProperty("role", "h1")
        self.reset_button = QPushButton(QCoreApplication.translate("Settings", "Reset section"))
        self.reset_button.setProperty("kind", "ghost")
        self.reset_button.setAccessibleName(
            QCoreApplication.translate("Settings", "Reset section {section}").format(section=self.title)
        )
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.reset_button.setVisible(False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(head)
        row.addStretch(1)
        row.addWidget(self.reset_button)
        return row
