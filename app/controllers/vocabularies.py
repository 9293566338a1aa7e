"""Vocabularies of model files, read once in the background and kept while they are used."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.bridge.background import Background
from engine.library.vocabulary import Vocabulary, read_vocabulary

KEPT = 3
"""250,000 tokens take about 40 MB."""

Done = Callable[[Vocabulary], None]
Failed = Callable[[Exception], None]


class Vocabularies(QObject):
    """GUI thread only. Callbacks come on it too, at once where the file is known already."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._known: OrderedDict[str, Vocabulary] = OrderedDict()
        self._waiting: dict[str, list[tuple[Done, Failed]]] = {}

    def known(self, path: str) -> Vocabulary | None:
        """What was read before."""
        return self._known.get(path)

    def read(self, path: str, done: Done, failed: Failed) -> None:
        """The vocabulary of a file."""
        if path in self._known:
            self._known.move_to_end(path)
            done(self._known[path])
            return
        waiting = self._waiting.setdefault(path, [])
        waiting.append((done, failed))
        if len(waiting) == 1:
            self._background.run(
                lambda: read_vocabulary(path),
                lambda vocabulary: self._take(path, vocabulary),
                lambda error: self._fail(path, error),
            )

    def _take(self, path: str, vocabulary: Vocabulary) -> None:
        self._known[path] = vocabulary
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        for done, _failed in self._waiting.pop(path, ()):
            done(vocabulary)

    def _fail(self, path: str, error: Exception) -> None:
        for _done, failed in self._waiting.pop(path, ()):
            failed(error)
