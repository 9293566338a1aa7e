"""What a run leaves behind: its recipe, its model card."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.panels.stack import PanelStack
from app.panels.training.recipe_view import RecipeView
from app.theme.theme import Theme
from app.widgets.painting import text_font
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton


class CardText(QTextBrowser):
    """Markdown; nothing is followed and nothing is fetched."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        theme.changed.connect(self._restyle)
        self._restyle()

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Pictures that a text names are not looked for."""

    def show_card(self, text: str) -> None:
        """Without the header for machines."""
        if text.startswith("---\n"):
            text = text.partition("\n---\n")[2]
        self._text = text
        self._restyle()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s")
        self.setStyleSheet(f"QTextBrowser{{background:transparent;border:0;color:{tokens.fg2};}}")
        document = self.document()
        document.setDefaultFont(font)
        document.setDefaultStyleSheet(f"th,td{{padding:2px 16px 2px 0;}} h1,h2{{color:{tokens.fg};}}")
        # Headings of a page inside a panel: smaller than a browser would make them.
        document.setMarkdown(
            self._text.replace("\n## ", "\n#### ").replace("\n# ", "\n### "),
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub,
        )
        self._space_out()

    def _space_out(self) -> None:
        """Room above headings, tables without a frame."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.position():
                form = block.blockFormat()
                form.setTopMargin(14)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format().toTableFormat()
                table.setBorder(0)
                table.setCellPadding(2)
                table.setTopMargin(4)
                frame.setFormat(table)

    def _fit(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 8)


class RecordView(QWidget):
    """`show_record` takes both texts."""

    repeat_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipe = RecipeView(theme, can_open=False)
        self.repeat = TextButton(self.tr("New run with these settings"), theme, icon_name="repeat-1")
        self.repeat.clicked.connect(self.repeat_requested)
        self.card = CardText(self.tr("Model card"), theme)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(SectionHeader(self.tr("Recipe"), theme))
        column.addWidget(self.recipe)
        row = QHBoxLayout()
        row.addWidget(self.repeat)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(SectionHeader(self.tr("Model card"), theme))
        column.addWidget(self.card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PanelStack((body,), theme))

    def show_record(self, recipe: str, card: str, name: str) -> None:
        """`name`: of the run, for the file's name."""
        self.recipe.set_text(recipe, f"{name}.toml")
        self.card.show_card(card)
