"""What panels want goes along with a reply, and an earlier reply can be asked for again."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from engine.chat.inspection import Inspection, reread_request
from engine.chat.turn import TurnFinished, TurnRunner, TurnStarted
from engine.client.api import Listener
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import AnyCommand, Generate, UpdateTaps
from engine.protocol.events import AnyEvent, BeamGrown, GenerationDone, Token
from engine.protocol.inspection import BeamNode, TapSpec
from engine.protocol.values import ContextParams, GenerationMetrics, Provenance
from engine.sampling.params import SamplingParams
from engine.store.database import open_store
from engine.store.records import SessionSettings


class ScriptedClient:
    """Answers every `Generate` with two tokens."""

    def __init__(self) -> None:
        self.sent: list[AnyCommand] = []
        self._listeners: list[Listener] = []

    def start(self) -> None: ...

    def close(self) -> None: ...

    def next_job(self) -> int:
        return 7

    def send(self, command: AnyCommand) -> None:
        self.sent.append(command)
        if isinstance(command, Generate):
            for event in (_token(0, 11, "Hi"), _token(1, 12, "!"), _done()):
                self._tell(event)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, event: AnyEvent) -> None:
        for listener in self._listeners:
            listener(event)


def _token(seq: int, token: int, text: str) -> Token:
    return Token(job=7, seq=seq, id=token, text=text, logprob=-0.5, elapsed_ms=1.0)


def _done() -> GenerationDone:
    sampling = SamplingParams()
    provenance = Provenance("m", "h", "b", "t", "p", sampling, 1, ContextParams(), False)
    metrics = GenerationMetrics(5, 0, 2, 1.0, 1.0, 1.0, 2.0)
    return GenerationDone(
        job=7, tail="", text="Hi!", finish_reason="stop", metrics=metrics, provenance=provenance,
        token_ids=(11, 12),
    )  # fmt: skip


def test_wishes_travel_with_the_request_and_change_while_it_runs(home: Path) -> None:
    client, store = ScriptedClient(), open_store(home)
    runner = TurnRunner(store, client)
    session = store.sessions.create(settings=SessionSettings(n_probs=4))
    heard: list[object] = []
    spec = TapSpec(layers=(3,))
    try:
        runner.inspection = Inspection(taps=spec, trace=True, n_probs=2)
        turn = runner.send(session.id, Message.of("user", "Hello"), heard.append)
        assert turn.wait(10)
        turn.update_taps(None)
    finally:
        runner.close()
        store.close()
    generate = next(command for command in client.sent if isinstance(command, Generate))
    assert generate.request.taps == spec
    assert generate.request.trace
    assert generate.request.n_probs == 4, "the chat's own number is larger"
    assert client.sent[-1] == UpdateTaps(job=7, taps=None)
    started = heard[0]
    assert isinstance(started, TurnStarted)
    assert started.job == 7
    assert isinstance(heard[-1], TurnFinished)


def test_nothing_is_asked_for_by_default(home: Path) -> None:
    client, store = ScriptedClient(), open_store(home)
    runner = TurnRunner(store, client)
    session = store.sessions.create()
    try:
        runner.send(session.id, Message.of("user", "Hello"), lambda _event: None).wait(10)
    finally:
        runner.close()
        store.close()
    generate = next(command for command in client.sent if isinstance(command, Generate))
    assert generate.request.taps is None
    assert not generate.request.trace
    assert generate.request.n_probs == 0


def test_an_earlier_reply_is_asked_for_with_its_own_tokens(home: Path) -> None:
    client, store = ScriptedClient(), open_store(home)
    runner = TurnRunner(store, client)
    session = store.sessions.create()
    try:
        for text in ("One", "Two"):
            runner.send(session.id, Message.of("user", text), lambda _event: None).wait(10)
        path = store.messages.path(session.id)
        request = reread_request(store, session.id, path[-1].id, taps=TapSpec(layers=(1,)))
        assert [message.text() for message in request.messages] == ["One", "Hi!", "Two"]
        assert request.reply == (11, 12)
        assert request.token_history == ((1, (11, 12)),)
        assert request.taps == TapSpec(layers=(1,))
        question = reread_request(store, session.id, path[2].id)
        assert [message.text() for message in question.messages] == ["One", "Hi!", "Two"]
        assert question.reply == ()
        with pytest.raises(UserError) as caught:
            reread_request(store, session.id, "no such message")
        assert caught.value.code == "message.unknown"
    finally:
        runner.close()
        store.close()


class SearchingClient(ScriptedClient):
    """Answers with a beam search: two nodes, of which one is dropped later."""

    def _tell(self, event: AnyEvent) -> None:
        if isinstance(event, Token) and event.seq == 0:
            super()._tell(BeamGrown(job=7, nodes=(_HI, _HO)))
            super()._tell(BeamGrown(job=7, nodes=(msgspec.structs.replace(_HO, state="dropped"),)))
        super()._tell(event)


_HI = BeamNode(0, -1, 11, "Hi", -0.5, -0.5, "alive")
_HO = BeamNode(1, -1, 13, "Ho", -1.5, -1.5, "alive")


def test_the_tree_of_a_beam_search_is_stored_with_its_reply(home: Path) -> None:
    client, store = SearchingClient(), open_store(home)
    runner = TurnRunner(store, client)
    session = store.sessions.create(settings=SessionSettings())
    turn = runner.send(session.id, Message.of("user", "hello"), lambda _event: None)
    assert turn.wait(5)
    reply_id = store.messages.path(session.id)[-1].id
    kept = (_HI, msgspec.structs.replace(_HO, state="dropped"))
    reply = store.messages.reply(reply_id)
    assert reply is not None
    assert reply.beams == kept
    # One more token than the search wrote: its tree is still that of the reply.
    assert runner.advance(session.id, reply_id, lambda _event: None).wait(5)
    reply = store.messages.reply(reply_id)
    assert reply is not None
    assert reply.beams == kept
    runner.close()
    store.close()
