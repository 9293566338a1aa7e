"""Names chats: the first words at once, the model's own words when the first reply is there."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.bridge.background import StoreAccess
from app.bridge.engine_bridge import EngineBridge
from engine.chat.request import state_path
from engine.chat.titles import STATE_NAME, clean_title, title_from_message, title_request
from engine.chat.turn import TurnStarted
from engine.client.api import EngineClient
from engine.protocol.commands import Cancel, Generate
from engine.protocol.events import Failed, GenerationDone
from engine.protocol.values import ChatRequest
from engine.store.database import Store

_MIN_REPLIES = 1


@dataclass
class _Asked:
    job: int
    session_id: str
    title: str
    """The automatic title of the moment: a title the user wrote meanwhile is not replaced."""
    conversation: str
    """What the title has to be about."""


class TitleMaker(QObject):
    """`enabled` follows the setting; without it only the first words are used."""

    def __init__(
        self, client: EngineClient, access: StoreAccess, bridge: EngineBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._access = access
        self._asked: _Asked | None = None
        self.job = -1
        """The latest job: its tokens belong to no reply."""
        self.enabled = True
        bridge.turn_started.connect(self._on_turn_started)
        bridge.engine_event.connect(self._on_event)

    def want(self, session_id: str, *, completes: bool) -> None:
        """A reply is finished: ask the model for a title if the chat has none of its own yet.

        `completes`: the model goes on with plain text, as models on this machine do.
        """
        if not self.enabled or self._asked is not None:
            return

        def prepare(store: Store) -> tuple[ChatRequest, str, str] | None:
            session = store.sessions.get(session_id)
            path = store.messages.path(session_id)
            replies = sum(1 for record in path if record.message.role == "assistant")
            if not session.title_is_auto or replies != _MIN_REPLIES:
                return None
            own, titles = (str(state_path(store.home, name)) for name in (session_id, STATE_NAME))
            request = title_request(session, path, own, titles, completes=completes)
            return request, session.title, "\n".join(record.message.text() for record in path)

        def ask(found: tuple[ChatRequest, str, str] | None) -> None:
            if found is not None and self._asked is None:
                request, title, conversation = found
                self.job = self._client.next_job()
                self._asked = _Asked(self.job, session_id, title, conversation)
                self._client.send(Generate(self.job, request))

        self._access.run(prepare, ask)

    def _on_turn_started(self, event: TurnStarted) -> None:
        """The user goes on: the title can wait; an untitled chat gets its first words."""
        if self._asked is not None:
            self._client.send(Cancel(self._asked.job))
        if event.user is None:
            return
        session_id, words = event.session_id, title_from_message(event.user.message.text())

        def name(store: Store) -> None:
            session = store.sessions.get(session_id)
            if session.title_is_auto and not session.title and words:
                store.sessions.rename(session_id, words, auto=True)

        self._access.run(name)

    def _on_event(self, event: object) -> None:
        asked = self._asked
        if asked is None or not isinstance(event, GenerationDone | Failed) or event.job != asked.job:
            return
        self._asked = None
        if isinstance(event, Failed) or event.finish_reason != "stop":
            return  # cut off in the middle is no title
        title = clean_title(event.text, asked.conversation)
        if not title:
            return

        def name(store: Store) -> None:
            session = store.sessions.get(asked.session_id)
            if session.title_is_auto and session.title == asked.title:
                store.sessions.rename(asked.session_id, title, auto=True)

        self._access.run(name)
