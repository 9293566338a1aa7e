"""The help page: articles left, the one that is read in the centre."""

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.registry import CommandRegistry
from app.i18n.translator import Translator
from app.pages.help.article_list import ArticleList
from app.pages.help.articles import GROUPS, KEYS_ID, Article
from app.pages.help.keys import keys_article
from app.pages.help.reader import ArticleReader
from app.pages.help.reading import ReadingView
from app.theme.theme import Theme
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.window import page_titles
from app.window.top_bar import TopBar

TOUR = "help.tour"
"""The command that shows the window around."""


class Tools(Protocol):
    """What the buttons of the articles open."""

    def can(self, action: str) -> bool: ...

    def run(self, article: Article) -> None: ...


class HelpPage(QObject):
    """A `Page`. `show_article` opens one by its id, also before they were read."""

    icon_name = "circle-help"

    def __init__(self, registry: CommandRegistry, theme: Theme, translator: Translator, tools: Tools) -> None:
        super().__init__()
        self._registry = registry
        self._translator = translator
        self._tools = tools
        self._articles: list[Article] = []
        self._current = ""
        self._reader = ArticleReader(self)
        self._reader.arrived.connect(self._take)
        self.reading = ReadingView(theme)
        self.list = ArticleList(theme)
        self.search = _SearchField(theme, self.list)
        self._bar = TopBar(theme)
        self.tour = TextButton("", theme, icon_name="route")
        self.tour.clicked.connect(lambda: registry.action(TOUR).trigger())
        self._bar.add(self.tour)
        self._centre = self._frame_centre()
        self._navigator = self._frame_list()
        self.search.textChanged.connect(lambda _text: self._filter())
        self.list.chosen.connect(self.show_article)
        self.reading.opened.connect(self.show_article)
        self.reading.stepped.connect(self.step)
        self.reading.action_requested.connect(self._act)
        registry.shortcuts_changed.connect(self._rewrite_keys)
        registry.registered.connect(lambda _command: self._refresh_action())
        self._write()

    @property
    def title(self) -> str:
        return page_titles.help_page()

    def navigator(self) -> QWidget | None:
        return self._navigator

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    # what others do

    @property
    def current(self) -> Article | None:
        """The article that is shown; None until they were read."""
        return next((article for article in self._articles if article.id == self._current), None)

    def articles(self) -> list[Article]:
        """In reading order."""
        return list(self._articles)

    def show_article(self, article_id: str) -> None:
        """Bring an article to the front; unknown ids show the first one."""
        self._current = article_id
        if not self._articles:
            return
        article = self.current or self._articles[0]
        self._current = article.id
        by_id = {each.id: each for each in self._articles}
        related = [by_id[other] for other in article.related if other in by_id]
        self.reading.show_article(article, can_act=self._can_act(article), related=related)
        place = self._articles.index(article)
        self.reading.show_neighbours(
            self._articles[place - 1] if place else None,
            self._articles[place + 1] if place + 1 < len(self._articles) else None,
        )
        self.list.mark(article.id)

    def step(self, by: int) -> None:
        """To the article before or after."""
        ids = [article.id for article in self._articles]
        if self._current in ids:
            place = ids.index(self._current) + by
            if 0 <= place < len(ids):
                self.show_article(ids[place])

    # writing

    def _write(self) -> None:
        """All texts in the language of now."""
        self._bar.set_heading(page_titles.help_page())
        self.tour.setText(self.tr("Show me around"))
        self.tour.setAccessibleName(self.tr("Show me around"))
        self.tour.updateGeometry()
        self.tour.setVisible(TOUR in self._registry)
        self.search.setPlaceholderText(self.tr("Search the help"))
        self.search.setAccessibleName(self.tr("Search the help"))
        self.list.setAccessibleName(self.tr("Articles"))
        self.reading.document.setAccessibleName(self.tr("Article"))
        self._reader.read(self._translator.language)

    def _take(self, articles: list[Article]) -> None:
        order = {group: place for place, group in enumerate(GROUPS)}
        whole = [*articles, keys_article(self._registry)]
        self._articles = sorted(whole, key=lambda article: order[article.group])
        self._filter()
        self.show_article(self._current)

    def _filter(self) -> None:
        words = self.search.text()
        self.list.set_articles([article for article in self._articles if article.matches(words)])
        self.list.mark(self._current)

    def _rewrite_keys(self) -> None:
        fresh = keys_article(self._registry)
        self._articles = [fresh if article.id == KEYS_ID else article for article in self._articles]
        if self._current == KEYS_ID:
            self.show_article(KEYS_ID)

    # doing

    def _can_act(self, article: Article) -> bool:
        return bool(article.action) and self._tools.can(article.action)

    def _refresh_action(self) -> None:
        """Tools appear while the window starts."""
        self.tour.setVisible(TOUR in self._registry)
        article = self.current
        if article is not None:
            self.reading.show_action(article, can_act=self._can_act(article))

    def _act(self) -> None:
        if self.current is not None:
            self._tools.run(self.current)

    # parts

    def _frame_centre(self) -> QWidget:
        page = _Retold(self._write)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.reading, 1)
        page.setProperty("firstFocus", self.reading.document)
        return page

    def _frame_list(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        panel.setFocusProxy(self.search)
        return panel


class _SearchField(TextField):
    """Down and Enter lead into the list."""

    def __init__(self, theme: Theme, target: ArticleList) -> None:
        super().__init__(
            QCoreApplication.translate("HelpPage", "Search the help"), theme, icon_name="search", height=30
        )
        self._target = target

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._target.setFocus(Qt.FocusReason.TabFocusReason)
            if event.key() != Qt.Key.Key_Down:
                self._target.choose_first()
            return
        super().keyPressEvent(event)


class _Retold(QWidget):
    """Has its page written again when the language changes."""

    def __init__(self, write: object) -> None:
        super().__init__()
        self._again = QTimer(self, singleShot=True, interval=0)
        if callable(write):
            self._again.timeout.connect(write)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._again.start()
        super().changeEvent(event)
