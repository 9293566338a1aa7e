"""Going through a reply again, turning off it, and writing it one token at a time."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.chat.reply_tokens import spans
from engine.chat.turn import TurnFinished, TurnRunner
from engine.chat.walk import WalkEvent, WalkReport, drawn, walk_reply
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import LoadModel
from engine.protocol.events import ModelLoaded, Token
from engine.protocol.values import ContextParams, LoadedModel, ModelSpec
from engine.sampling.params import SamplingParams
from engine.store.database import Store, open_store
from engine.store.records import MessageRecord, SessionSettings
from tests.support.engine import Driver, running_engine

TEXT = "One two three four five six."


class Talk:
    """A chat with a model, from the outside."""

    def __init__(self, store: Store, driver: Driver, model: LoadedModel, settings: SessionSettings) -> None:
        self.store, self.driver, self.model = store, driver, model
        self.runner = TurnRunner(store, driver.client)
        self.runner.model = model
        self.session = store.sessions.create(settings=settings).id
        self.ended: list[TurnFinished] = []

    def hear(self, event: object) -> None:
        if isinstance(event, TurnFinished):
            self.ended.append(event)

    def say(self, text: str = "Hello", limit: int | None = None) -> MessageRecord:
        turn = self.runner.send(self.session, Message.of("user", text), self.hear, limit=limit)
        assert turn.wait(60)
        return self.last()

    def last(self) -> MessageRecord:
        assert self.ended[-1].error is None, self.ended[-1].error
        reply = self.ended[-1].reply
        assert reply is not None
        return reply

    def walk(self, reply_id: str) -> tuple[list[Token], WalkReport]:
        heard: list[WalkEvent] = []
        walk = walk_reply(
            self.store, self.driver.client, self.session, reply_id, heard.append, model=self.model
        )
        assert walk.wait(60)
        assert isinstance(heard[-1], WalkReport), heard[-1]
        return [event for event in heard if isinstance(event, Token)], heard[-1]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.json"
    path.write_bytes(msgspec.json.encode([{"text": TEXT, "delay_ms": 0}]))
    return path


@pytest.fixture
def talk(home: Path, script: Path) -> Iterator[Talk]:
    """With the scripted model."""
    store = open_store(home)
    with running_engine(home) as driver:
        model = driver.load(ModelSpec(backend="fake", name="scripted", path=str(script)))
        made = Talk(store, driver, model, SessionSettings(n_probs=3))
        yield made
        made.runner.close()
    store.close()


def test_the_record_says_where_each_token_stands(talk: Talk) -> None:
    reply = talk.say()
    record = talk.store.messages.reply(reply.id)
    assert record is not None
    text = reply.message.text()
    assert [text[start:end] for start, end in spans(record.ends)] == list(record.texts)
    assert "".join(record.texts) == TEXT
    fork = talk.store.sessions.fork(talk.session, reply.id)
    copied = talk.store.messages.replace(reply.id, Message.of("assistant", "new"), session_id=fork.id)
    assert talk.store.messages.reply(copied.id) is None
    assert talk.store.messages.reply(reply.id) == record


def test_reasoning_comes_before_the_answer_in_the_offsets(talk: Talk, script: Path) -> None:
    script.write_bytes(msgspec.json.encode([{"text": "<think>\nhm hm\n</think>\n\nWell yes", "delay_ms": 0}]))
    talk.driver.load(ModelSpec(backend="fake", name="scripted", path=str(script)))
    reply = talk.say()
    record = talk.store.messages.reply(reply.id)
    assert record is not None
    whole = "hm hm" + "Well yes"
    assert record.ends[-1] == len(whole)
    shown = [whole[start:end] for start, end in spans(record.ends)]
    assert "".join(shown) == whole
    assert " yes" in shown


def test_a_walk_traces_the_reply_and_stores_nothing(talk: Talk) -> None:
    reply = talk.say()
    before = talk.store.messages.tree(talk.session)
    tokens, report = talk.walk(reply.id)
    record = talk.store.messages.reply(reply.id)
    assert record is not None
    assert tuple(token.id for token in tokens) == record.token_ids
    assert all(token.forced and token.stages for token in tokens)
    assert report == WalkReport(len(tokens), -1, same_prompt=True)
    assert talk.store.messages.tree(talk.session) == before


def test_a_branch_keeps_the_beginning_and_is_a_new_version(talk: Talk) -> None:
    reply = talk.say()
    record = talk.store.messages.reply(reply.id)
    assert record is not None
    other = record.candidates[2][1]
    assert talk.runner.branch(talk.session, reply.id, 2, other.id, talk.hear).wait(60)
    branch = talk.last()
    assert branch.version_ids == (reply.id, branch.id)
    assert branch.message.text() == TEXT.replace(" three", " threes")
    grown = talk.store.messages.reply(branch.id)
    assert grown is not None
    assert grown.token_ids[:3] == (*record.token_ids[:2], other.id)
    assert grown.provenance.seed == record.provenance.seed
    assert talk.store.messages.get(reply.id).message.text() == TEXT


def test_one_token_at_a_time_gives_the_whole_reply(talk: Talk) -> None:
    reply = talk.say(limit=1)
    assert reply.message.text() == "One"
    assert reply.finish_reason == "length"
    assert talk.runner.advance(talk.session, reply.id, talk.hear).wait(60)
    assert talk.last().id == reply.id
    assert talk.last().message.text() == "One two"
    assert talk.runner.advance(talk.session, reply.id, talk.hear, count=99).wait(60)
    assert talk.last().message.text() == TEXT
    assert talk.last().version_ids == (reply.id,)
    record = talk.store.messages.reply(reply.id)
    assert record is not None
    assert "".join(record.texts) == TEXT


def test_what_cannot_be_walked_is_refused(talk: Talk) -> None:
    reply = talk.say()

    def refused(reply_id: str, model: LoadedModel | None) -> str:
        with pytest.raises(UserError) as caught:
            walk_reply(talk.store, talk.driver.client, talk.session, reply_id, print, model=model)
        return caught.value.code

    user = talk.store.messages.path(talk.session)[0]
    assert refused(user.id, talk.model) == "reply.no_tokens"
    assert refused(reply.id, None) == "model.none_loaded"
    other = msgspec.structs.replace(talk.model, model_hash="other")
    assert refused(reply.id, other) == "reply.other_model"
    remote = msgspec.structs.replace(talk.model, backend="remote")
    assert refused(reply.id, remote) == "inspect.unsupported"


def test_contrastive_decoding_asks_for_its_second_model(talk: Talk) -> None:
    settings = SessionSettings(sampling=SamplingParams(decoding="contrastive"))
    talk.store.sessions.set_settings(talk.session, settings)
    turn = talk.runner.send(talk.session, Message.of("user", "Hello"), talk.hear)
    assert turn.wait(60)
    error = talk.ended[-1].error
    assert isinstance(error, UserError)
    assert error.code == "amateur.none"


def test_the_starter_walks_branches_and_steps_under_the_same_random_state(
    home: Path, starter_path: Path
) -> None:
    store = open_store(home)
    sampling = SamplingParams(seed=5, temperature=1.2, max_tokens=12)
    with running_engine(home) as driver:
        job = driver.client.next_job()
        spec = ModelSpec(backend="llama_cpp", name="starter", path=str(starter_path))
        driver.send(LoadModel(job=job, model=spec, context=ContextParams(n_ctx=512, flash_attention="off")))
        loaded = driver.until(ModelLoaded)
        assert isinstance(loaded, ModelLoaded)
        talk = Talk(store, driver, loaded.model, SessionSettings(sampling=sampling, n_probs=4))
        try:
            reply = talk.say("Name three colours.")
            record = store.messages.reply(reply.id)
            assert record is not None
            tokens, report = talk.walk(reply.id)
            assert tuple(token.id for token in tokens) == record.token_ids
            assert report.first_difference == -1
            assert report.same_prompt
            assert all(drawn(token) == token.id for token in tokens)
            # The same token again is no branch at all: the same reply comes of it.
            assert talk.runner.branch(talk.session, reply.id, 3, record.token_ids[3], talk.hear).wait(60)
            again = store.messages.reply(talk.last().id)
            assert again is not None
            assert again.token_ids == record.token_ids
            stepped = talk.runner.regenerate(talk.session, reply.id, talk.hear, seed=5, limit=4)
            assert stepped.wait(60)
            part = talk.last()
            assert talk.runner.advance(talk.session, part.id, talk.hear, count=8).wait(60)
            whole = store.messages.reply(part.id)
            assert whole is not None
            assert whole.token_ids == record.token_ids
        finally:
            talk.runner.close()
            store.close()
