"""The centre of the help page: the article, what can be done with it, and the way to its neighbours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.pages.help.articles import Article
from app.theme.theme import Theme
from app.widgets.flow_layout import FlowLayout
from app.widgets.hline import HLine
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from app.widgets.transcript.document import DocumentView

MARGIN = 24


class ReadingView(QWidget):
    """Setters and signals only. The foot is as wide as the text above it."""

    action_requested = Signal()
    opened = Signal(str)
    """The id of another article."""
    stepped = Signal(int)
    """1: the next article, -1: the one before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.document = DocumentView(self.tr("Article"), theme)
        self.document.stepped.connect(self.stepped)
        self.action = TextButton("", theme, kind="primary", icon_name="play")
        self.action.clicked.connect(self.action_requested)
        self.previous = TextButton("", theme, kind="ghost", icon_name="arrow-left")
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next = TextButton("", theme, kind="ghost", icon_name="arrow-right")
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self._related_head = TextLabel("", theme, role="fg3")
        self._related = QWidget()
        self._related_row = FlowLayout(self._related, spacing=4)
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()

    def show_article(self, article: Article, *, can_act: bool, related: Sequence[Article]) -> None:
        """Show another article from its beginning."""
        self.document.show_text(article.id, article.title, article.text)
        self.show_action(article, can_act=can_act)
        self._related_head.set_text(self.tr("See also"))
        self._related_head.setVisible(bool(related))
        self._related.setVisible(bool(related))
        while (item := self._related_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for other in related:
            button = TextButton(other.title, self._theme, kind="ghost")
            button.clicked.connect(lambda _checked=False, to=other.id: self.opened.emit(to))
            self._related_row.addWidget(button)

    def show_action(self, article: Article, *, can_act: bool) -> None:
        """The button is there only where it leads somewhere."""
        self.action.setText(article.button)
        self.action.setAccessibleName(article.button)
        self.action.setVisible(can_act)
        self.action.updateGeometry()

    def show_neighbours(self, before: Article | None, after: Article | None) -> None:
        """Where the two ways at the foot lead."""
        for button, article, words in (
            (self.previous, before, self.tr("Previous article: {title}")),
            (self.next, after, self.tr("Next article: {title}")),
        ):
            button.setVisible(article is not None)
            if article is not None:
                button.setText(article.title)
                button.setAccessibleName(words.format(title=article.title))
                button.updateGeometry()

    def _build(self) -> None:
        doing = QHBoxLayout()
        doing.setSpacing(12)
        doing.addWidget(self.action)
        doing.addWidget(self._related_head)
        doing.addWidget(self._related, 1)
        doing.addStretch(0)
        steps = QHBoxLayout()
        steps.setContentsMargins(-8, 0, -8, 0)  # their text, not their frame, is in line with the article
        steps.addWidget(self.previous)
        steps.addStretch(1)
        steps.addWidget(self.next)
        foot = QWidget()
        foot.setMaximumWidth(self._theme.tokens.text_column + 16)
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(8, 12, 8, 8)
        rows.setSpacing(8)
        rows.addLayout(doing)
        rows.addLayout(steps)
        across = QHBoxLayout()
        across.setContentsMargins(MARGIN - 8, 0, MARGIN - 8, 0)
        across.addStretch(1)
        across.addWidget(foot, 100)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.document, 1)
        column.addWidget(HLine(self._theme))
        column.addLayout(across)
