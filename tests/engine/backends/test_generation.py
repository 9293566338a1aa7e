"""Replies of the starter model: text, stops, limits, cancellation, grammar, beams, live changes."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.protocol.commands import Cancel, MeasurePrompt, Tokenize, UpdateSampling
from engine.protocol.events import Failed, GenerationDone, PromptReady, Token, Tokens
from engine.protocol.values import ContextParams, ModelSpec, PromptOptions
from engine.sampling.params import LogitBias
from tests.engine.backends.conftest import CONTEXT
from tests.support.engine import Driver, ask, running_engine


def test_the_events_joined_are_the_reply(starter_engine: Driver) -> None:
    done = starter_engine.generate(ask("Write a haiku about 中文 and tea.", seed=5, max_tokens=60))
    tokens = starter_engine.tokens()
    assert "".join(token.text for token in tokens) + done.tail == done.text
    assert tuple(token.id for token in tokens) == done.token_ids
    assert [token.seq for token in tokens] == list(range(len(tokens)))
    assert all(token.logprob <= 0 for token in tokens)


def test_a_stop_string_ends_the_reply_and_is_never_shown(starter_engine: Driver) -> None:
    free = starter_engine.generate(ask("Count from one to ten in words.", decoding="greedy", max_tokens=60))
    stop = free.text[10:16]
    done = starter_engine.generate(
        ask("Count from one to ten in words.", decoding="greedy", max_tokens=60, stop=(stop,))
    )
    assert done.finish_reason == "stop"
    assert stop not in done.text
    assert free.text.startswith(done.text)


def test_max_tokens_ends_with_length(starter_engine: Driver) -> None:
    done = starter_engine.generate(ask("Write a long story.", seed=1, max_tokens=5))
    assert (done.finish_reason, len(done.token_ids)) == ("length", 5)


def test_no_tokens_asked_gives_none(starter_engine: Driver) -> None:
    done = starter_engine.generate(ask("Hi", seed=1, max_tokens=0))
    assert (done.text, done.token_ids) == ("", ())


def test_cancel_keeps_what_is_there(starter_engine: Driver) -> None:
    job = starter_engine.start(ask("Write a very long story about the sea.", seed=1))
    for _ in range(5):
        starter_engine.until(Token)
    starter_engine.send(Cancel(job=job))
    starter_engine.seen.clear()
    done = starter_engine.until(GenerationDone)
    assert isinstance(done, GenerationDone)
    assert done.finish_reason == "cancelled"
    assert len(done.token_ids) >= 5
    # The engine goes on at once.
    assert starter_engine.generate(ask("Hi", seed=1, max_tokens=2)).token_ids


def test_cancel_while_the_prompt_is_read(starter_engine: Driver) -> None:
    long_prompt = "word " * 700
    job = starter_engine.start(ask(long_prompt, seed=1, max_tokens=4))
    starter_engine.until(PromptReady)
    starter_engine.send(Cancel(job=job))
    done = starter_engine.until(GenerationDone)
    assert isinstance(done, GenerationDone)
    assert (done.finish_reason, done.token_ids) == ("cancelled", ())
    whole = starter_engine.generate(ask(long_prompt, seed=1, max_tokens=4))
    assert len(whole.token_ids) == 4


def test_candidates_and_entropy_describe_the_distribution(starter_engine: Driver) -> None:
    starter_engine.generate(ask("The capital of France is", decoding="greedy", max_tokens=3, n_probs=5))
    for token in starter_engine.tokens():
        logprobs = [candidate.logprob for candidate in token.candidates]
        assert len(logprobs) == 5
        assert logprobs == sorted(logprobs, reverse=True)
        assert token.candidates[0].id == token.id  # greedy takes the best
        assert token.rank == 0
        assert token.entropy >= 0


def test_a_grammar_is_obeyed(starter_engine: Driver) -> None:
    done = starter_engine.generate(
        ask("Is the sea wet?", seed=2, temperature=1.5, grammar='root ::= "certainly" | "never"')
    )
    assert done.text in ("certainly", "never")


def test_a_json_schema_is_obeyed(starter_engine: Driver) -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer"}},
        "required": ["name", "age"],
    }
    done = starter_engine.generate(
        ask("Describe a person.", seed=2, json_schema=json.dumps(schema), max_tokens=80)
    )
    value = json.loads(done.text)
    assert isinstance(value["name"], str)
    assert isinstance(value["age"], int)


@pytest.mark.parametrize(
    ("sampling", "code"),
    [
        ({"grammar": "root ::= ((("}, "grammar.invalid"),
        ({"grammar": 'start ::= "a"'}, "grammar.invalid"),
        ({"json_schema": "{"}, "schema.invalid"),
        ({"json_schema": '{"$ref": "#/nowhere"}'}, "schema.invalid"),
        ({"decoding": "beam", "beam_width": 99}, "params.invalid"),
    ],
)
def test_impossible_settings_are_one_clear_error(
    starter_engine: Driver, sampling: dict[str, Any], code: str
) -> None:
    failed = starter_engine.fail(ask("Hi", max_tokens=2, **sampling))
    assert failed.code == code
    assert failed.message
    assert starter_engine.generate(ask("Hi", seed=1, max_tokens=2)).token_ids


def test_a_banned_token_does_not_appear(starter_engine: Driver) -> None:
    free = starter_engine.generate(ask("Say hello.", decoding="greedy", max_tokens=1))
    (first,) = free.token_ids
    banned = (LogitBias(bias=-100, token_id=first),)
    done = starter_engine.generate(ask("Say hello.", decoding="greedy", max_tokens=1, logit_bias=banned))
    assert done.token_ids != free.token_ids


def test_beam_search_finds_a_text_at_least_as_probable_as_greedy(starter_engine: Driver) -> None:
    def total(**sampling: Any) -> float:
        starter_engine.generate(ask("Name the largest planet.", max_tokens=12, **sampling))
        return sum(token.logprob for token in starter_engine.tokens())

    assert total(decoding="beam", beam_width=4, length_penalty=0.0) >= total(decoding="greedy") - 1e-3


def test_beam_of_one_is_greedy(starter_engine: Driver) -> None:
    greedy = starter_engine.generate(ask("Name the largest planet.", decoding="greedy", max_tokens=16))
    beam = starter_engine.generate(
        ask("Name the largest planet.", decoding="beam", beam_width=1, max_tokens=16)
    )
    assert beam.token_ids == greedy.token_ids


def test_parameters_change_while_the_reply_runs(starter_engine: Driver) -> None:
    request = ask("Write a long story about a fox.", seed=4, max_tokens=60, temperature=0.0)
    job = starter_engine.start(request)
    for _ in range(3):
        starter_engine.until(Token)
    hot = msgspec.structs.replace(request.sampling, temperature=2.0, top_k=0, top_p=1.0, min_p=0.0)
    starter_engine.send(UpdateSampling(job=job, sampling=hot))
    done = starter_engine.until(GenerationDone, Failed)
    assert isinstance(done, GenerationDone)
    assert done.provenance.sampling.temperature == 2.0
    ranks = [token.rank for token in starter_engine.tokens()]
    assert max(ranks) > 100  # a cold sampler never leaves rank 0


def test_control_tokens_in_a_message_stay_text(starter_engine: Driver) -> None:
    messages = ask("before <|im_end|> after").messages
    starter_engine.send(
        MeasurePrompt(
            job=starter_engine.client.next_job(),
            messages=messages,
            prompt=PromptOptions(system="S"),
            segments=True,
        )
    )
    ready = starter_engine.until(PromptReady)
    assert isinstance(ready, PromptReady)
    user = next(segment for segment in ready.report.segments if segment.kind == "user")
    assert user.text == "before <|im_end|> after"
    assert user.tokens > 5  # one control token would make it three
    assert ready.report.total == sum(segment.tokens for segment in ready.report.segments)


def test_tokenize_tells_control_tokens(starter_engine: Driver) -> None:
    starter_engine.send(Tokenize(job=starter_engine.client.next_job(), text="a<|im_end|>", special=True))
    tokens = starter_engine.until(Tokens)
    assert isinstance(tokens, Tokens)
    assert tokens.pieces == (b"a", b"<|im_end|>")
    assert tokens.special == (False, True)


def test_an_overflowing_conversation_drops_the_oldest_turns(starter_engine: Driver) -> None:
    texts = [text for index in range(14) for text in (f"Question {index}: " + "why " * 50, "Because. " * 18)]
    request = ask(*texts, "And now?", seed=1, max_tokens=4)
    request = msgspec.structs.replace(request, prompt=PromptOptions(reply_room=700))
    starter_engine.generate(request)
    ready = next(event for event in starter_engine.seen if isinstance(event, PromptReady))
    assert ready.report.dropped[:2] == (0, 1)
    assert ready.report.total + ready.report.reply_room <= CONTEXT.n_ctx
    stop = msgspec.structs.replace(request, prompt=PromptOptions(overflow="stop"))
    assert starter_engine.fail(stop).code == "context.no_room"


def test_a_full_context_ends_the_reply(starter_model: ModelSpec, engine_home: Path) -> None:
    context = ContextParams(n_ctx=256, flash_attention="off")
    # Raw text whose repetition never ends by itself.
    request = msgspec.structs.replace(
        ask("a b c d e f g h i j " * 10, decoding="greedy"), prompt=PromptOptions(raw=True)
    )
    with running_engine(engine_home) as engine:
        engine.load(starter_model, context)
        done = engine.generate(request)
    assert done.finish_reason == "context"
    # The last token is drawn from the scores of the last position and needs no cell itself.
    assert done.metrics.prompt_tokens + len(done.token_ids) == context.n_ctx + 1


def test_token_ids_of_another_vocabulary_are_ignored(starter_engine: Driver) -> None:
    request = ask("Hi", "Hello there", "And now?", seed=1, max_tokens=3)
    foreign = msgspec.structs.replace(request, token_history=((1, (-1, 99_999_999)),))
    assert starter_engine.generate(foreign).token_ids == starter_engine.generate(request).token_ids


def test_replies_are_read_as_the_tokens_they_were_sampled_as(starter_engine: Driver) -> None:
    """Also where the text would be cut into other tokens, and where it begins with a blank."""
    starter_engine.send(Tokenize(job=starter_engine.client.next_job(), text=" He", special=False))
    head = starter_engine.until(Tokens)
    starter_engine.send(Tokenize(job=starter_engine.client.next_job(), text="llo", special=False))
    tail = starter_engine.until(Tokens)
    assert isinstance(head, Tokens)
    assert isinstance(tail, Tokens)
    ids = head.ids + tail.ids
    plain = ask("Hi", " Hello", "And now?", seed=1, max_tokens=1)
    spliced = msgspec.structs.replace(plain, token_history=((1, ids),))
    one, other = starter_engine.generate(plain), starter_engine.generate(spliced)
    assert one.provenance.prompt_hash != other.provenance.prompt_hash


def test_ten_thousand_messages_leave_as_many_as_fit(starter_engine: Driver) -> None:
    texts = [f"Line {index} of a long talk about wood and tools." for index in range(9_999)]
    starter_engine.send(
        MeasurePrompt(
            job=starter_engine.client.next_job(),
            messages=ask(*texts).messages,
            prompt=PromptOptions(),
            max_tokens=100,
        )
    )
    ready = starter_engine.until(PromptReady)
    assert isinstance(ready, PromptReady)
    room = CONTEXT.n_ctx - ready.report.reply_room
    assert room - 60 < ready.report.total <= room
    assert len(ready.report.per_message) == len(texts)
    assert 9_998 not in ready.report.dropped
    assert 0 in ready.report.dropped
