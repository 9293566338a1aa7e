"""One model's cut of a text: its name, its figures, its chips."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.tokens.chips_view import ChipsView
from app.panels.tokens.values import TokenSheet
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.meter import Meter
from app.widgets.numbers import decimal, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.text_label import TextLabel


class ModelColumn(QWidget):
    """`set_sheet` shows a `TokenSheet`. The bar compares the number of tokens with the other columns."""

    token_chosen = Signal(str, int)
    remove_requested = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, sheet: TokenSheet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(sheet.name)
        self.name = TextLabel(sheet.name, theme, role="fg", weight=SEMIBOLD, elide=True)
        self.count = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD, tabular=True)
        self.rate = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)
        self.bar = Meter(self.tr("Tokens, compared with the other models"), theme, height=4)
        self.problem = TextLabel("", theme, role="error", wrap=True)
        self.chips = ChipsView(self.tr("Tokens of {model}").format(model=sheet.name), theme)
        self.chips.token_chosen.connect(lambda index: self.token_chosen.emit(sheet.key, index))
        copy = IconButton("copy", self.tr("Copy the ids"), theme, size=24, icon_size=14)
        copy.clicked.connect(lambda: self.copy_requested.emit(sheet.key))
        self.remove = IconButton("x", self.tr("Leave this model out"), theme, size=24, icon_size=14)
        self.remove.clicked.connect(lambda: self.remove_requested.emit(sheet.key))
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.name, 1)
        head.addWidget(copy)
        head.addWidget(self.remove)
        figures = QHBoxLayout()
        figures.setSpacing(8)
        figures.addWidget(self.count)
        figures.addWidget(self.rate, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 6, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(figures)
        column.addWidget(self.bar)
        column.addWidget(self.problem)
        column.addSpacing(4)
        column.addWidget(self.chips, 1)
        self.set_sheet(sheet)

    @property
    def sheet(self) -> TokenSheet:
        return self._sheet

    def set_sheet(self, sheet: TokenSheet) -> None:
        """Another text."""
        self._sheet = sheet
        self.problem.set_text(sheet.error)
        self.problem.setVisible(bool(sheet.error))
        self.chips.setVisible(not sheet.error)
        counts = sheet.counts
        if counts is None:
            self.count.set_text("")
            self.rate.set_text("")
        else:
            self.count.set_text(self.tr("%Ln token(s)", "", counts.tokens))
            text = self.tr(
                "{bytes} bytes per token · {characters} characters per token · {distinct} distinct"
            )
            self.rate.set_text(
                text.format(
                    bytes=decimal(counts.bytes_per_token, 2),
                    characters=decimal(counts.characters_per_token, 2),
                    distinct=whole(counts.distinct),
                )
            )
        self.chips.set_rows(sheet.rows)

    def set_most(self, most: int) -> None:
        """The largest number of tokens among the columns."""
        counts = self._sheet.counts
        share = counts.tokens / most if counts is not None and most else 0.0
        self.bar.set_parts([(share, "accent")])
