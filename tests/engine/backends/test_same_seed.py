"""Same seed, same tokens: after regenerating, after a restart, with and without prefix reuse."""

from pathlib import Path
from typing import Any

import msgspec

from engine.messages import Message
from engine.protocol.commands import SaveState
from engine.protocol.events import StateSaved
from engine.protocol.values import ChatRequest, ModelSpec
from engine.sampling.params import SamplingParams
from tests.engine.backends.conftest import CONTEXT
from tests.support.engine import Driver, ask, running_engine

QUESTION = "Explain in two sentences what a lathe does."
FOLLOW_UP = "Who would want to own one, and why?"


def conversation(first: str, ids: tuple[int, ...], **sampling: Any) -> ChatRequest:
    """The second turn, with the token ids of the first reply as the store gives them."""
    request = ask(QUESTION, first, FOLLOW_UP, **sampling)
    return msgspec.structs.replace(request, token_history=((1, ids),))


def test_regenerating_repeats_the_tokens_and_reads_nothing(starter_engine: Driver) -> None:
    first = starter_engine.generate(ask(QUESTION, seed=7, max_tokens=40))
    again = starter_engine.generate(ask(QUESTION, seed=7, max_tokens=40))
    other = starter_engine.generate(ask(QUESTION, seed=8, max_tokens=40))
    assert again.token_ids == first.token_ids
    assert other.token_ids != first.token_ids
    assert again.metrics.reused_tokens == again.metrics.prompt_tokens


def test_a_follow_up_turn_repeats_after_branching_away(starter_engine: Driver) -> None:
    first = starter_engine.generate(ask(QUESTION, seed=7, max_tokens=40))
    turn = conversation(first.text, first.token_ids, seed=9, max_tokens=40)
    one = starter_engine.generate(turn)
    assert one.metrics.reused_tokens >= first.metrics.prompt_tokens + len(first.token_ids) - 2
    # Another branch from the same prefix, and back: regenerated from the scores at the end of its prompt.
    starter_engine.generate(turn)
    two = starter_engine.generate(turn)
    assert one.token_ids == two.token_ids
    assert one.provenance.prompt_hash == two.provenance.prompt_hash


def test_a_prompt_read_in_two_parts_gives_the_tokens_of_one_read_at_once(starter_engine: Driver) -> None:
    long_text = "Turning wood on a lathe needs a steady hand and a sharp gouge. " * 12
    whole = ask(long_text + "Summarise.", seed=3, max_tokens=32)
    starter_engine.generate(ask("Something else entirely.", seed=1, max_tokens=4))
    at_once = starter_engine.generate(whole)
    starter_engine.generate(ask(long_text + "Translate to French.", seed=1, max_tokens=4))
    in_parts = starter_engine.generate(whole)
    assert in_parts.metrics.reused_tokens > 100
    assert at_once.metrics.reused_tokens < 60
    assert in_parts.token_ids == at_once.token_ids


def test_a_reopened_chat_goes_on_as_if_it_had_never_been_closed(
    starter_model: ModelSpec, engine_home: Path
) -> None:
    state = engine_home / "states" / "chat.kv"
    opening = ask(QUESTION, seed=7, max_tokens=60, state_path=str(state))
    with running_engine(engine_home) as engine:
        engine.load(starter_model, CONTEXT)
        first = engine.generate(opening)
        turn = msgspec.structs.replace(
            conversation(first.text, first.token_ids, seed=9, max_tokens=40), state_path=str(state)
        )
        uninterrupted = engine.generate(turn)
        engine.generate(opening)  # go back to the end of the first turn
        engine.send(SaveState(job=engine.client.next_job(), path=str(state)))
        saved = engine.until(StateSaved)
    assert isinstance(saved, StateSaved)
    assert saved.tokens >= first.metrics.prompt_tokens
    with running_engine(engine_home) as engine:
        engine.load(starter_model, CONTEXT)
        reopened = engine.generate(turn)
        regenerated = engine.generate(turn)
    assert reopened.metrics.reused_tokens >= first.metrics.prompt_tokens + len(first.token_ids) - 2
    assert reopened.token_ids == uninterrupted.token_ids
    assert regenerated.token_ids == uninterrupted.token_ids


def test_closing_saves_the_state_by_itself(starter_model: ModelSpec, engine_home: Path) -> None:
    state = engine_home / "states" / "chat.kv"
    request = ask(QUESTION * 6, seed=7, max_tokens=20, state_path=str(state))
    with running_engine(engine_home) as engine:
        engine.load(starter_model, CONTEXT)
        engine.generate(request)
    assert state.stat().st_size > 100_000
    with running_engine(engine_home) as engine:
        engine.load(starter_model, CONTEXT)
        again = engine.generate(request)
    assert again.metrics.reused_tokens == again.metrics.prompt_tokens


def test_provenance_names_everything_that_decides(starter_engine: Driver) -> None:
    sampling = SamplingParams(seed=11, max_tokens=4, temperature=0.5)
    done = starter_engine.generate(ChatRequest(messages=(Message.of("user", "Hi"),), sampling=sampling))
    provenance = done.provenance
    assert provenance.seed == 11
    assert provenance.sampling == sampling
    assert provenance.model_hash
    assert provenance.template_hash
    assert provenance.prompt_hash
    assert "llama.cpp" in provenance.engine_build
    assert sum(abs(length) for length in provenance.evaluation) == done.metrics.prompt_tokens
