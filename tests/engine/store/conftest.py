"""A store in an empty folder, and short ways to grow chats in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.messages import Message
from engine.protocol.inspection import BeamNode
from engine.protocol.values import ContextParams, GenerationMetrics, Provenance, TokenCandidate
from engine.sampling.params import SamplingParams
from engine.store.database import Store, open_store
from engine.store.records import MessageRecord, ReplyRecord


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def metrics() -> GenerationMetrics:
    return GenerationMetrics(
        prompt_tokens=100,
        reused_tokens=60,
        output_tokens=20,
        ttft_ms=31.5,
        input_tps=200.0,
        output_tps=46.25,
        duration_ms=500.0,
    )


@pytest.fixture
def make_reply() -> Callable[[str], ReplyRecord]:
    provenance = Provenance(
        model_name="tiny",
        model_hash="sha256:1",
        engine_build="b1",
        template_hash="t1",
        prompt_hash="p1",
        sampling=SamplingParams(temperature=0.25, stop=("END",)),
        seed=42,
        context=ContextParams(n_ctx=2048),
        flash_attention=False,
        evaluation=(512, 88),
    )

    def make(message_id: str) -> ReplyRecord:
        return ReplyRecord(
            message_id=message_id,
            provenance=provenance,
            token_ids=(1, 49151, 7),
            logprobs=(-0.5, -12.25, 0.0),
            entropies=(1.5, 0.0, 2.25),
            ranks=(0, 311, 0),
            candidates=((TokenCandidate(1, "a", -0.5), TokenCandidate(2, "é", -1.5)), (), ()),
            beams=(
                BeamNode(0, -1, 1, "a", -0.5, -0.5, "alive"),
                BeamNode(1, 0, 7, "é", -1.0, -1.5, "dropped"),
            ),
        )

    return make


Talk = Callable[..., list[MessageRecord]]


@pytest.fixture
def talk(store: Store) -> Talk:
    """`talk(session_id, "a", "b", …, parent=None)`: user and assistant in turn."""

    def grow(session_id: str, *texts: str, parent: str | None = None) -> list[MessageRecord]:
        records = []
        for index, text in enumerate(texts):
            message = Message.of("assistant" if index % 2 else "user", text)
            records.append(store.messages.add(session_id, parent, message))
            parent = records[-1].id
        return records

    return grow
