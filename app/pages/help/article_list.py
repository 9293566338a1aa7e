"""The list of articles, under headings."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.pages.help.articles import Article
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, text_font

_ID = Qt.ItemDataRole.UserRole
ROW, HEADING = 30, 32


def group_title(group: str) -> str:
    """The heading of a group of articles."""
    return {
        "start": QCoreApplication.translate("Help", "Using Lathe"),
        "tokens": QCoreApplication.translate("Help", "Text into tokens"),
        "inside": QCoreApplication.translate("Help", "Inside the model"),
        "writing": QCoreApplication.translate("Help", "Writing a reply"),
        "training": QCoreApplication.translate("Help", "Training"),
        "smaller": QCoreApplication.translate("Help", "Smaller models"),
        "use": QCoreApplication.translate("Help", "Putting models to use"),
        "quality": QCoreApplication.translate("Help", "How good it is"),
    }[group]


class ArticleList(QListWidget):
    """The article in the current row is the one that is read: moving through the list turns the pages."""

    chosen = Signal(str)
    """The id, by the user only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._articles: Sequence[Article] = ()
        self._quiet = False
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(lambda item, _before: self._follow(item))
        theme.changed.connect(lambda: self.set_articles(self._articles))

    def set_articles(self, articles: Sequence[Article]) -> None:
        """Those that are found; a single grey line where there are none."""
        before = self.currentIndex().data(_ID)
        self._articles = articles
        self._quiet = True
        self.clear()
        for group, members in groupby(articles, key=lambda article: article.group):
            self._heading(group_title(group))
            for article in members:
                item = QListWidgetItem(article.title)
                item.setSizeHint(QSize(0, ROW + self._extra()))
                item.setData(_ID, article.id)
                item.setToolTip(article.title)
                self.addItem(item)
        if not articles:
            self._heading(QCoreApplication.translate("Help", "No article has these words."))
        self._quiet = False
        self.mark(before)

    def mark(self, article_id: str) -> None:
        """Show which article is read."""
        self._quiet = True
        for row in range(self.count()):
            if self.item(row).data(_ID) == article_id:
                self.setCurrentRow(row)
        self._quiet = False

    def choose_first(self) -> None:
        """Read the first article of the list."""
        for row in range(self.count()):
            if self.item(row).data(_ID):
                self.setCurrentRow(row)
                return

    def ids(self) -> list[str]:
        """What is listed."""
        return [article.id for article in self._articles]

    def _follow(self, item: QListWidgetItem | None) -> None:
        article_id = item.data(_ID) if item is not None else None
        if article_id and not self._quiet:
            self.chosen.emit(article_id)

    def _heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(text_font(self._theme.tokens, "xs", MEDIUM))
        item.setForeground(color(self._theme.tokens, "fg3"))
        item.setSizeHint(QSize(0, HEADING + self._extra()))
        self.addItem(item)

    def _extra(self) -> int:
        return max(0, self._theme.tokens.text_m - 13)
