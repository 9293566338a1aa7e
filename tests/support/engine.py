"""Driving a worker from a test: commands in, the events of one job out."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.client.process import ProcessClient
from engine.messages import Message
from engine.protocol.commands import AnyCommand, Generate, LoadModel
from engine.protocol.events import (
    AnyEvent,
    Failed,
    GenerationDone,
    ModelLoaded,
    Pong,
    Ready,
    Stats,
    Token,
    WorkerDied,
)
from engine.protocol.values import ChatRequest, ContextParams, LoadedModel, ModelSpec, PromptOptions
from engine.sampling.params import SamplingParams

WAIT_S = 120


class Driver:
    """A client whose events are read one after the other."""

    def __init__(self, client: ProcessClient) -> None:
        self.client = client
        self.seen: list[AnyEvent] = []
        self._events: queue.SimpleQueue[AnyEvent] = queue.SimpleQueue()
        client.subscribe(self._put)

    def _put(self, event: AnyEvent) -> None:
        if not isinstance(event, Pong | Stats):
            self._events.put(event)

    def drain(self) -> None:
        """Forget what has arrived."""
        while not self._events.empty():
            self._events.get_nowait()

    def next(self) -> AnyEvent:
        event = self._events.get(timeout=WAIT_S)
        self.seen.append(event)
        return event

    def until(self, *kinds: type[AnyEvent]) -> AnyEvent:
        """The next event of one of these kinds."""
        while True:
            event = self.next()
            if isinstance(event, kinds):
                return event

    def send(self, command: AnyCommand) -> None:
        self.client.send(command)

    def load(self, model: ModelSpec, context: ContextParams | None = None) -> LoadedModel:
        job = self.client.next_job()
        self.send(LoadModel(job=job, model=model, context=context or ContextParams(n_ctx=2048)))
        event = self.until(ModelLoaded, Failed)
        assert isinstance(event, ModelLoaded), event
        return event.model

    def start(self, request: ChatRequest) -> int:
        job = self.client.next_job()
        self.send(Generate(job=job, request=request))
        return job

    def generate(self, request: ChatRequest) -> GenerationDone:
        """The whole reply; `tokens()` has its events."""
        self.seen.clear()
        self.start(request)
        event = self.until(GenerationDone, Failed, WorkerDied)
        assert isinstance(event, GenerationDone), event
        return event

    def fail(self, request: ChatRequest) -> Failed:
        """The error that the request ends with."""
        self.seen.clear()
        self.start(request)
        event = self.until(GenerationDone, Failed)
        assert isinstance(event, Failed), event
        return event

    def tokens(self) -> list[Token]:
        """Token events since the last `generate`."""
        return [event for event in self.seen if isinstance(event, Token)]


@contextmanager
def running_engine(home: Path, *, auto_restart: bool = True) -> Iterator[Driver]:
    """A worker that is ready."""
    client = ProcessClient(home, auto_restart=auto_restart)
    driver = Driver(client)
    client.start()
    try:
        driver.until(Ready)
        yield driver
    finally:
        client.close()


def ask(
    *texts: str,
    system: str = "",
    state_path: str = "",
    n_probs: int = 0,
    raw: bool = False,
    **sampling: Any,
) -> ChatRequest:
    """A conversation of alternating user and assistant texts, ending with the user's."""
    roles = ("user", "assistant")
    messages = tuple(
        Message.of(roles[index % 2], text)  # type: ignore[arg-type]
        for index, text in enumerate(texts)
    )
    return ChatRequest(
        messages=messages,
        sampling=SamplingParams(**sampling),
        prompt=PromptOptions(system=system, raw=raw),
        state_path=state_path,
        n_probs=n_probs,
    )
