"""Reads the articles beside the GUI thread."""

import threading

from PySide6.QtCore import QObject, Signal

from app.pages.help.articles import Article, read_articles


class ArticleReader(QObject):
    """`read` a language; `arrived` follows on the GUI thread, for the newest language only."""

    arrived = Signal(list)
    """`Article` in reading order."""
    _done = Signal(str, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        self._known: dict[str, list[Article]] = {}
        self._done.connect(self._take)

    def read(self, language: str) -> None:
        self._wanted = language
        if language in self._known:
            self.arrived.emit(self._known[language])
            return
        threading.Thread(target=self._work, args=(language,), name="lathe-help", daemon=True).start()

    def _work(self, language: str) -> None:
        articles = read_articles(language)
        try:
            self._done.emit(language, articles)
        except RuntimeError:  # the page is gone
            return

    def _take(self, language: str, articles: list[Article]) -> None:
        self._known[language] = articles
        if language == self._wanted:
            self.arrived.emit(articles)
