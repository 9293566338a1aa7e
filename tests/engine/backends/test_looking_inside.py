"""Taps, traces, forced tokens, beams and contrastive decoding: what they show, and that they change
nothing.
"""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from engine.protocol.codec import MAX_FRAME_BYTES
from engine.protocol.commands import Inspect, Tokenize, UpdateTaps
from engine.protocol.events import BeamGrown, Failed, GenerationDone, Inspected, TapFrame, Token, Tokens
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import ModelSpec
from engine.taps.arrays import unpack
from tests.support.engine import Driver, ask

QUESTION = "Explain in two sentences what a lathe does."
LAYERS, HEADS = 30, 9


def frames(driver: Driver) -> list[TapFrame]:
    return [event for event in driver.seen if isinstance(event, TapFrame)]


def inspect(driver: Driver, **request: Any) -> Inspected | Failed:
    driver.send(Inspect(job=driver.client.next_job(), request=InspectRequest(**request)))
    event = driver.until(Inspected, Failed)
    assert isinstance(event, Inspected | Failed)
    return event


def test_looking_changes_no_token(starter_engine: Driver) -> None:
    plain = ask(QUESTION, seed=7, max_tokens=40, repeat_penalty=1.1, dry_multiplier=0.8)
    everything = msgspec.structs.replace(
        plain, taps=TapSpec(kinds=("attention", "residual")), trace=True, n_probs=20
    )
    without = starter_engine.generate(plain)
    watched = starter_engine.generate(everything)
    assert watched.token_ids == without.token_ids
    starter_engine.generate(ask("Something else.", seed=1, max_tokens=2))
    fresh = starter_engine.generate(everything)
    assert fresh.token_ids == without.token_ids
    again = starter_engine.generate(plain)
    assert again.token_ids == without.token_ids


def test_live_attention_is_a_distribution_over_the_past(starter_engine: Driver) -> None:
    request = msgspec.structs.replace(ask(QUESTION, seed=7, max_tokens=6), taps=TapSpec())
    done = starter_engine.generate(request)
    caught = frames(starter_engine)
    # The token drawn last is not read any more.
    assert [frame.seq for frame in caught] == list(range(len(done.token_ids) - 1))
    for frame in caught:
        attention = unpack(frame.arrays["attention"]).astype(np.float64)
        assert attention.shape == (LAYERS, HEADS, frame.position + 1)
        assert np.abs(attention.sum(-1) - 1).max() < 5e-3  # half precision
        assert frame.position == done.metrics.prompt_tokens + frame.seq


def test_live_rows_equal_the_rows_read_again(starter_engine: Driver) -> None:
    request = msgspec.structs.replace(
        ask(QUESTION, seed=7, max_tokens=6), taps=TapSpec(layers=(3, 20), heads=(1, 4))
    )
    done = starter_engine.generate(request)
    live = frames(starter_engine)
    whole = inspect(
        starter_engine,
        messages=request.messages,
        reply=done.token_ids,
        taps=TapSpec(layers=(3, 20), heads=(1, 4)),
    )
    assert isinstance(whole, Inspected)
    attention = unpack(whole.arrays["attention"])
    assert whole.prompt_length == done.metrics.prompt_tokens
    assert attention.shape[:2] == (2, 2)
    for frame in live:
        rows = attention[:, :, frame.position, : frame.position + 1]
        # Read token by token and in one batch: the same numbers but for the kernels' last bits.
        assert np.abs(rows - unpack(frame.arrays["attention"]).astype(np.float32)).max() < 0.03


def test_attention_of_a_text_is_causal_and_sums_to_one(starter_engine: Driver, tmp_path: Path) -> None:
    out = tmp_path / "attention.npz"
    done = inspect(
        starter_engine, text="The cat sat on the mat. The cat sat", taps=TapSpec(), out_path=str(out)
    )
    assert isinstance(done, Inspected), done
    with np.load(out) as stored:
        attention, ids = stored["attention"], stored["token_ids"]
        assert list(ids) == list(done.token_ids)
        assert "".join(stored["tokens"]) == "The cat sat on the mat. The cat sat"
    count = len(done.token_ids)
    assert attention.shape == (LAYERS, HEADS, count, count)
    assert attention.dtype == np.float32
    assert np.abs(attention.sum(-1) - 1).max() < 1e-5
    assert np.triu(attention, 1).max() == 0


def test_arrays_beyond_what_the_pipe_takes_arrive(starter_engine: Driver) -> None:
    done = inspect(starter_engine, text="The cat sat on the mat. " * 90, taps=TapSpec())
    assert isinstance(done, Inspected), done
    count = len(done.token_ids)
    assert LAYERS * HEADS * count * count * 4 > MAX_FRAME_BYTES
    attention = unpack(done.arrays["attention"])
    assert attention.shape == (LAYERS, HEADS, count, count)
    assert np.abs(attention[::7].sum(-1) - 1).max() < 1e-5
    folders = (Path(tempfile.gettempdir()), Path("/dev/shm"))  # noqa: S108
    assert not [
        path for folder in folders for path in folder.glob(f"lathe-array-{starter_engine.client.pid}-*")
    ], "taken away"


def test_inspecting_leaves_the_conversation_alone(starter_engine: Driver) -> None:
    first = starter_engine.generate(ask(QUESTION, seed=7, max_tokens=10))
    inspect(starter_engine, text="Some other text.", taps=TapSpec(layers=(0,)))
    again = starter_engine.generate(ask(QUESTION, seed=7, max_tokens=10))
    assert again.token_ids == first.token_ids
    assert again.metrics.reused_tokens == again.metrics.prompt_tokens


