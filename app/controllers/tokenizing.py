"""Cuts texts into tokens with the vocabularies of several models."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from engine.client.api import EngineClient
from engine.errors import BugError, UserError
from engine.protocol.commands import Tokenize
from engine.protocol.events import Failed, Tokens

Done = Callable[[Tokens], None]
Broke = Callable[[Exception], None]


class Tokenizer(QObject):
    """GUI thread only; the callbacks come on it too."""

    def __init__(
        self,
        client: EngineClient,
        background: Background,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._background = background
        self._jobs: dict[int, tuple[str, Done, Broke]] = {}
        bridge.engine_event.connect(self._on_event)

    def ask(self, owner: str, text: str, path: str, special: bool, done: Done, broke: Broke) -> None:
        """`path` names the GGUF whose vocabulary cuts the text.

        Only the newest question of an owner counts: an earlier one is forgotten.
        """
        self.forget(owner)
        job = self._client.next_job()
        self._jobs[job] = (owner, done, broke)
        command = Tokenize(job=job, text=text, special=special, path=path)
        # A long text is megabytes to encode.
        self._background.run(lambda: self._client.send(command))

    def forget(self, owner: str) -> None:
        """The answer is not wanted any more."""
        self._jobs = {job: each for job, each in self._jobs.items() if each[0] != owner}

    def _on_event(self, event: object) -> None:
        match event:
            case Tokens(job=job) if job in self._jobs:
                self._jobs.pop(job)[1](event)
            case Failed(job=job) if job in self._jobs:
                self._jobs.pop(job)[2](error_of(event))
            case _:
                pass


def error_of(event: Failed) -> Exception:
    """A failure of the worker as the exception it was there."""
    if event.code:
        return UserError(event.code, **event.params)
    return BugError(event.report or event.message)
