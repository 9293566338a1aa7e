"""Chats as rows of the palette: by title at once, by what was said in them when the store has answered."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.bridge.background import StoreAccess
from app.palette.fuzzy import match
from app.palette.items import Deliver, PaletteItem
from engine.store.database import Store
from engine.store.records import SearchHit, SessionRecord

LIMIT = 60
TEXT_HITS = 20
SHORTEST_TEXT_QUERY = 2

Open = Callable[[str, str], object]
"""Session id, message id (empty for the whole chat)."""


class ChatProvider:
    """Searches on the store's thread; rows are made on the GUI thread."""

    def __init__(self, access: StoreAccess, open_chat: Open) -> None:
        self._access = access
        self._open = open_chat

    @property
    def placeholder(self) -> str:
        return QCoreApplication.translate("Palette", "Find a chat by title or text")

    @property
    def nothing_found(self) -> str:
        return QCoreApplication.translate("Palette", "No chat matches")

    def search(self, query: str, deliver: Deliver) -> None:
        def find(store: Store) -> tuple[list[SessionRecord], list[SearchHit]]:
            wanted = query.strip()
            long_enough = len(wanted) >= SHORTEST_TEXT_QUERY
            return store.sessions.list(), store.search.find(wanted, limit=TEXT_HITS) if long_enough else []

        def show(found: tuple[list[SessionRecord], list[SearchHit]]) -> None:
            deliver([*self._by_title(query, found[0]), *self._by_text(found[1])])

        self._access.run(find, show)

    def _by_title(self, query: str, sessions: Iterable[SessionRecord]) -> list[PaletteItem]:
        ranked: list[tuple[float, PaletteItem]] = []
        for session in sessions:
            title = session.title or QCoreApplication.translate("Palette", "New chat")
            hit = match(query, title)
            if hit is not None:
                item = PaletteItem(
                    id=session.id,
                    title=title,
                    run=partial(self._open, session.id, ""),
                    subtitle=session.model_name,
                    icon="pin" if session.pinned else "message-square",
                    positions=hit.positions,
                )
                ranked.append((hit.score, item))
        if query.strip():
            ranked.sort(key=lambda pair: -pair[0])
        return [item for _score, item in ranked[:LIMIT]]

    def _by_text(self, hits: Iterable[SearchHit]) -> list[PaletteItem]:
        group = QCoreApplication.translate("Palette", "In messages")
        return [
            PaletteItem(
                id=hit.message_id,
                title=" ".join(hit.snippet.split()),
                run=partial(self._open, hit.session_id, hit.message_id),
                subtitle=hit.session_title,
                icon="text-search",
                group=group,
                positions=_joined_positions(hit),
            )
            for hit in hits
        ]


def _joined_positions(hit: SearchHit) -> tuple[int, ...]:
    """The marked ranges of a snippet, in the snippet with its white space joined."""
    places: dict[int, int] = {}
    length = 0
    for word_start, word in _words(hit.snippet):
        length += 1 if length else 0
        for offset in range(len(word)):
            places[word_start + offset] = length + offset
        length += len(word)
    marked = (index for begin, end in hit.ranges for index in range(begin, end))
    return tuple(places[index] for index in marked if index in places)


def _words(text: str) -> list[tuple[int, str]]:
    words: list[tuple[int, str]] = []
    start = -1
    for index, letter in enumerate(f"{text} "):
        if letter.isspace():
            if start >= 0:
                words.append((start, text[start:index]))
            start = -1
        elif start < 0:
            start = index
    return words
