"""Questions to an encoder: missing words, whether a sentence follows another, how alike two sentences are."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.bridge.engine_bridge import EngineBridge
from app.controllers.tokenizing import error_of
from engine.client.api import EngineClient
from engine.protocol.commands import AnyCommand, EmbedTexts, FillMask, ScoreNextSentence
from engine.protocol.events import Embedded, Failed, MaskFilled, NextSentenceScored

Broke = Callable[[Exception], None]
_Heard = Callable[[object], None]


class EncoderQuestions(QObject):
    """GUI thread only; the callbacks come on it too. Only the newest question of each kind counts."""

    def __init__(self, client: EngineClient, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._jobs: dict[int, tuple[str, _Heard, Broke]] = {}
        bridge.engine_event.connect(self._on_event)

    def fill_mask(self, text: str, top: int, done: Callable[[MaskFilled], None], broke: Broke) -> None:
        self._ask("mask", lambda job: FillMask(job=job, text=text, top=top), done, broke)

    def next_sentence(
        self, first: str, second: str, done: Callable[[NextSentenceScored], None], broke: Broke
    ) -> None:
        self._ask("next", lambda job: ScoreNextSentence(job=job, first=first, second=second), done, broke)

    def embed(self, texts: tuple[str, ...], done: Callable[[Embedded], None], broke: Broke) -> None:
        self._ask("embed", lambda job: EmbedTexts(job=job, texts=texts), done, broke)

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._jobs.clear()

    def _ask(
        self,
        kind: str,
        make: Callable[[int], AnyCommand],
        done: Callable[..., None],
        broke: Broke,
    ) -> None:
        self._jobs = {job: each for job, each in self._jobs.items() if each[0] != kind}
        job = self._client.next_job()
        self._jobs[job] = (kind, done, broke)
        self._client.send(make(job))

    def _on_event(self, event: object) -> None:
        match event:
            case MaskFilled(job=job) | NextSentenceScored(job=job) | Embedded(job=job) if job in self._jobs:
                self._jobs.pop(job)[1](event)
            case Failed(job=job) if job in self._jobs:
                self._jobs.pop(job)[2](error_of(event))
            case _:
                pass
