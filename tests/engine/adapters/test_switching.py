"""Adapters beside a loaded model: several, switched and scaled between replies, without reloading."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from engine.errors import UserError
from engine.protocol.adapters import AdapterUse
from engine.protocol.commands import Inspect
from engine.protocol.events import Failed, Inspected, ModelLoaded
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import ChatRequest, ContextParams, ModelSpec
from engine.taps.arrays import unpack
from tests.support.engine import Driver, ask, running_engine
from tests.support.tiny_adapter import write_adapter
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

PROMPT = TEXT[:160]


class Bench(NamedTuple):
    engine: Driver
    folder: Path
    first: str
    second: str


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("adapters")
    model = write_tiny_llama(folder / "model.gguf")
    write_adapter(folder / "first.gguf", model, seed=1)
    write_adapter(folder / "second.gguf", model, seed=2)
    with running_engine(folder) as engine:
        spec = ModelSpec(backend="llama_cpp", name="tiny", path=str(model))
        engine.load(spec, ContextParams(n_ctx=512, flash_attention="off"))
        yield Bench(engine, folder, str(folder / "first.gguf"), str(folder / "second.gguf"))


def request(*adapters: AdapterUse, state_path: str = "") -> ChatRequest:
    asked = ask(PROMPT, raw=True, decoding="greedy", max_tokens=8, n_probs=1, state_path=state_path)
    return replace(asked, adapters=adapters)


def logprobs(bench: Bench, *adapters: AdapterUse) -> list[float]:
    bench.engine.generate(request(*adapters))
    return [token.logprob for token in bench.engine.tokens()]


def test_on_off_and_several(bench: Bench) -> None:
    plain = logprobs(bench)
    first = logprobs(bench, AdapterUse(bench.first))
    both = logprobs(bench, AdapterUse(bench.first), AdapterUse(bench.second, 0.5))
    half = logprobs(bench, AdapterUse(bench.first, 0.5))
    assert len({tuple(each) for each in (plain, first, both, half)}) == 4
    assert logprobs(bench, AdapterUse(bench.first)) == first
    assert logprobs(bench) == plain
    assert logprobs(bench, AdapterUse(bench.first, 0.0)) == plain
    assert not any(isinstance(event, ModelLoaded) for event in bench.engine.seen)


def test_what_was_read_with_others_is_read_again(bench: Bench) -> None:
    bench.engine.generate(request())
    again = bench.engine.generate(request())
    assert again.metrics.reused_tokens == again.metrics.prompt_tokens
    switched = bench.engine.generate(request(AdapterUse(bench.first)))
    assert switched.metrics.reused_tokens == 0
    same = bench.engine.generate(request(AdapterUse(bench.first)))
    assert same.metrics.reused_tokens == same.metrics.prompt_tokens


def test_a_saved_state_serves_the_adapters_it_was_read_with(bench: Bench, tmp_path: Path) -> None:
    path = str(tmp_path / "chat.kv")
    first = bench.engine.generate(request(AdapterUse(bench.first), state_path=path))
    other = bench.engine.generate(request(state_path=path))
    assert other.metrics.reused_tokens == 0
    back = bench.engine.generate(request(AdapterUse(bench.first), state_path=path))
    assert back.token_ids == first.token_ids


def test_provenance(bench: Bench) -> None:
    used = (AdapterUse(bench.first, 0.75), AdapterUse(bench.second, 0.0))
    done = bench.engine.generate(request(*used))
    (one,) = done.provenance.adapters
    assert (one.path, one.scale) == (bench.first, 0.75)
    assert one.fingerprint.startswith("sampled:")
    assert bench.engine.generate(request()).provenance.adapters == ()


def test_a_file_that_changed_is_read_again(bench: Bench, tmp_path: Path) -> None:
    model = bench.folder / "model.gguf"
    path = write_adapter(tmp_path / "adapter.gguf", model, seed=3)
    before = bench.engine.generate(request(AdapterUse(str(path))))
    write_adapter(path, model, seed=4, rank=2)
    after = bench.engine.generate(request(AdapterUse(str(path))))
    assert before.provenance.adapters[0].fingerprint != after.provenance.adapters[0].fingerprint
    assert after.metrics.reused_tokens == 0


def test_what_does_not_fit_is_said_and_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    model = bench.folder / "model.gguf"
    wider = write_tiny_llama(tmp_path / "wide.gguf", Size(n_ff=768))
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(Path(bench.first).read_bytes()[:-40])
    files = {
        write_adapter(tmp_path / "wide_adapter.gguf", wider): "adapter.mismatch",
        write_adapter(tmp_path / "qwen.gguf", model, architecture="qwen2"): "adapter.mismatch",
        model: "adapter.unreadable",
        cut: "model.truncated",
        tmp_path / "nowhere.gguf": "model.missing",
        Path(__file__): "model.not_gguf",
    }
    plain = logprobs(bench)
    for path, code in files.items():
        failed = bench.engine.fail(request(AdapterUse(bench.first), AdapterUse(str(path))))
        assert failed.code == code, path
    assert logprobs(bench) == plain


def read_again(bench: Bench, *adapters: AdapterUse) -> bytes:
    """Attention of the last layer's first head, read beside the conversation."""
    wanted = TapSpec(layers=(1,), heads=(0,))
    request = InspectRequest(text=PROMPT, taps=wanted, adapters=adapters)
    bench.engine.send(Inspect(job=bench.engine.client.next_job(), request=request))
    event = bench.engine.until(Inspected, Failed)
    assert isinstance(event, Inspected), event
    return unpack(event.arrays["attention"]).tobytes()


def test_a_reply_is_looked_into_with_what_wrote_it(bench: Bench) -> None:
    bench.engine.generate(request(AdapterUse(bench.first)))
    plain, tuned = read_again(bench), read_again(bench, AdapterUse(bench.first))
    assert plain != tuned
    # The conversation is as it was.
    same = bench.engine.generate(request(AdapterUse(bench.first)))
    assert same.metrics.reused_tokens == same.metrics.prompt_tokens


def test_other_backends_refuse(bench: Bench) -> None:
    from engine.backends.backend import refuse_adapters

    refuse_adapters(request(AdapterUse(bench.first, 0.0)))
    with pytest.raises(UserError) as caught:
        refuse_adapters(request(AdapterUse(bench.first)))
    assert caught.value.code == "adapter.backend"