@pytest.mark.parametrize(
    ("request_fields", "code"),
    [
        ({"text": "a", "taps": TapSpec(layers=(99,))}, "inspect.no_layer"),
        ({"text": "a", "taps": TapSpec(heads=(9,))}, "inspect.no_head"),
        ({"text": "a", "taps": TapSpec(kinds=("routing",))}, "inspect.missing"),
        ({"text": "word " * 9000, "taps": TapSpec(layers=(0,))}, "inspect.too_long"),
        ({"text": "word " * 300, "taps": TapSpec(), "limit_bytes": 1 << 20}, "inspect.too_large"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    starter_engine: Driver, request_fields: dict[str, Any], code: str
) -> None:
    failed = inspect(starter_engine, **request_fields)
    assert isinstance(failed, Failed)
    assert failed.code == code


def test_taps_change_while_the_reply_runs(starter_engine: Driver) -> None:
    request = msgspec.structs.replace(ask(QUESTION, seed=7, max_tokens=30), taps=TapSpec(layers=(0,)))
    job = starter_engine.start(request)
    for _ in range(3):
        starter_engine.until(TapFrame)
    starter_engine.send(UpdateTaps(job=job, taps=TapSpec(layers=(1, 2))))
    starter_engine.seen.clear()
    starter_engine.until(GenerationDone)
    assert {frame.layers for frame in frames(starter_engine)} >= {(1, 2)}


def test_the_trace_tells_what_each_stage_removed(starter_engine: Driver) -> None:
    request = msgspec.structs.replace(
        ask(QUESTION, seed=7, max_tokens=8, repeat_penalty=1.2, top_k=20, top_p=0.9), trace=True
    )
    starter_engine.generate(request)
    for token in starter_engine.tokens():
        names = [stage.sampler for stage in token.stages]
        assert names == ["penalties", "top_k", "top_p", "min_p", "temperature", "dist"]
        by_name = {stage.sampler: stage for stage in token.stages}
        assert by_name["top_k"].kept == 20
        assert by_name["top_k"].removed_count > 40_000
        assert by_name["top_p"].kept <= 20
        assert by_name["dist"].kept == 1
        assert by_name["dist"].top[0].id == token.id
        kept = [stage.kept for stage in token.stages]
        assert kept == sorted(kept, reverse=True)


def test_dry_says_which_text_would_be_repeated(starter_engine: Driver) -> None:
    text = "one two three four five six. one two three four five"
    request = msgspec.structs.replace(
        ask(text, raw=True, decoding="greedy", max_tokens=1, dry_multiplier=1.0, dry_allowed_length=2),
        trace=True,
    )
    starter_engine.generate(request)
    (token,) = starter_engine.tokens()
    dry = next(stage for stage in token.stages if stage.sampler == "dry")
    assert "six" in dry.detail
    assert "four five" in dry.detail


def test_a_branch_grows_under_the_same_random_state(starter_engine: Driver) -> None:
    request = ask(QUESTION, seed=7, max_tokens=24)
    whole = starter_engine.generate(request)
    walked = starter_engine.generate(msgspec.structs.replace(request, forced=whole.token_ids[:10]))
    assert walked.token_ids == whole.token_ids
    assert [token.forced for token in starter_engine.tokens()] == [True] * 10 + [False] * (
        len(whole.token_ids) - 10
    )
    other = 28 if whole.token_ids[4] != 28 else 29
    branch = starter_engine.generate(msgspec.structs.replace(request, forced=(*whole.token_ids[:4], other)))
    assert branch.token_ids[:5] == (*whole.token_ids[:4], other)


def test_beams_draw_their_tree(starter_engine: Driver) -> None:
    done = starter_engine.generate(
        ask("Name the largest planet.", decoding="beam", beam_width=3, max_tokens=8)
    )
    nodes = {
        node.id: node for event in starter_engine.seen if isinstance(event, BeamGrown) for node in event.nodes
    }
    assert {node.state for node in nodes.values()} >= {"alive", "dropped"}
    texts = set()
    for node in nodes.values():
        tokens = []
        at: int = node.id
        while at >= 0:
            tokens.append(nodes[at].token)
            at = nodes[at].parent
        texts.add(tuple(reversed(tokens)))
    assert done.token_ids in texts


def test_contrastive_decoding_with_itself_is_flat_over_the_plausible(
    starter_engine: Driver, starter_model: ModelSpec
) -> None:
    """Expert and amateur agree: every plausible token scores zero, and with alpha 1 only the best is
    plausible.
    """
    greedy = starter_engine.generate(ask(QUESTION, decoding="greedy", max_tokens=12))
    request = ask(QUESTION, decoding="contrastive", contrastive_alpha=1.0, seed=1, max_tokens=12)
    same = starter_engine.generate(msgspec.structs.replace(request, amateur=starter_model))
    assert same.token_ids == greedy.token_ids
    assert starter_engine.fail(request).code == "amateur.none"


def test_another_vocabulary_can_cut_the_text(starter_engine: Driver, starter_path: Path) -> None:
    starter_engine.send(
        Tokenize(job=starter_engine.client.next_job(), text="Hello there", path=str(starter_path))
    )
    tokens = starter_engine.until(Tokens)
    assert isinstance(tokens, Tokens)
    assert b"".join(tokens.pieces) == b"Hello there"
    assert isinstance(starter_engine.generate(ask("Hi", max_tokens=1)), GenerationDone)
    assert any(isinstance(event, Token) for event in starter_engine.seen)
