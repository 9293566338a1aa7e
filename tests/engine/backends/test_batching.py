"""Continuous batching on the starter model."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.backends.backend import Control
from engine.backends.llama_cpp.backend import LlamaCppBackend
from engine.backends.llama_cpp.batching import BatchEngine
from engine.backends.llama_cpp.loading import Loaded, load_model
from engine.protocol.events import AnyEvent, Failed, GenerationDone, PromptReady, Token
from engine.protocol.values import ChatRequest, ContextParams, ModelSpec
from tests.support.engine import ask

N_CTX = 1024


@pytest.fixture(scope="module")
def loaded(starter_path: Path, measured_home: Path) -> Iterator[Loaded]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATHE_HOME", str(measured_home))
        made = load_model(_spec(starter_path), _context(), lambda *_: None, Control())
    yield made
    made.close()


@pytest.fixture
def engine(loaded: Loaded) -> Iterator[BatchEngine]:
    made = BatchEngine(loaded, 4)
    yield made
    made.close()
    loaded.context.clear()


def _spec(path: Path) -> ModelSpec:
    return ModelSpec(backend="llama_cpp", name="starter", path=str(path))


def _context() -> ContextParams:
    return ContextParams(n_ctx=N_CTX, n_threads=2, flash_attention="off")


class Listener:
    """The news of one request."""

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []
        self._end: queue.SimpleQueue[GenerationDone | Failed] = queue.SimpleQueue()
        self.control = Control()
        self.writing = threading.Event()

    def tell(self, event: AnyEvent) -> None:
        self.events.append(event)
        if isinstance(event, Token):
            self.writing.set()
        if isinstance(event, GenerationDone | Failed):
            self._end.put(event)

    def end(self) -> GenerationDone | Failed:
        return self._end.get(timeout=120)

    def done(self) -> GenerationDone:
        end = self.end()
        assert isinstance(end, GenerationDone), end
        return end

    def failed(self) -> Failed:
        end = self.end()
        assert isinstance(end, Failed), end
        return end


def start(engine: BatchEngine, request: ChatRequest, job: int = 1) -> Listener:
    listener = Listener()
    engine.submit(job, request, listener.tell, listener.control)
    return listener


def test_alone_a_request_gets_the_tokens_that_the_chat_gives(
    engine: BatchEngine, starter_path: Path, measured_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same measurement for both: weights that are rearranged for matrix units round otherwise.
    monkeypatch.setenv("LATHE_HOME", str(measured_home))
    request = ask("Name three fruits.", seed=11, max_tokens=24)
    batched = start(engine, request).done()
    backend = LlamaCppBackend()
    backend.load(_spec(starter_path), _context(), lambda *_: None, Control())
    try:
        chat = next(
            event for event in backend.generate(1, request, Control()) if isinstance(event, GenerationDone)
        )
    finally:
        backend.unload()
    assert batched.token_ids == chat.token_ids
    assert batched.text == chat.text


def test_more_requests_than_slots_are_all_answered(engine: BatchEngine) -> None:
    listeners = [
        start(engine, ask(f"Count from {n} upwards.", seed=n, max_tokens=12), job=n) for n in range(7)
    ]
    ends = [listener.done() for listener in listeners]
    assert [end.job for end in ends] == list(range(7))
    for listener, end in zip(listeners, ends, strict=True):
        tokens = [event for event in listener.events if isinstance(event, Token)]
        assert tuple(token.id for token in tokens) == end.token_ids
        assert "".join(token.text for token in tokens) + end.tail == end.text
    assert engine.load() == (0, 0, 0)


def test_a_follow_up_reads_only_what_is_new_and_a_shared_beginning_is_copied(engine: BatchEngine) -> None:
    system = "You are a careful librarian. " * 12
    first = start(engine, ask(system + "Who wrote Emma?", seed=1, max_tokens=60))
    assert first.writing.wait(120)
    second = start(engine, ask(system + "Who wrote Hamlet?", seed=1, max_tokens=4))
    second.done()
    first.done()
    report = next(event for event in second.events if isinstance(event, PromptReady)).report
    assert report.reused > 60
    again = start(engine, ask(system + "Who wrote Emma?", seed=1, max_tokens=4))
    again.done()
    report = next(event for event in again.events if isinstance(event, PromptReady)).report
    assert report.reused == report.total - 1


def test_a_cancelled_request_ends_and_the_others_go_on(engine: BatchEngine) -> None:
    long = start(engine, ask("Tell a long story.", seed=3, max_tokens=400), job=1)
    other = start(engine, ask("Tell a short story.", seed=4, max_tokens=30), job=2)
    assert long.writing.wait(120)
    long.control.cancel()
    assert long.done().finish_reason == "cancelled"
    assert other.done().finish_reason in ("length", "stop", "context")


def test_a_full_cache_ends_the_newest_reply_and_keeps_the_others(engine: BatchEngine) -> None:
    words = "river stone moss " * 70
    listeners = [start(engine, ask(f"{n} {words}", seed=n, max_tokens=60), job=n) for n in range(4)]
    ends = [listener.end() for listener in listeners]
    assert isinstance(ends[0], GenerationDone)
    assert len(ends[0].token_ids) > 0
    for end in ends:
        assert isinstance(end, GenerationDone) or end.code.startswith("context.")
    assert start(engine, ask("Still there?", seed=1, max_tokens=4)).done().text


def test_what_cannot_be_served_is_said(engine: BatchEngine) -> None:
    assert start(engine, ask("x", decoding="beam")).failed().code == "params.invalid"
    assert start(engine, ask("word " * 3000, max_tokens=4)).failed().code == "context.message_too_long"


def test_closing_ends_what_runs(loaded: Loaded) -> None:
    engine = BatchEngine(loaded, 1)
    running = start(engine, ask("Tell a long story.", seed=3, max_tokens=400))
    waiting = start(engine, ask("And another.", seed=3, max_tokens=400))
    assert running.writing.wait(120)
    engine.close()
    loaded.context.clear()
    assert running.done().finish_reason == "cancelled"
    assert waiting.failed().code == "cancelled"
